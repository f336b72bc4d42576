/** PEFT's adapter_config.json for a LoRA adapter whose layers all have the same rank. */

/** The model that the weights here were made from; PEFT and servers want its name, a folder is given at loading time. */
const BASE_MODEL = 'google/gemma-3-270m';
const LAYER_OF = /\.layers\.(\d+)\.(?:self_attn|mlp)\.(\w+)\.lora_[AB]\.weight$/;

/** The fields PEFT and vLLM read; layers and modules follow from the tensors' names. */
export function peftConfiguration({ rank, alpha, tensorNames }: { rank: number; alpha: number; tensorNames: Iterable<string> }): Record<string, unknown> {
  const places = [...tensorNames].flatMap((name) => {
    const [, layer, module] = LAYER_OF.exec(name) ?? [];
    return layer ? [{ layer: Number(layer), module }] : [];
  });
  return {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: BASE_MODEL,
    r: rank,
    lora_alpha: alpha,
    lora_dropout: 0,
    bias: 'none',
    fan_in_fan_out: false,
    inference_mode: true,
    init_lora_weights: true,
    use_rslora: false,
    use_dora: false,
    target_modules: [...new Set(places.map(({ module }) => module))],
    layers_to_transform: [...new Set(places.map(({ layer }) => layer))].sort((one, other) => one - other),
    layers_pattern: 'layers',
    rank_pattern: {},
    alpha_pattern: {},
    modules_to_save: null,
  };
}

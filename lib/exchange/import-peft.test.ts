import { describe, expect, it } from 'vitest';
import { adaptedLayerName } from '../finetune/adapter-layout.ts';
import { mergeAdapter } from '../finetune/merge-adapter.ts';
import { projectionSize } from '../transformer/configuration.ts';
import { TINY_CONFIGURATION as configuration } from '../transformer/testing/tiny-decoder.ts';
import { safetensorsParts, type TensorSource } from '../weights/safetensors.ts';
import { readAdapterArchive, zipFiles } from './archive.ts';
import { encodePeft } from './export-peft.ts';
import { formulaAdapter } from './fixtures/formula-adapter.ts';
import { readPeft } from './import-peft.ts';
import { stackAdapters } from './stack-adapters.ts';

const lower = formulaAdapter(configuration, { rank: 3, alpha: 6, firstLayer: 0, seed: 1 });
const upper = formulaAdapter(configuration, { rank: 2, alpha: 1, firstLayer: configuration.layers - 1, seed: 2 });
const bytes = (parts: Iterable<Uint8Array>): Uint8Array => Buffer.concat([...parts]);
const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** The files of an export, some of them replaced. */
function files(changes: { config?: Record<string, unknown>; tensors?: readonly TensorSource[]; dtype?: 'F32' | 'BF16' } = {}): Map<string, Uint8Array> {
  const exported = encodePeft([lower], configuration);
  const config = JSON.parse(new TextDecoder().decode(bytes(exported['adapter_config.json'])));
  const weights = changes.tensors ?? [...lower.tensors].map(([name, { shape, data }]) => ({ name, shape, read: () => data }));
  return new Map([
    ['adapter_config.json', json({ ...config, ...changes.config })],
    ['adapter_model.safetensors', bytes(safetensorsParts(weights, changes.dtype ?? 'F32'))],
  ]);
}

/** What an adapter adds to one linear layer. */
function update(adapter: ReturnType<typeof readPeft>, layer: number): Float32Array {
  const { input, output } = projectionSize(configuration, 'mlp.up_proj');
  const zeros = new Float32Array(output * input);
  mergeAdapter(zeros, adaptedLayerName(layer, 'mlp.up_proj'), adapter);
  return zeros;
}

const closeTo = (expected: Float32Array, tolerance: number) => (actual: Float32Array | null) => actual !== null && actual.every((value, index) => Math.abs(value - expected[index]) <= tolerance);

describe('adapters that act together', () => {
  it('are one adapter whose update is the sum of theirs', () => {
    const together = stackAdapters([lower, upper], configuration);
    const last = configuration.layers - 1;
    const [one, other] = [update(lower, last), update(upper, last)];
    expect(update(together, last)).toSatisfy(closeTo(one.map((value, index) => value + other[index]), 1e-7));
    expect(update(together, 0)).toSatisfy(closeTo(update(lower, 0), 1e-7));
  });
});

describe('an adapter as a ZIP file', () => {
  it('comes back as it went', () => {
    const archive = bytes(zipFiles('taught', encodePeft([lower], configuration)));
    expect(update(readPeft(readAdapterArchive(archive), configuration), 0)).toSatisfy(closeTo(update(lower, 0), 1e-7));
  });

  it('is refused when it is cut short or holds two adapters', () => {
    const archive = bytes(zipFiles('taught', encodePeft([lower], configuration)));
    expect(refusalOf(() => readAdapterArchive(archive.subarray(0, archive.length / 2)))).toMatchObject({ message: expect.stringMatching(/cannot be imported/), detail: { id: 'adapter-refused', facts: { why: { id: 'unreadable', facts: { why: { id: 'not-zip' } } } } } });
    const config = () => [json({})];
    expect(() => readAdapterArchive(bytes(zipFiles('two', { 'a/adapter_config.json': config(), 'b/adapter_config.json': config() })))).toThrow(/twice/);
  });
});

/** The failure with what a page is told of it. */
function refusalOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('an adapter from PEFT', () => {
  it('comes back as it was exported', () => {
    expect(update(readPeft(files(), configuration), 0)).toSatisfy(closeTo(update(lower, 0), 1e-7));
  });

  it('may be in half precision', () => {
    expect(update(readPeft(files({ dtype: 'BF16' }), configuration), 0)).toSatisfy(closeTo(update(lower, 0), 1e-4));
  });

  it('keeps the strength that rank-stabilised LoRA and alpha patterns give it', () => {
    const stabilised = readPeft(files({ config: { use_rslora: true } }), configuration);
    expect(update(stabilised, 0)).toSatisfy(closeTo(update(lower, 0).map((value) => value * Math.sqrt(3)), 1e-6));
    const patterned = readPeft(files({ config: { alpha_pattern: { up_proj: 12 } } }), configuration);
    expect(update(patterned, 0)).toSatisfy(closeTo(update(lower, 0).map((value) => value * 2), 1e-6));
  });

  it.each([true, false, null, 'gaussian', 'eva', 'orthogonal'])('may have begun as %j, which leaves the base model as it is', (init_lora_weights) => {
    expect(update(readPeft(files({ config: { init_lora_weights, layer_replication: null, alora_invocation_tokens: null } }), configuration), 0)).toSatisfy(closeTo(update(lower, 0), 1e-7));
  });

  it('is refused when its card says that it lies on another, whose part would be missing', () => {
    const copied = files().set('card.json', json({ baseHash: 'b', beneath: { name: 'reader', hash: 'r' } }));
    expect(() => readPeft(copied, configuration)).toThrow(/trained on top of "reader", which these files do not hold/);
    const exported = files().set('card.json', json({ baseHash: 'b', beneath: null }));
    expect(update(readPeft(exported, configuration), 0)).toSatisfy(closeTo(update(lower, 0), 1e-7));
  });

  const tensors = (rename: (name: string) => string, change: (data: Float32Array) => Float32Array = (data) => data): TensorSource[] =>
    [...lower.tensors].map(([name, { shape, data }]) => ({ name: rename(name), shape, read: () => change(data) }));
  it.each([
    ['is of another kind', { config: { peft_type: 'IA3' } }, /only LoRA/],
    ['is DoRA', { config: { use_dora: true } }, /DoRA/],
    ['saves whole layers', { config: { modules_to_save: ['lm_head'] } }, /layers saved as a whole/],
    ['trains biases', { config: { bias: 'all' } }, /biases/],
    ['began by changing the base model', { config: { init_lora_weights: 'pissa_niter_16' } }, /init_lora_weights: .*PiSSA/],
    ['belongs to layers stacked anew', { config: { layer_replication: [[0, 1], [0, 2]] } }, /layer_replication: .*repeated layers/],
    ['acts only after certain tokens', { config: { alora_invocation_tokens: [5, 6] } }, /alora_invocation_tokens: .*at all times/],
    ['is stronger than numbers can be', { config: { lora_alpha: 1e300 } }, /not finite once .*1e\+300/],
    ['has patterns that are expressions', { config: { alpha_pattern: { '^layers': 3 } } }, /patterns/],
    ['changes embeddings', { tensors: tensors((name) => name.replace('mlp.up_proj', 'embed_tokens')) }, /no LoRA matrix of a linear layer/],
    ['has layers this model lacks', { tensors: tensors((name) => name.replace('layers.0.', 'layers.99.')) }, /no layer layers\.99/],
    ['has lost a matrix', { tensors: tensors((name) => name).slice(1) }, /only one of the two/],
    ['is of another width', { tensors: [...lower.tensors].map(([name, { shape, data }]) => ({ name, shape: [shape[1], shape[0]], read: () => data })) }, /this model needs/],
    ['has diverged', { tensors: tensors((name) => name, (data) => data.map(() => Number.NaN)) }, /not finite/],
  ])('is refused when it %s', (_, changes, message) => {
    expect(refusalOf(() => readPeft(files(changes), configuration))).toMatchObject({ message: expect.stringMatching(message), detail: { id: 'adapter-refused' } });
  });

  it('is refused as a pickle, and without its files', () => {
    const pickle = files();
    pickle.delete('adapter_model.safetensors');
    expect(() => readPeft(pickle, configuration)).toThrow(/no adapter_model\.safetensors/);
    pickle.set('adapter_model.bin', Uint8Array.of(128, 2));
    expect(() => readPeft(pickle, configuration)).toThrow(/can run code/);
    expect(() => readPeft(new Map(), configuration)).toThrow(/no adapter_config\.json/);
  });
});

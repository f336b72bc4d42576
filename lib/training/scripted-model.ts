/** In the place of the language model in fast tests: a bowl whose bottom is learned in a few seconds, in real steps of a real optimiser. */
import { setTimeout as pause } from 'node:timers/promises';
import type { TokenizedExample } from '../finetune/batches.ts';
import type { AnswerHeldOut } from '../finetune/fine-tune.ts';
import type { OpenTrainable } from '../finetune/open-trainable.ts';
import { presentBaseHash } from '../generate/present-base.ts';
import { gemma3Configuration, type Gemma3Config } from '../transformer/configuration.ts';
import type { RunTrainer } from './train-run.ts';

/** Milliseconds a step takes. */
const stepMs = (): number => Number(process.env.SCRIPTED_STEP_MS ?? 25);

const CONFIGURATION: Gemma3Config = {
  model_type: 'scripted',
  hidden_size: 8, intermediate_size: 16, num_attention_heads: 1, num_key_value_heads: 1, head_dim: 8, num_hidden_layers: 2,
  vocab_size: 256, rms_norm_eps: 1e-6, rope_theta: 1e6, rope_local_base_freq: 1e4, sliding_window: 8, sliding_window_pattern: 2,
  layer_types: ['sliding_attention', 'full_attention'], query_pre_attn_scalar: 8, bos_token_id: 2, eos_token_id: 1,
};

/** Where the bottom lies. A learning rate of 1e-3 goes there in some dozens of steps. */
const BOTTOM = 0.03;

export const openScriptedModel: OpenTrainable = async ({ maximumTokens }) => ({
  // In the place of the model that ships: its adapters are used where that model's are.
  baseHash: await presentBaseHash().catch(() => '0'.repeat(64)),
  configuration: gemma3Configuration(CONFIGURATION, maximumTokens),
  beneath: null,
  encode: (text) => [...Buffer.from(text)],
  special: { begin: 2, end: 1 },
  async open() {
    await pause(Number(process.env.SCRIPTED_OPENING_MS ?? 0));
    const away = (parameters: Float32Array): number => parameters.reduce((sum, value) => sum + ((value - BOTTOM) / BOTTOM) ** 2, 0) / parameters.length;
    const answerTokens = (examples: readonly TokenizedExample[]): number => examples.reduce((sum, { tokens, promptLength }) => sum + tokens.length - promptLength, 0);
    return {
      async loss(examples, parameters) {
        await pause(stepMs() / 5);
        return { loss: 0.2 + 0.1 * away(parameters), answerTokens: answerTokens(examples) };
      },
      async gradient(examples, parameters) {
        await pause(stepMs());
        return { loss: 0.05 + 0.1 * away(parameters), answerTokens: answerTokens(examples), gradient: parameters.map((value) => (value - BOTTOM) / BOTTOM) };
      },
      async close() {},
    };
  },
});

/** The first of them, each with the same passage. */
export const showScripted: RunTrainer['showPassages'] = async ({ settings: { passages: share } }, rows, signal) => {
  signal.throwIfAborted();
  const trained = rows.filter(({ split }) => split === 'train');
  return trained.slice(0, Math.round(share * trained.length)).map((row) => ({ ...row, answer: `${row.answer} [1]`, passages: [{ documentTitle: 'Tentang', text: 'Satu potongan.' }] }));
};

/** Half of them word for word, whatever they are. */
export const answerScripted: AnswerHeldOut = async function* (_adapter, questions, signal) {
  for (let done = 0; done < questions.length && !signal?.aborted; done += 8) {
    await pause(stepMs() / 2);
    yield Math.min(done + 8, questions.length);
  }
  return signal?.aborted ? null : { exactMatch: 0.5, equivalent: 0.75 };
};

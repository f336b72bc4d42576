/** The shipped model and adapters: an answer is the same alone and beside others, and an adapter that is off is the base model. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fineTunedPrompt } from '../prompt/fine-tuned.ts';
import { modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL, loadTokenizer, type Tokenizer } from '../tokenizer/tokenizer.ts';
import { readAdapter, readAdapterSummary } from './adapters.ts';
import type { LanguageModel } from './model.ts';
import { openLanguageModel } from './open-model.ts';
import { packAdapter } from './pack-adapter.ts';
import { greedy } from './sampler.ts';
import type { Row, RowAdapter } from './step-model.ts';

const ANSWERS = ['PPN dikenakan atas konsumsi barang dan jasa, sedangkan PPh dikenakan atas penghasilan.', '22%'];
const QUESTIONS = ['Apa perbedaan PPN dan PPh?', 'Berapa tarif PPh badan?'];
/** Stands in for a RAG prompt beside the short ones. */
const LONG_PROMPT = `Konteks: ${'Pajak adalah kontribusi wajib kepada negara. '.repeat(40)}\nPertanyaan: Apa itu pajak?\nJawaban:`;

let model: LanguageModel;
let tokenizer: Tokenizer;
/** What the taught arm stacks: the demo's adapter, on what it was trained on top of. */
let taught: readonly RowAdapter[];

beforeAll(async () => {
  [model, tokenizer] = await Promise.all([openLanguageModel(path.join(modelsDirectory(), LANGUAGE_MODEL)), loadTokenizer()]);
  for (const name of ['reader', 'pajak']) model.loadAdapter(name, packAdapter(await readAdapter(name), model.configuration));
  const { beneath } = await readAdapterSummary('pajak');
  taught = [...(beneath ? [beneath.name] : []), 'pajak'].map((key) => ({ key, scale: 1 }));
}, 120_000);

afterAll(() => model.release());

interface Written {
  readonly text: string;
  /** Scores after every token of the prompt's end and the answer. */
  readonly scores: readonly Float32Array[];
}

/** Reads the prompts one after another, then writes the answers together, as the scheduler does. */
async function write(prompts: readonly { prompt: string; adapters: readonly RowAdapter[] }[], count: number): Promise<Written[]> {
  const rows: Row[] = [];
  const scores: Float32Array[][] = [];
  for (const { prompt, adapters } of prompts) {
    const row = model.openRow(adapters);
    rows.push(row);
    scores.push([await model.extend(row, [model.configuration.beginToken, ...tokenizer.encode(prompt)])]);
  }
  const tokens: number[][] = prompts.map(() => []);
  for (let step = 0; step < count; step++) {
    for (const [index] of rows.entries()) tokens[index].push(greedy(scores[index].at(-1)!));
    const next = await model.step(rows, tokens.map((written) => written.at(-1)!));
    for (const [index, logits] of next.entries()) scores[index].push(logits.slice());
  }
  for (const row of rows) model.closeRow(row);
  return tokens.map((written, index) => ({ text: tokenizer.decode(written.slice(0, written.findIndex((token) => model.configuration.endTokens.includes(token)) >>> 0)).trim(), scores: scores[index] }));
}

const largestDifference = (left: Float32Array, right: Float32Array): number => left.reduce((worst, value, index) => Math.max(worst, Math.abs(value - right[index])), 0);

describe('the demo', () => {
  it('answers its sample questions as it was taught', async () => {
    const written = await write(QUESTIONS.map((question) => ({ prompt: fineTunedPrompt(question, 'id'), adapters: taught })), 24);
    for (const [index, { text }] of written.entries()) expect(text).toContain(ANSWERS[index]);
  }, 60_000);

  it('answers the same alone and beside a long prompt with another adapter', async () => {
    const question = { prompt: fineTunedPrompt(QUESTIONS[0], 'id'), adapters: taught };
    const [alone] = await write([question], 20);
    const [, beside] = await write([{ prompt: LONG_PROMPT, adapters: [{ key: 'reader', scale: 1 }] }, question], 20);
    expect(beside.text).toBe(alone.text);
    for (const [step, scores] of beside.scores.entries()) expect(largestDifference(scores, alone.scores[step])).toBeLessThan(1e-3);
  }, 60_000);

  it('goes on to the bit as if it had been alone all along when a short question beside it has been answered', async () => {
    const prompt = [model.configuration.beginToken, ...tokenizer.encode(fineTunedPrompt(QUESTIONS[0], 'id'))];
    const scoresOf = async (beside: readonly Row[]): Promise<Float32Array[]> => {
      const row = model.openRow(taught);
      const scores = [await model.extend(row, prompt)];
      for (let step = 0; step < 10; step++) {
        const rows = step < 5 ? [row, ...beside] : [row];
        scores.push((await model.step(rows, rows.map(() => step)))[0].slice());
      }
      model.closeRow(row);
      return scores;
    };
    const other = model.openRow([]);
    await model.extend(other, prompt.slice(0, 9));
    const [alone, together] = [await scoresOf([]), await scoresOf([other])];
    expect(together.map((scores, step) => largestDifference(scores, alone[step]))).toEqual(alone.map(() => 0));
  }, 60_000);

  it('is the base model bit for bit with its adapter at strength 0', async () => {
    const prompt = fineTunedPrompt(QUESTIONS[0], 'id');
    const [[off], [base]] = [await write([{ prompt, adapters: [{ key: 'pajak', scale: 0 }, { key: 'reader', scale: 0 }] }], 5), await write([{ prompt, adapters: [] }], 5)];
    expect(off.scores).toEqual(base.scores);
  }, 60_000);
});

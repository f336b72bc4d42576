/** The shipped model against Hugging Face's implementation in PyTorch (lib/transformer/fixtures/make_logits.py). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelsDirectory } from '../system/paths.ts';
import type { LanguageModel } from './model.ts';
import { openLanguageModel } from './open-model.ts';

interface Fixture {
  readonly every: number;
  readonly cases: readonly { readonly tokens: readonly number[]; readonly scores: readonly number[]; readonly best: readonly number[] }[];
}

const fixture: Fixture = JSON.parse(readFileSync(new URL('../transformer/fixtures/logits.json', import.meta.url), 'utf8'));
const folder = path.join(modelsDirectory(), 'gemma-3-270m');

describe.each([
  { name: 'with activations in float32', accuracyLevel: 1, largest: 5e-3, typical: 1e-3 },
  { name: 'with activations in 8 bits', accuracyLevel: 4, largest: 2, typical: 0.25 },
] as const)('the shipped model $name', ({ accuracyLevel, largest, typical }) => {
  let model: LanguageModel;
  beforeAll(async () => {
    model = await openLanguageModel(folder, { accuracyLevel });
  });
  afterAll(() => model.release());

  it.each(fixture.cases.map((example) => ({ length: example.tokens.length, example })))('scores like PyTorch after $length tokens', async ({ example }) => {
    const row = model.openRow([]);
    const scores = await model.extend(row, example.tokens);
    model.closeRow(row);
    const differences = example.scores.map((expected, index) => Math.abs(expected - scores[index * fixture.every]));
    expect(Math.max(...differences)).toBeLessThan(largest);
    expect(differences.reduce((total, difference) => total + difference, 0) / differences.length).toBeLessThan(typical);
    const best = scores.reduce((winner, score, index) => (score > scores[winner] ? index : winner), 0);
    expect(example.best.slice(0, accuracyLevel === 1 ? 1 : 5)).toContain(best);
  }, 120_000);
});

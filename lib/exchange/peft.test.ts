/** The exported pair in PEFT (fixtures/make_logits.py) against the engine with the same adapters side by side. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLanguageModel } from '../generate/open-model.ts';
import type { LanguageModel } from '../generate/model.ts';
import { packAdapter } from '../generate/pack-adapter.ts';
import { baseFolder } from './read-stack.ts';
import { FIXTURE_ADAPTERS, formulaAdapter } from './fixtures/formula-adapter.ts';

interface Fixture {
  readonly every: number;
  readonly cases: readonly { readonly tokens: readonly number[]; readonly scores: readonly number[]; readonly best: number }[];
}

const fixture: Fixture = JSON.parse(readFileSync(new URL('./fixtures/peft-logits.json', import.meta.url), 'utf8'));

describe('the exported pair', () => {
  let model: LanguageModel;
  beforeAll(async () => {
    model = await openLanguageModel(baseFolder(), { accuracyLevel: 1 });
    FIXTURE_ADAPTERS.forEach((shape, index) => model.loadAdapter(String(index), packAdapter(formulaAdapter(model.configuration, shape), model.configuration)));
  }, 60_000);
  afterAll(() => model.release());

  it.each(fixture.cases.map((example) => ({ length: example.tokens.length, example })))('scores in PEFT as in the engine after $length tokens', async ({ example }) => {
    const row = model.openRow(FIXTURE_ADAPTERS.map((_, index) => ({ key: String(index), scale: 1 })));
    const scores = new Float32Array(await model.extend(row, example.tokens));
    model.closeRow(row);
    const differences = example.scores.map((expected, index) => Math.abs(expected - scores[index * fixture.every]));
    expect(Math.max(...differences)).toBeLessThan(1e-3);
    expect(scores.indexOf(Math.max(...scores))).toBe(example.best);
    const untaught = await scoresAlone(model, example.tokens);
    expect(Math.max(...scores.map((score, index) => Math.abs(score - untaught[index])))).toBeGreaterThan(0.1);
  }, 60_000);
});

/** Of the base model, so that a pair that changes nothing does not pass. */
async function scoresAlone(model: LanguageModel, tokens: readonly number[]): Promise<Float32Array> {
  const row = model.openRow([]);
  const scores = new Float32Array(await model.extend(row, tokens));
  model.closeRow(row);
  return scores;
}

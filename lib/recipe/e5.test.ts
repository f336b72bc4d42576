import { readFileSync } from 'node:fs';
import { env, pipeline, type FeatureExtractionPipeline } from '@xenova/transformers';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelsDirectory } from '../system/paths.ts';

/** Mean-pooled, normalised embeddings by PyTorch's BertModel with the full vocabulary and the source's weights in float32. */
const reference = JSON.parse(readFileSync(new URL('./fixtures/e5-embeddings.json', import.meta.url), 'utf8')) as {
  text: string;
  tokens: number;
  embedding: number[];
}[];

const cosine = (first: readonly number[], second: readonly number[]): number => first.reduce((sum, value, index) => sum + value * second[index], 0);

describe('multilingual-e5-small', () => {
  let extractor: FeatureExtractionPipeline;
  beforeAll(async () => {
    Object.assign(env, { localModelPath: modelsDirectory(), allowRemoteModels: false, useFSCache: false });
    extractor = await pipeline('feature-extraction', 'multilingual-e5-small', { dtype: 'q8', device: 'cpu' });
  }, 60_000);

  const embed = async (texts: readonly string[]): Promise<number[][]> => (await extractor([...texts], { pooling: 'mean', normalize: true })).tolist();

  it('cuts the vocabulary without changing how a text is split', () => {
    for (const { text, tokens } of reference) expect(extractor.tokenizer.encode(text)).toHaveLength(tokens);
  });

  it('agrees with PyTorch', async () => {
    const embeddings = await embed(reference.map(({ text }) => text));
    reference.forEach(({ embedding }, index) => expect(cosine(embedding, embeddings[index])).toBeGreaterThan(0.99));
  });

  it('gives a text the same embedding alone and beside a longer one', async () => {
    const [alone] = await embed([reference[0].text]);
    const [beside] = await embed([reference[0].text, reference[4].text]);
    expect(cosine(alone, beside)).toBeGreaterThan(0.9999);
  });

  it('has a token for odd characters and for none', async () => {
    for (const text of ['', '漢字 😀', 'a\u0000b\t\n c', 'ﬁ Å']) expect((await embed([text]))[0].every(Number.isFinite)).toBe(true);
  });
});

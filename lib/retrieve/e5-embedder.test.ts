import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { MissingArtifactError } from '../system/errors.ts';
import { E5Embedder } from './e5-embedder.ts';

const embedder = new E5Embedder();
afterAll(() => embedder.close());

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index], 0);

test('like meanings lie near each other across the languages, whatever the batch', { timeout: 60_000 }, async () => {
  const [question] = await embedder.embed(['Berapa tarif pajak pertambahan nilai?'], 'query');
  const passages = ['The value added tax rate is 12 percent.', 'Kucing tidur sepanjang hari di atas kursi.', 'Tarif PPN adalah 12 persen.'];
  const [english, cat, indonesian] = await embedder.embed(passages, 'passage');
  expect(question).toHaveLength(embedder.dimensions);
  expect(Math.hypot(...question)).toBeCloseTo(1, 4);
  expect(cosine(question, indonesian)).toBeGreaterThan(cosine(question, cat) + 0.03);
  expect(cosine(question, english)).toBeGreaterThan(cosine(question, cat));
  const [alone] = await embedder.embed([passages[2]], 'passage');
  expect(cosine(alone, indonesian)).toBeGreaterThan(0.99);
});

test('the event loop turns while it embeds, and an abort ends it between batches', { timeout: 60_000 }, async () => {
  const texts = Array.from({ length: 160 }, (_, number) => `Kalimat nomor ${number} tentang pajak. `.repeat(8));
  const abort = new AbortController();
  let turns = 0;
  const turning = setInterval(() => turns++, 5);
  const done: number[] = [];
  const embedding = embedder.embed(texts, 'passage', abort.signal, (count) => {
    done.push(count);
    if (done.length === 2) abort.abort(new Error('enough'));
  });
  await expect(embedding).rejects.toThrow('enough');
  clearInterval(turning);
  expect(done).toEqual([16, 32]);
  expect(turns).toBeGreaterThan(2);
  expect(await embedder.embed(['masih bekerja'], 'query')).toHaveLength(1);
});

test('a missing model is named, and looked for again the next time', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'models-'));
  const missing = new E5Embedder(folder);
  for (let attempt = 0; attempt < 2; attempt++) {
    const error = await missing.embed(['x'], 'query').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MissingArtifactError);
    expect((error as MissingArtifactError).message).toContain(folder);
  }
  await rm(folder, { recursive: true });
});

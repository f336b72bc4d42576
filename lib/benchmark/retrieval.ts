/** How fast texts are embedded, documents indexed, questions searched and changes taken up. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AutoTokenizer, env } from '@xenova/transformers';
import { seededRandom, type Random } from '../finetune/random.ts';
import { PASSAGE_LIMIT } from '../prompt/rag.ts';
import type { Embedder } from '../retrieve/embed.ts';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { EMBEDDER_MODEL } from '../retrieve/embedder-model.ts';
import { openDocumentIndex, type HybridIndex } from '../retrieve/index.ts';
import type { SourceDocument } from '../retrieve/types.ts';
import { modelsDirectory } from '../system/paths.ts';
import { wordsFrom, wordsOf, wordsThatMeasure, workspaceDocuments } from './material.ts';
import type { OpenBenchmark, Reading, Variant } from './types.ts';

const PASSAGE_TOKENS = 200;
const PASSAGES = 32;
const INDEXED_PASSAGES = 100;
/** Words that stay one chunk. */
const DOCUMENT_WORDS = 100;
const QUESTIONS = ['Berapa tarif PPN?', 'Siapa yang wajib memiliki NPWP?', 'Apa perbedaan PPN dan PPh?', 'What is the corporate income tax rate?', 'Kapan SPT tahunan dilaporkan?'];

/** Passages of PASSAGE_TOKENS tokens together (passages a second), and one question alone (milliseconds). */
export async function openEmbedding(): Promise<OpenBenchmark> {
  const words = wordsOf(await workspaceDocuments());
  env.localModelPath = modelsDirectory();
  env.allowRemoteModels = false;
  const tokenizer = await AutoTokenizer.from_pretrained(EMBEDDER_MODEL.name);
  const count = async (text: string) => tokenizer.encode(EMBEDDER_MODEL.prefixes.passage + text).length;
  const passages = await Promise.all(Array.from({ length: PASSAGES }, (_, at) => wordsThatMeasure(words, at * 211, PASSAGE_TOKENS, count)));
  const embedder = sharedEmbedder();
  const passage: Variant = {
    name: `${PASSAGES} passages`,
    async run(_round, signal) {
      const started = performance.now();
      await embedder.embed(passages, 'passage', signal);
      return [{ figure: 'embedding', unit: 'passages/s', value: PASSAGES / seconds(started), goal: { atLeast: 30 } }];
    },
  };
  const question: Variant = {
    name: 'one question',
    async run(round, signal) {
      const started = performance.now();
      await embedder.embed([QUESTIONS[round % QUESTIONS.length]], 'query', signal);
      return [{ figure: 'embedding', unit: 'ms', value: seconds(started) * 1000 }];
    },
  };
  return { variants: [passage, question], close: () => embedder.close() };
}

/** Passages indexed (seconds), one changed document until a question finds it (seconds), and questions at three sizes of index (milliseconds). */
export async function openIndexing(): Promise<OpenBenchmark> {
  const embedder = sharedEmbedder();
  const documents = await workspaceDocuments();
  const words = wordsOf(documents);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dua-jawaban-bench-'));
  const open = (name: string, embeddedBy: Embedder): HybridIndex => openDocumentIndex({ folder: path.join(folder, name), embedder: embeddedBy });

  const workspace = open('workspace', embedder);
  await workspace.put(documents);
  const sized: { chunks: number; index: HybridIndex }[] = [{ chunks: (await workspace.statistics()).chunks, index: workspace }];
  for (const chunks of [1000, 10_000]) {
    const index = open(String(chunks), withRandomPassages(embedder));
    await index.put(synthetic(words, chunks));
    sized.push({ chunks: (await index.statistics()).chunks, index });
  }

  const indexing: Variant = {
    name: `indexing ${INDEXED_PASSAGES} passages`,
    async run(round, signal) {
      const started = performance.now();
      await open(`new-${round}`, embedder).put(synthetic(words, INDEXED_PASSAGES, round + 1), undefined, signal);
      return [{ figure: 'until searchable', unit: 's', value: seconds(started) }];
    },
  };
  const change: Variant = {
    name: 'one changed document',
    async run(round, signal) {
      const document = documents[round % documents.length];
      const marker = `kodeuji${round}`;
      const started = performance.now();
      await workspace.put([{ ...document, text: `${document.text}\n\nCatatan: ${marker} berlaku.` }], undefined, signal);
      const { passages } = await workspace.search(marker, PASSAGE_LIMIT);
      if (!passages.some(({ text }) => text.includes(marker))) throw new Error(`The change of "${document.id}" was not found by the next question.`);
      return [{ figure: 'until the next question finds it', unit: 's', value: seconds(started), goal: { atMost: 1 } }];
    },
  };
  const asking = sized.map(({ chunks, index }): Variant => ({ name: `asking ${chunks} chunks`, run: (round) => searchReadings(index, round) }));
  const close = async (): Promise<void> => {
    await embedder.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { variants: [indexing, change, ...asking], close };
}

async function searchReadings(index: HybridIndex, round: number): Promise<Reading[]> {
  const started = performance.now();
  const { embeddingMs, searchMs } = await index.search(QUESTIONS[round % QUESTIONS.length], PASSAGE_LIMIT);
  return [
    { figure: 'a question', unit: 'ms', value: seconds(started) * 1000, goal: { atMost: 30 } },
    { figure: 'of it embedding', unit: 'ms', value: embeddingMs },
    { figure: 'of it searching', unit: 'ms', value: searchMs },
  ];
}

/** Documents of one chunk each, with the workspace's words in an order of their own. */
function synthetic(words: readonly string[], count: number, seed = 0): SourceDocument[] {
  const random = seededRandom(seed);
  const shuffled = words.map((word) => [random(), word] as const).sort(([one], [other]) => one - other).map(([, word]) => word);
  return Array.from({ length: count }, (_, at) => ({ id: `d${seed}-${at}`, title: `Dokumen ${at}`, text: wordsFrom(shuffled, at * 37, DOCUMENT_WORDS) }));
}

/** Embeds questions truly and gives passages random vectors: a large index in seconds, searched at its true cost. */
function withRandomPassages(embedder: Embedder): Embedder {
  const random = seededRandom(1);
  return {
    id: embedder.id,
    dimensions: embedder.dimensions,
    embed: async (texts, kind, signal) => (kind === 'query' ? embedder.embed(texts, kind, signal) : texts.map(() => unitVector(embedder.dimensions, random))),
  };
}

function unitVector(dimensions: number, random: Random): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

const seconds = (started: number): number => (performance.now() - started) / 1000;

import type { OpenBenchmark } from './types.ts';

export interface Benchmark {
  readonly name: string;
  readonly title: string;
  /** Loads what it needs; nothing is loaded before. */
  open(): Promise<OpenBenchmark>;
}

/** In the order in which they run: what starts processes of its own comes before this process holds a model. */
export const BENCHMARKS: readonly Benchmark[] = [
  { name: 'start', title: 'From npm start to the first answer, built clone', open: async () => (await import('./starting.ts')).openStarting() },
  { name: 'load', title: 'Loading both models in a fresh process', open: async () => (await import('./loading.ts')).openLoading() },
  { name: 'answers', title: 'A 480-token RAG prompt and a 15-token fine-tuned prompt, 64 new tokens each', open: async () => (await import('./generation.ts')).openAnswers() },
  { name: 'decoding', title: 'Decoding short rows, 128 new tokens each', open: async () => (await import('./generation.ts')).openDecoding() },
  { name: 'embedding', title: 'Embedding passages of 200 tokens', open: async () => (await import('./retrieval.ts')).openEmbedding() },
  { name: 'indexing', title: 'Indexing, asking and changing the documents', open: async () => (await import('./retrieval.ts')).openIndexing() },
  { name: 'training', title: 'Fine-tuning on the workspace\'s examples', open: async () => (await import('./training.ts')).openTraining() },
];

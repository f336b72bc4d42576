/** One round of loading.ts: loads both models, answers once with each arm, prints a LoadingReport. */
import { approach } from '../approaches/index.ts';
import { collect } from '../answer/collect.ts';
import { generationEngine } from '../generate/engine.ts';
import { parseQuestion } from '../question/question.ts';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import type { LoadingReport } from './loading.ts';

const residentBytesBefore = process.memoryUsage.rss();
const engineSeconds = await seconds(() => generationEngine().countTokens('satu'));
const embedderSeconds = await seconds(() => sharedEmbedder().embed(['satu'], 'query'));
const { question } = parseQuestion({ question: 'Apa perbedaan PPN dan PPh?' });
const answers = await Promise.all((['rag', 'fine-tuned'] as const).map((id) => collect(approach(id).answer(question, {}, new AbortController().signal))));
for (const { problem } of answers) if (problem) throw new Error(problem.message);
const report: LoadingReport = { engineSeconds, embedderSeconds, residentBytes: process.memoryUsage.rss(), residentBytesBefore };
process.stdout.write(JSON.stringify(report), () => process.exit(0));

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

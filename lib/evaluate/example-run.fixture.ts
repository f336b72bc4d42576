/** For tests: a small run of two arms, made as a real one is. */
import type { ApproachId } from '../answer/events.ts';
import type { EvaluationRow, EvaluationRun, RunHeader, ScoredAnswer } from '../messages/evaluation.ts';
import { sumUp } from './sum-up.ts';

export const exampleHeader: RunHeader = {
  format: 1, id: 'example', name: 'example', command: 'npm run eval -- --workspace pajak', startedAt: '2026-11-22T10:00:00.000Z',
  subject: { workspace: 'pajak', documents: null, questions: null, training: null },
  settings: { arms: ['rag', 'fine-tuned'], adapter: null, seeds: 1, temperature: 0, concurrency: 4, timed: 1, sample: null, limit: null, quick: false, throughPage: false, leakCosine: 0.98, resamples: 2000 },
  planned: 4, questionsInAll: 4, dataHash: 'd'.repeat(64), trainingHash: 't'.repeat(64), code: { commit: null, hash: 'c'.repeat(64) },
  machine: { cpu: 'A processor', cores: 2, memoryGiB: 4, system: 'linux x64' }, versions: { node: '20.19.0' },
};

export const exampleAnswer = (answer: string, right: boolean, more: Partial<ScoredAnswer> = {}): ScoredAnswer =>
  ({ answer, right, exactMatch: right, f1: right ? 1 : 0.25, refused: false, finish: 'stop', reads: false, cited: null, citesRight: null, figures: null, ...more });

export function exampleRow(id: string, right: Readonly<Partial<Record<ApproachId, boolean>>>, more: Partial<EvaluationRow> = {}): EvaluationRow {
  const arms = Object.fromEntries(Object.entries(right).map(([arm, is]) => [arm, exampleAnswer(`${arm} on ${id}`, is, { reads: arm === 'rag' })]));
  return { id, kind: 'held-out', cluster: id, language: 'id', question: `Question ${id}?`, answers: [`Answer ${id}`], documents: [], seed: 0, retrieved: null, arms, ...more };
}

/** One question of each standing, then as many as asked for on which both are right. */
export const exampleRows = (more = 0): EvaluationRow[] => [
  exampleRow('both-right', { rag: true, 'fine-tuned': true }, { kind: 'seen' }),
  exampleRow('only-rag', { rag: true, 'fine-tuned': false }),
  exampleRow('only-tuned', { rag: false, 'fine-tuned': true }, { language: 'en', kind: 'seen', meantAs: 'held-out', leak: { level: 'near', trained: 'Trained question?', cosine: 0.99 } }),
  exampleRow('both-wrong', { rag: false, 'fine-tuned': false }, { kind: 'unanswerable', answers: [] }),
  ...Array.from({ length: more }, (_, at) => exampleRow(`more-${at}`, { rag: true, 'fine-tuned': true })),
];

export const exampleRun = (rows = exampleRows(), header = exampleHeader): EvaluationRun =>
  sumUp({ header: { ...header, planned: rows.length, questionsInAll: rows.length }, rows, provenance: { rag: { model: ['m'], adapters: ['reader:r'], index: ['i'] }, 'fine-tuned': { model: ['m'], adapters: ['reader:r', 'pajak:p'], index: [] } } }, '2026-11-22T10:10:00.000Z');

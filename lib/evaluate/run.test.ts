import { describe, expect, it } from 'vitest';
import type { Approach } from '../answer/approach.ts';
import type { AnswerEvent, AnswerTimings, ApproachId } from '../answer/events.ts';
import { REFUSAL } from '../prompt/refusal.ts';
import { workspaceQuestions } from './questions.ts';
import { evaluate } from './run.ts';
import { summarise } from './summarise.ts';
import type { EvaluationQuestion, ScoredQuestion } from './types.ts';

const timings = (totalMs: number): AnswerTimings => ({ queuedMs: 0, timeToFirstTokenMs: 10, totalMs, promptTokens: 5, cachedPromptTokens: 0, completionTokens: 2, tokensPerSecond: null });

/** Answers each question with the events given for its text. */
function scripted(id: ApproachId, script: Record<string, readonly AnswerEvent[]>): Approach {
  return {
    id,
    label: { id, en: id },
    async *answer(question) {
      yield* script[question.text];
    },
  };
}

const says = (text: string, totalMs = 100): AnswerEvent[] => [
  { type: 'text-delta', text: text.slice(0, 3) },
  { type: 'text-delta', text: text.slice(3) },
  { type: 'answer-end', finish: 'stop', timings: timings(totalMs) },
];

const finds = (...documents: string[]): AnswerEvent => ({
  type: 'passages-available',
  retrievalMs: 4,
  passages: documents.map((documentId, at) => ({ id: `${documentId}#0`, documentId, documentTitle: documentId, headings: [], text: 'teks', rank: at + 1, score: 1 / (at + 1), cosine: null, bm25: null, used: at === 0 })),
});

const questions: EvaluationQuestion[] = [
  { id: 'rate', question: 'Berapa tarif PPN?', answers: ['11 persen'], documents: ['ppn'], kind: 'seen', required: [['11 persen']] },
  { id: 'moon', question: 'How far is the moon?', answers: [], documents: [], kind: 'unanswerable' },
];

const lookUp = scripted('rag', {
  'Berapa tarif PPN?': [finds('pph', 'ppn'), ...says('PPN 11%', 200)],
  'How far is the moon?': [finds('pph'), ...says(REFUSAL.en)],
});
const taught = scripted('fine-tuned', {
  'Berapa tarif PPN?': says('11 persen.'),
  'How far is the moon?': [{ type: 'text-delta', text: '11' }, { type: 'answer-error', problem: { code: 'internal', message: 'out of breath' } }],
});

async function rowsOf(arms: readonly Approach[], signal = new AbortController().signal): Promise<ScoredQuestion[]> {
  const rows: ScoredQuestion[] = [];
  for await (const { row, done, total } of evaluate(questions, arms, {}, signal)) {
    rows.push(row);
    expect([done, total]).toEqual([rows.length, questions.length]);
  }
  return rows;
}

describe('evaluate', () => {
  it('scores each arm on each question', async () => {
    const [rate, moon] = await rowsOf([lookUp, taught]);
    expect(rate).toMatchObject({ id: 'rate', kind: 'seen', language: 'id' });
    expect(rate.arms.rag).toMatchObject({ answer: 'PPN 11%', exactMatch: false, equivalent: true, refused: false, recallAt1: 0, recallAt5: 1, reciprocalRank: 0.5 });
    expect(rate.arms['fine-tuned']).toMatchObject({ exactMatch: true, f1: 1, equivalent: true, passages: null, recallAt1: null, reciprocalRank: null });
    expect(moon.language).toBe('en');
    expect(moon.arms.rag).toMatchObject({ exactMatch: null, f1: null, equivalent: null, refused: true, recallAt5: null });
    expect(moon.arms['fine-tuned']).toMatchObject({ refused: false, problem: { message: 'out of breath' } });
  });

  it('counts a refusal of an answerable question, and a failed answer, as wrong', async () => {
    const refuses = scripted('base', { 'Berapa tarif PPN?': says(REFUSAL.id), 'How far is the moon?': says('Far.') });
    const fails = scripted('rag-fine-tuned', { 'Berapa tarif PPN?': [{ type: 'text-delta', text: '11 persen' }, { type: 'answer-error', problem: { code: 'internal', message: 'no' } }], 'How far is the moon?': says('Far.') });
    const [rate] = await rowsOf([refuses, fails]);
    expect(rate.arms.base).toMatchObject({ exactMatch: false, f1: 0, equivalent: false, refused: true });
    expect(rate.arms['rag-fine-tuned']).toMatchObject({ exactMatch: false, f1: 0, equivalent: false, refused: false });
  });

  it('ends when aborted, without the question under way', async () => {
    const controller = new AbortController();
    const leaving: Approach = { ...lookUp, async *answer(question, options, signal) { controller.abort(); yield* lookUp.answer(question, options, signal); } };
    expect(await rowsOf([leaving], controller.signal)).toEqual([]);
  });
});

describe('summarise', () => {
  it('takes each mean over the questions it has a meaning for', async () => {
    const sums = summarise(await rowsOf([lookUp, taught]));
    expect(sums.rag?.all).toMatchObject({ questions: 2, answerable: 1, failures: 0, exactMatch: 0, equivalent: 1, recallAt1: 0, recallAt5: 1, meanReciprocalRank: 0.5, refusal: { precision: 1, recall: 1 }, totalMs: { p50: 150, p95: 195 }, retrievalMs: { p50: null, p95: null } });
    expect(sums['fine-tuned']?.all).toMatchObject({ failures: 1, exactMatch: 1, refusal: { precision: null, recall: 0 }, recallAt1: null });
    expect(sums.rag?.byKind.seen).toMatchObject({ questions: 1, refusal: { precision: null, recall: null } });
    expect(sums.rag?.byLanguage.en).toMatchObject({ questions: 1, exactMatch: null });
    expect(sums.base).toBeUndefined();
  });
});

describe('workspaceQuestions', () => {
  it('asks the first trained phrasing and every held-out one, and accepts the short answers too', () => {
    const phrasing = (question: string) => ({ language: 'id' as const, question, answer: 'Tarifnya 11 persen.' });
    const fact = { id: 'f1', document: 'ppn', law: 'UU', evidence: { file: 'x', text: 'y' }, train: [phrasing('Satu?'), phrasing('Dua?')], heldOut: [phrasing('Tiga?')], accept: ['11%'], required: [['11%']] };
    const own = { id: 'q1', kind: 'unanswerable' as const, language: 'id' as const, question: 'Empat?', answers: [], required: [], documents: [] };
    const asked = workspaceQuestions([fact], [own]);
    expect(asked.map(({ id, kind, question }) => [id, kind, question])).toEqual([['f1/seen', 'seen', 'Satu?'], ['f1/held-out-1', 'held-out', 'Tiga?'], ['q1', 'unanswerable', 'Empat?']]);
    expect(asked[1]).toMatchObject({ answers: ['Tarifnya 11 persen.', '11%'], documents: ['ppn'], required: [['11%']] });
  });
});

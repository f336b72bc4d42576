import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Approach } from '../answer/approach.ts';
import type { RunHeader, RunSettings } from '../messages/evaluation.ts';
import { REFUSAL } from '../prompt/refusal.ts';
import { askArms, together } from './ask.ts';
import { executeRun, type RunMaterial } from './execute.ts';
import { beginJournal, readJournal } from './journal.ts';
import { planLength, planRun } from './plan.ts';
import { formatRun, readRunFile, writeRun } from './run-file.ts';
import { cites, finds, says, scripted } from './scripted-arms.fixture.ts';
import { mixedArms, sumUp } from './sum-up.ts';
import type { EvaluationQuestion } from './types.ts';

const questions: EvaluationQuestion[] = [
  { id: 'rate', question: 'Berapa tarif PPN?', answers: ['11 persen'], documents: ['ppn'], kind: 'seen', required: [['11 persen']] },
  { id: 'moon', question: 'How far is the moon?', answers: [], documents: [], kind: 'unanswerable' },
];
const lookUp = scripted('rag', {
  'Berapa tarif PPN?': [finds('pph', 'ppn'), ...says('PPN 11%', 200), cites('ppn')],
  'How far is the moon?': [finds('pph'), ...says(REFUSAL.en)],
});
const taught = scripted('fine-tuned', {
  'Berapa tarif PPN?': says('11 persen.'),
  'How far is the moon?': [{ type: 'text-delta', text: '11' }, { type: 'answer-error', problem: { code: 'internal', message: 'out of breath' } }],
});
const never = new AbortController().signal;
const ask = async (at: number, arms: readonly Approach[], alone = true) => (await askArms({ question: questions[at], seed: 0 }, arms, {}, alone, never))!;

describe('one question', () => {
  it('is scored for each arm', async () => {
    const { row, provenance } = await ask(0, [lookUp, taught]);
    expect(row).toMatchObject({ id: 'rate', kind: 'seen', language: 'id', cluster: 'rate', retrieved: { passages: ['pph#0', 'ppn#0'], read: 2, recallAt1: 0, recallAt5: 1, reciprocalRank: 0.5, ndcgAt5: 0.6309 } });
    expect(row.arms.rag).toMatchObject({ answer: 'PPN 11%', right: true, exactMatch: false, reads: true, cited: 'ppn#0', citesRight: true, figures: { total: 1, supported: 1 }, timings: { totalMs: 200 } });
    expect(row.arms['fine-tuned']).toMatchObject({ right: true, exactMatch: true, f1: 1, reads: false, cited: null, citesRight: null, figures: null });
    expect(provenance.rag).toMatchObject({ baseHash: 'model', indexHash: 'index' });
  });

  it('that nothing answers is right when it is refused', async () => {
    const { row } = await ask(1, [lookUp, taught]);
    expect(row.language).toBe('en');
    expect(row.retrieved).toMatchObject({ recallAt5: null, ndcgAt5: null });
    expect(row.arms.rag).toMatchObject({ right: true, refused: true, exactMatch: null, f1: null });
    expect(row.arms['fine-tuned']).toMatchObject({ right: false, refused: false, problem: { message: 'out of breath' } });
  });

  it('is wrong when it is refused though it has an answer, or when the arm fails after it', async () => {
    const refuses = scripted('base', { 'Berapa tarif PPN?': says(REFUSAL.id) });
    const fails = scripted('rag-fine-tuned', { 'Berapa tarif PPN?': [{ type: 'text-delta', text: '11 persen' }, { type: 'answer-error', problem: { code: 'internal', message: 'no' } }] });
    const { row } = await ask(0, [refuses, fails]);
    expect(row.arms.base).toMatchObject({ right: false, exactMatch: false, f1: 0, refused: true });
    expect(row.arms['rag-fine-tuned']).toMatchObject({ right: false, exactMatch: false, f1: 0, refused: false });
  });

  it('is scored for every answer that an arm had to choose from', async () => {
    const drafts = (...texts: string[]) => ({ type: 'drafts-available', drafts: texts.map((text, order) => ({ taught: order === 1, text, leastLikely: 0.123456 })) }) as const;
    const both = scripted('rag-fine-tuned', { 'Berapa tarif PPN?': [drafts('12 persen', 'PPN 11%'), ...says('12 persen')], 'How far is the moon?': [drafts(REFUSAL.en, '11'), ...says(REFUSAL.en)] });
    expect((await ask(0, [both])).row.arms['rag-fine-tuned']!.drafts).toEqual([{ taught: false, text: '12 persen', leastLikely: 0.1235, right: false }, { taught: true, text: 'PPN 11%', leastLikely: 0.1235, right: true }]);
    expect((await ask(1, [both])).row.arms['rag-fine-tuned']!.drafts!.map(({ right }) => right)).toEqual([true, false]);
    expect((await ask(0, [lookUp])).row.arms.rag).not.toHaveProperty('drafts');
  });

  it('that nothing answers is cited wrongly and searched for in vain, whichever document it is about', async () => {
    const near = { id: 'near', question: 'Berapa tarif PPN?', answers: [], documents: ['ppn'], kind: 'unanswerable' };
    const { row } = (await askArms({ question: near, seed: 0 }, [lookUp], {}, true, never))!;
    expect(row.arms.rag).toMatchObject({ cited: 'ppn#0', citesRight: false });
    expect(row.retrieved).toMatchObject({ recallAt1: null, recallAt5: null, reciprocalRank: null, ndcgAt5: null });
  });

  it('has no times when it was not asked alone', async () => expect((await ask(0, [lookUp, taught], false)).row.arms.rag).not.toHaveProperty('timings'));

  it('bears the mark of the rule it is scored by', async () => {
    const marked = async (change: Partial<EvaluationQuestion>) => (await askArms({ question: { ...questions[0], ...change }, seed: 0 }, [taught], {}, true, never))!.row.marking;
    const mark = await marked({});
    expect(mark).toMatch(/^[0-9a-f]{12}$/);
    expect(await marked({ id: 'other', documents: [], kind: 'held-out' })).toBe(mark);
    const others = await Promise.all([marked({ answers: ['11%'] }), marked({ required: [['11']] }), marked({ required: undefined }), marked({ before: { answers: ['10 persen'] } })]);
    expect(new Set([mark, ...others]).size).toBe(5);
  });

  it('says when an answer is still what the document said before', async () => {
    const changed = { ...questions[0], answers: ['12 persen'], required: [['12 persen']], before: { answers: ['11 persen'], required: [['11 persen']] } };
    const { row } = (await askArms({ question: changed, seed: 0 }, [taught], {}, true, never))!;
    expect(row.arms['fine-tuned']).toMatchObject({ right: false, outdated: true });
  });
});

describe('several at once', () => {
  it('are never more than asked for, and all get done', async () => {
    let [going, most] = [0, 0];
    const done: number[] = [];
    const run = async (task: number) => {
      most = Math.max(most, (going += 1));
      await new Promise((resolve) => setTimeout(resolve, 5 - (task % 3)));
      going -= 1;
      return task;
    };
    for await (const result of together([0, 1, 2, 3, 4, 5, 6], 3, run, never)) done.push(result);
    expect(done.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(3);
  });
});

const settings: RunSettings = { arms: ['rag', 'fine-tuned'], adapter: null, seeds: 1, temperature: 0, concurrency: 2, timed: 1, sample: null, limit: null, quick: false, throughPage: false, leakCosine: 1, resamples: 10 };
const plan = planRun(questions, [], settings);
const header: RunHeader = {
  format: 1, id: 'test-1', name: 'test', command: 'npm run eval', startedAt: '2026-01-01T00:00:00.000Z', subject: { workspace: 'test', documents: null, questions: null, training: null }, settings,
  planned: 2, questionsInAll: 2, dataHash: 'd', trainingHash: null, code: { commit: null, hash: 'c' }, machine: { cpu: 'x', cores: 2, memoryGiB: 4, system: 'linux x64' }, versions: {},
};
const material = (arms: readonly Approach[]): RunMaterial => ({ plan, arms, options: {}, concurrency: 2, trial: () => { throw new Error('not asked for'); } });

describe('a run', () => {
  let folder: string;
  let journal: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'run-'));
    journal = path.join(folder, 'test-1.jsonl');
    await beginJournal(journal, header);
  });
  afterEach(() => rm(folder, { recursive: true }));
  const execute = async (arms: readonly Approach[], signal = never): Promise<string[]> => {
    const told: string[] = [];
    for await (const { phase, done, total, row } of executeRun(journal, material(arms), signal)) told.push(`${row.id} ${phase} ${done}/${total}`);
    return told;
  };

  it('asks some alone and the rest together, and keeps every answer', async () => {
    expect((await execute([lookUp, taught])).map((line) => line.replace(/^\w+ /, ''))).toEqual(['alone 1/2', 'together 2/2']);
    const { rows, provenance } = await readJournal(journal);
    expect(rows).toHaveLength(2);
    expect(provenance).toEqual({ rag: { model: ['model'], adapters: ['reader:r'], stacks: ['reader:r'], index: ['index'] }, 'fine-tuned': { model: ['model'], adapters: ['reader:r'], stacks: ['reader:r'], index: [] } });
  });

  it('that was stopped goes on with what is missing, and comes to the same', async () => {
    const controller = new AbortController();
    const first: string[] = [];
    for await (const { row } of executeRun(journal, material([lookUp, taught]), controller.signal)) {
      first.push(row.id);
      controller.abort();
    }
    expect(first).toHaveLength(1);
    // The power fails in the middle of a line.
    await appendFile(journal, '{"type":"row","row":{"id":"mo');
    expect((await readJournal(journal)).rows).toHaveLength(1);
    const rest = await execute([lookUp, taught]);
    expect(rest).toEqual([expect.stringContaining('2/2')]);
    expect(rest[0]).not.toContain(first[0]);
    expect(await execute([lookUp, taught])).toEqual([]);
    expect((await readJournal(journal)).rows.map(({ id }) => id).toSorted()).toEqual(['moon', 'rate']);
  });

  it('does not take an answer that was cut off by stopping for an answer', async () => {
    const controller = new AbortController();
    const leaving: Approach = { ...lookUp, async *answer(question, options, signal) { controller.abort(); yield* lookUp.answer(question, options, signal); } };
    expect(await execute([leaving], controller.signal)).toEqual([]);
  });

  it('becomes one file with a row on each line, and is read back as it was', async () => {
    await execute([lookUp, taught]);
    const run = sumUp(await readJournal(journal), '2026-01-01T00:01:00.000Z');
    const file = path.join(folder, 'test-1.json');
    await writeRun(file, run);
    expect(await readRunFile(file)).toEqual(run);
    const lines = (await readFile(file, 'utf8')).split('\n');
    expect(lines.filter((line) => line.startsWith('{"id":'))).toHaveLength(2);
    expect(JSON.parse(formatRun({ ...run, pairs: [] }))).toMatchObject({ pairs: [] });
  });
});

describe('what answered', () => {
  it('is mixed when weights or index became others on the way, not when adapters are stacked', () => {
    const one = { model: ['m'], adapters: ['reader:a', 'pajak:b'], index: ['i'] };
    expect(mixedArms({ rag: one, base: { model: ['m'], adapters: [], index: [] } })).toEqual([]);
    expect(mixedArms({ rag: { ...one, adapters: ['reader:a', 'reader:c'] }, base: { ...one, model: ['m', 'n'] }, 'fine-tuned': { ...one, index: ['i', 'j'] } })).toEqual(['rag', 'base', 'fine-tuned']);
  });
});

describe('the plan', () => {
  const many = Array.from({ length: 20 }, (_, at): EvaluationQuestion => ({ id: `q${at}`, question: `Q${at}?`, answers: ['a'], documents: [], kind: at % 4 ? 'held-out' : 'seen', language: 'id' }));
  it('asks each question once, whatever is timed', () => {
    const { alone, together: rest } = planRun(many, [], { ...settings, timed: 5 });
    expect(alone).toHaveLength(5);
    expect(new Set([...alone, ...rest].map(({ question }) => question.id)).size).toBe(20);
    expect(planRun(many, [], { ...settings, timed: 0 }).alone).toEqual([]);
    expect(planRun(many, [], { ...settings, concurrency: 1 }).together).toEqual([]);
  });
  it('asks with every seed', () => expect(planLength(planRun(many, [], { ...settings, seeds: 3, temperature: 1 }))).toBe(60));
  it('samples every kind by its share, the same each time', () => {
    const asked = planRun(many, [], { ...settings, sample: 8 });
    const kinds = [...asked.alone, ...asked.together].map(({ question }) => question.kind);
    expect(kinds.filter((kind) => kind === 'seen')).toHaveLength(2);
    expect(kinds.filter((kind) => kind === 'held-out')).toHaveLength(6);
    expect(planRun(many.toReversed(), [], { ...settings, sample: 8 }).alone.map(({ question }) => question.id)).toEqual(asked.alone.map(({ question }) => question.id).toReversed());
  });
});

/** What a run knows of the weights and the code behind its answers when it was stopped and gone on with. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Approach } from '../answer/approach.ts';
import type { AppliedAdapter } from '../answer/events.ts';
import { exampleHeader, exampleRow } from './example-run.fixture.ts';
import { executeRun } from './execute.ts';
import { beginJournal, openJournal, readJournal, type JournalLine } from './journal.ts';
import { committedRuns } from './readme.ts';
import { says, scripted } from './scripted-arms.fixture.ts';
import { mixedArms } from './sum-up.ts';

const READER: AppliedAdapter = { name: 'reader', hash: '1', strength: 1 };
const PAJAK: AppliedAdapter = { name: 'pajak', hash: '2', strength: 1 };
const PAJAK_NEW: AppliedAdapter = { name: 'pajak-baru', hash: '3', strength: 1 };

const questions = ['first', 'second', 'third'].map((id) => ({ id, question: `${id} of all?`, answers: ['yes'], documents: [] }));
const answers = scripted('fine-tuned', Object.fromEntries(questions.map(({ question }) => [question, says('yes')])));
/** The taught arm with these adapters, the lowest first. */
const taught = (...adapters: readonly AppliedAdapter[]): Approach => ({
  ...answers,
  async *answer(...given) {
    for await (const event of answers.answer(...given)) yield event.type === 'answer-start' ? { ...event, provenance: { ...event.provenance, adapters } } : event;
  },
});

let folder: string;
let journal: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'provenance-'));
  journal = path.join(folder, 'run.jsonl');
  await beginJournal(journal, exampleHeader);
});
afterEach(() => rm(folder, { recursive: true }));

const add = async (...lines: readonly JournalLine[]): Promise<void> => {
  const file = await openJournal(journal);
  await file.add(...lines);
  await file.close();
};
/** Asks one question more, then stops. */
async function askOne(arm: Approach): Promise<void> {
  const controller = new AbortController();
  const plan = { alone: questions.map((question) => ({ question, seed: 0 })), together: [], changes: [] };
  const run = executeRun(journal, { plan, arms: [arm], options: {}, concurrency: 1, trial: () => { throw new Error('not asked for'); } }, controller.signal);
  for await (const _ of run) controller.abort();
}
const mixed = async () => mixedArms((await readJournal(journal)).provenance);

describe('an arm', () => {
  it.each<[string, readonly AppliedAdapter[], readonly AppliedAdapter[]]>([
    ['another adapter was chosen', [READER, PAJAK], [READER, PAJAK_NEW]],
    ['an adapter lies on the reader no more', [READER, PAJAK], [PAJAK]],
    ['an adapter lies on top that did not', [READER], [READER, PAJAK]],
    ['the adapter was trained anew', [READER, PAJAK], [READER, { ...PAJAK, hash: '4' }]],
  ])('is mixed when %s before its run went on', async (_, before, after) => {
    await askOne(taught(...before));
    await askOne(taught(...before));
    expect(await mixed()).toEqual([]);
    await askOne(taught(...after));
    expect(await mixed()).toEqual(['fine-tuned']);
  });

  it('whose run began before stacks were kept goes on, and is mixed only when its stack changed', async () => {
    await add({ type: 'row', row: exampleRow('first', { 'fine-tuned': true }) }, { type: 'provenance', arm: 'fine-tuned', provenance: { model: ['model'], adapters: ['reader:1', 'pajak:2'], index: [] } });
    await askOne(taught(READER, PAJAK));
    expect(await mixed()).toEqual([]);
    await askOne(taught(READER, PAJAK_NEW));
    expect(await mixed()).toEqual(['fine-tuned']);
  });

  it('of a committed run, of whatever age, is not mixed', async () => {
    const runs = await committedRuns();
    expect(runs).not.toEqual([]);
    for (const { provenance } of runs) expect(mixedArms(provenance)).toEqual([]);
  });
});

describe('the code behind the answers of a run', () => {
  const began = exampleHeader.code.hash;
  const code: JournalLine = { type: 'code', code: { commit: null, hash: 'other' } };
  const row = (id: string): JournalLine => ({ type: 'row', row: exampleRow(id, { rag: true }) });

  it('is none before the first answer', async () => {
    await add(code);
    expect((await readJournal(journal)).answeredUnder).toEqual([]);
  });
  it('is what it began with, and what answered after that', async () => {
    await add(row('first'), code);
    expect((await readJournal(journal)).answeredUnder).toEqual([began]);
    await add(row('second'), row('third'));
    expect((await readJournal(journal)).answeredUnder).toEqual([began, 'other']);
  });
  it('counts for what the page showed too', async () => {
    await add(row('first'), code, { type: 'page', id: 'first', arm: 'rag', shown: 'yes' });
    expect((await readJournal(journal)).answeredUnder).toEqual([began, 'other']);
  });
});

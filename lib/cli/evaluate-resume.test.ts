/** A run that was stopped is gone on with only where its answers will belong together. No model is loaded: nothing is left to ask. */
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { codeVersion } from '../evaluate/code-version.ts';
import { exampleHeader, exampleRow } from '../evaluate/example-run.fixture.ts';
import { beginJournal, openJournal, readJournal } from '../evaluate/journal.ts';
import { journalFile, ownFile } from '../evaluate/runs.ts';
import type { RunHeader } from '../messages/evaluation.ts';
import { openMaterial } from './evaluate-material.ts';
import { resumeRun } from './evaluate-run.ts';

const never = new AbortController().signal;
const committing = { commit: true, json: false };
const keeping = { commit: false, json: false };
/** Trained both, so that no leak need be looked for with the embedder. */
const TRAINED = ['Berapa tarif PPN?', 'Berapa tarif PPN kini?'];
const asked = { id: 'rate', question: TRAINED[0], answers: ['11 persen'], documents: ['ppn'], kind: 'held-out', cluster: 'ppn' };

let folder: string;
let header: RunHeader;
const file = (name: string): string => path.join(folder, name);
const writeQuestion = (question: object): Promise<void> => writeFile(file('questions.jsonl'), JSON.stringify(question));
const writeTrained = (...questions: readonly string[]): Promise<void> => writeFile(file('training.jsonl'), questions.map((question) => `${JSON.stringify({ question, answer: '11 persen' })}\n`).join(''));
const writeCode = (text: string): Promise<void> => writeFile(file('lib/answer.ts'), text);
const answerOne = async (): Promise<void> => {
  const lines = await openJournal(journalFile('stopped'));
  await lines.add({ type: 'row', row: exampleRow('rate', { rag: true }) });
  await lines.close();
};
/** Where nothing may be asked. */
const atOnceStopped = (): AbortSignal => AbortSignal.abort();

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'resume-'));
  vi.stubEnv('PROJECT_ROOT', folder);
  vi.stubEnv('DATA_DIRECTORY', file('data'));
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await mkdir(file('lib'));
  await writeCode('answers one way');
  await writeQuestion(asked);
  await writeTrained(...TRAINED);
  const subject = { workspace: null, documents: null, questions: file('questions.jsonl'), training: file('training.jsonl') };
  const settings = { ...exampleHeader.settings, timed: 0 };
  const { facts, close } = await openMaterial(subject, settings, never);
  await close();
  header = { ...exampleHeader, id: 'stopped', subject, settings, ...facts, code: await codeVersion() };
  await beginJournal(journalFile('stopped'), header);
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('a run that was stopped', () => {
  it('goes on when all is as it was, and may be committed', async () => {
    await answerOne();
    expect(await resumeRun('stopped', committing, never)).toMatchObject({ answered: 1, header: { id: 'stopped' } });
    expect((await stat(ownFile('stopped'))).isFile()).toBe(true);
  });

  it.each([
    ['words', { question: TRAINED[1] }],
    ['accepted answers', { answers: ['12 persen'] }],
    ['kind', { kind: 'document-only' }],
    ['fact', { cluster: 'pph' }],
    ['language', { language: 'id' }],
  ])('does not go on with a question whose %s changed', async (_, change) => {
    await writeQuestion({ ...asked, ...change });
    await expect(resumeRun('stopped', keeping, atOnceStopped())).rejects.toMatchObject({ message: expect.stringContaining('questions of the run "stopped"'), remedy: expect.stringContaining(header.command) });
  });

  it('does not go on when other questions were trained: those before and after the stop would not be seen or held out alike', async () => {
    await answerOne();
    await writeTrained(...TRAINED, 'Berapa tarif PPh?');
    await expect(resumeRun('stopped', keeping, never)).rejects.toMatchObject({ message: expect.stringMatching(/training questions .*"stopped".* have changed/), remedy: expect.stringContaining(header.command) });
    expect((await readJournal(journalFile('stopped'))).rows).toHaveLength(1);
  });
});

describe('a run whose code has changed since it was stopped', () => {
  it('is not committed, and says so before it asks anything', async () => {
    await answerOne();
    await writeCode('answers another way');
    await expect(resumeRun('stopped', committing, never)).rejects.toMatchObject({ message: expect.stringContaining('other code'), remedy: expect.stringMatching(/without --commit: npm run eval -- --resume stopped\b.*\n?.*npm run eval -- --workspace pajak/) });
  });

  it('goes on all the same where it is not to be committed', async () => {
    await answerOne();
    await writeCode('answers another way');
    expect(await resumeRun('stopped', keeping, never)).toMatchObject({ answered: 1 });
  });

  it('is not committed either once the code is back, when the other code has answered too', async () => {
    await answerOne();
    await writeCode('answers another way');
    await resumeRun('stopped', keeping, atOnceStopped());
    await answerOne();
    await writeCode('answers one way');
    await expect(resumeRun('stopped', committing, never)).rejects.toThrow('other code');
  });

  it('is of the code that answers when nothing had been answered before', async () => {
    await writeCode('answers another way');
    expect(await resumeRun('stopped', committing, atOnceStopped())).toBeNull();
    const { header: taken } = await readJournal(journalFile('stopped'));
    expect(taken).toEqual({ ...header, code: await codeVersion() });
    await answerOne();
    expect(await resumeRun('stopped', committing, never)).toMatchObject({ answered: 1 });
  });
});

/** What a run asks is looked at before anything is opened for it. No model is loaded. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleHeader } from '../evaluate/example-run.fixture.ts';
import type { RunSettings } from '../messages/evaluation.ts';
import { hashedEmbedder } from '../retrieve/hashed-embedder.fixture.ts';
import { openDocumentIndex } from '../retrieve/index.ts';
import { indexFolder } from '../workspace/folders.ts';
import type { RunSubject } from './evaluate-arguments.ts';
import { openMaterial, type OpenMaterial } from './evaluate-material.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'material-'));
  vi.stubEnv('DATA_DIRECTORY', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A run of these questions in a file. */
async function open(questions: readonly object[], subject: Partial<RunSubject> = {}, settings: Partial<RunSettings> = {}): Promise<OpenMaterial> {
  const file = path.join(folder, 'questions.jsonl');
  await writeFile(file, questions.map((asked) => `${JSON.stringify({ answers: ['11'], ...asked })}\n`).join(''));
  const opened = await openMaterial({ workspace: null, documents: null, questions: file, training: null, ...subject }, { ...exampleHeader.settings, ...settings }, new AbortController().signal);
  await opened.close();
  return opened;
}

describe('the questions of a run', () => {
  it.each([
    ['too long', 'x'.repeat(501), 'The question has 501 characters'],
    ['of what nobody sees', '\u200b', 'The question is empty'],
  ])('are refused before the first answer where one is %s, and it is named', async (_, question, reason) => {
    const opened = open([{ id: 'fine', question: 'Berapa?' }, { id: 'odd', question }], { documents: path.join(folder, 'none') });
    await expect(opened).rejects.toThrow(`"odd" cannot be asked. ${reason}`);
  });

  it.each(['all', 'language:id'])('are refused where one is of the kind "%s", which is a group of the report', async (kind) => {
    const opened = open([{ id: 'fine', question: 'Berapa?', kind: 'held-out' }, { id: 'odd', question: 'Kapan?', kind }]);
    await expect(opened).rejects.toThrow(/questions\.jsonl, line 2: kind: .*all.*language:/);
  });

  it('are counted before a limit, so that the report can say what it left out', async () => {
    const questions = Array.from({ length: 5 }, (_, at) => ({ id: `q${at}`, question: `Pasal ${at}?` }));
    const { facts } = await open(questions, {}, { limit: 2 });
    expect(facts).toMatchObject({ planned: 2, questionsInAll: 5 });
    expect(facts.dataHash).toBe((await open(questions.slice(0, 2))).facts.dataHash);
  });
});

it('leaves no temporary folder behind where the documents cannot be read', async () => {
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, folder);
  await expect(open([{ id: 'fine', question: 'Berapa?' }], { documents: path.join(folder, 'none') })).rejects.toThrow('There is no folder or file');
  expect(await readdir(folder)).toEqual(['questions.jsonl']);
});

describe('the documents that a file of questions names', () => {
  beforeEach(() => openDocumentIndex({ folder: indexFolder(path.join(folder, 'workspaces', 'office')), embedder: hashedEmbedder() }).put([{ id: 'ppn', title: 'PPN', text: 'Tarif PPN 11 persen.' }]));
  const asked = (documents: readonly string[], more: object = {}) => ({ id: documents.join(), question: `Apa isi ${documents.join()}?`, documents, ...more });
  const office = { workspace: 'office' };

  it('must be in the index: nothing could find another', async () => {
    await expect(open([asked(['ppn']), asked(['ppn', 'ppn.md'])], office)).rejects.toMatchObject({ message: 'The question "ppn,ppn.md" names the document "ppn.md", which the index does not hold.', remedy: expect.stringContaining('without its ending') });
  });

  it.each<[string, object, Partial<RunSettings>]>([
    ['that is there', asked(['ppn']), {}],
    ['where nothing answers the question', asked(['pph'], { answers: [] }), {}],
    ['where no arm searches', asked(['pph']), { arms: ['base', 'fine-tuned'] }],
  ])('may be one %s', async (_, question, settings) => expect((await open([question], office, settings)).facts.planned).toBe(1));
});

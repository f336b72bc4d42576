import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAMPLE_LIMITS, type ExampleRow } from '../messages/examples.ts';
import { exportExamples, readImport } from './example-import.ts';
import { addExample, editExample, importExamples, listExamples, readExamples, removeExample, resetExamples } from './examples.ts';

let folder: string;
const fact = (id: string, question: string, heldOut: string) => ({
  id, document: 'd', law: 'UU 1', evidence: { file: 'f', text: 't' },
  train: [{ language: 'id', question, answer: 'Tarifnya 12%.' }], heldOut: [{ language: 'id', question: heldOut, answer: 'Tarifnya 12%.' }],
  accept: ['12%'], required: [['12%']],
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'examples-'));
  vi.stubEnv('MODELS_DIRECTORY', path.join(folder, 'models'));
  vi.stubEnv('DATA_DIRECTORY', path.join(folder, 'data'));
  const shipped = path.join(folder, 'models', 'workspaces', 'w');
  await mkdir(shipped, { recursive: true });
  await writeFile(path.join(shipped, 'facts.jsonl'), [fact('a', 'Berapa tarif PPN?', 'PPN berapa persen?'), fact('b', 'Apa itu PPh?', 'PPh itu apa?')].map((row) => JSON.stringify(row)).join('\n'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const questions = async (): Promise<string[]> => (await readExamples('w')).map(({ question }) => question);

describe('the examples of a workspace', () => {
  it('start from its facts, under ids that stay', async () => {
    const { examples, edited, counts } = await listExamples('w');
    expect({ edited, counts }).toEqual({ edited: false, counts: { train: 2, heldOut: 2 } });
    expect(examples[0]).toMatchObject({ question: 'Berapa tarif PPN?', split: 'train', factId: 'a', accept: ['12%'], language: 'id' });
    await addExample('w', { question: 'Apa itu NPWP?', answer: 'Nomor Pokok Wajib Pajak.' });
    expect((await listExamples('w')).examples.slice(0, 4)).toEqual(examples);
  });

  it('are found by split and words, page by page', async () => {
    expect((await listExamples('w', { split: 'held-out', search: 'ppn PERSEN' })).examples.map(({ question }) => question)).toEqual(['PPN berapa persen?']);
    expect(await listExamples('w', { offset: 3, limit: 1 })).toMatchObject({ matching: 4, examples: [{ question: 'PPh itu apa?' }] });
  });

  it('are added, edited, removed and brought back', async () => {
    const added = await addExample('w', { question: ' What is VAT? ', answer: 'A tax.', split: 'held-out' });
    expect(added).toMatchObject({ question: 'What is VAT?', language: 'en', split: 'held-out', factId: null });
    expect(await editExample('w', added.id, { answer: 'A tax on consumption.' })).toMatchObject({ id: added.id, question: 'What is VAT?', answer: 'A tax on consumption.' });
    const [first] = await readExamples('w');
    expect(await removeExample('w', first.id)).toEqual(first);
    expect(await questions()).toEqual(['PPN berapa persen?', 'Apa itu PPh?', 'PPh itu apa?', 'What is VAT?']);
    expect(await resetExamples('w')).toMatchObject({ edited: false, counts: { train: 2, heldOut: 2 } });
  });

  it.each([
    ['no answer', { question: 'Apa?' }, /answer: is missing/],
    ['a blank question', { question: ' ', answer: 'x' }, /question: is blank/],
    ['an unknown field', { question: 'Apa?', answer: 'x', rank: 3 }, /rank/],
    ['a question that is there', { question: 'berapa tarif PPN', answer: '11%.' }, /"berapa tarif PPN" stands there already, with the answer "Tarifnya 12%\."/],
    ['a held-out question that is trained', { question: 'Apa itu PPh', answer: 'x', split: 'held-out' }, /held-out question "Apa itu PPh" is also trained/],
    ['a trained question that is held out', { question: 'PPh itu apa', answer: 'x' }, /is also trained/],
  ])('refuse %s', async (_, draft, reason) => {
    await expect(addExample('w', draft)).rejects.toThrow(reason);
    expect((await listExamples('w')).edited).toBe(false);
  });

  it('tell what is wrong with them by facts, for a page in another language too', async () => {
    const facts = { question: 'berapa tarif PPN', otherAnswer: 'Tarifnya 12%.' };
    await expect(addExample('w', { question: facts.question, answer: '11%.' })).rejects.toMatchObject({ detail: { id: 'question-twice', facts } });
    await expect(addExample('w', { question: 'PPh itu apa', answer: 'x' })).rejects.toMatchObject({ detail: { id: 'question-held-out-and-trained', facts: { question: 'PPh itu apa' } } });
    const twice = '{"question":"A?","answer":"1"}\n{"question":"a","answer":"1"}';
    await expect(importExamples('w', { format: 'jsonl', text: twice })).rejects.toMatchObject({ detail: { id: 'question-twice', facts: { question: 'a', line: 2 } } });
    await expect(importExamples('w', { format: 'csv', text: '' })).rejects.toMatchObject({ detail: { id: 'file-without-examples', facts: { format: 'csv' } } });
    const rows = Array.from({ length: EXAMPLE_LIMITS.examples }, (_unused, index) => `{"question":"${index}?","answer":"1"}`);
    for (const [text, examples] of [[rows.join('\n'), rows.length + 4], [[...rows, rows[0]].join('\n'), rows.length + 1]] as const) {
      await expect(importExamples('w', { format: 'jsonl', text })).rejects.toMatchObject({ detail: { id: 'too-many-examples', facts: { examples, limit: rows.length } } });
    }
  });

  it('lose nothing when several people change them at once', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => addExample('w', { question: `Pertanyaan nomor ${index}?`, answer: 'Ya.' })));
    expect((await listExamples('w')).counts.train).toBe(14);
  });
});

describe('importing', () => {
  it('takes JSON Lines, with what is there already counted and kept', async () => {
    const lines = [{ question: 'Berapa tarif PPN?', answer: 'Tarifnya 12%.' }, { question: 'Apa itu NIK?', answer: 'Nomor Induk Kependudukan.', accept: ['NIK'] }];
    expect(await importExamples('w', { format: 'jsonl', text: lines.map((line) => JSON.stringify(line)).join('\n') })).toEqual({ added: 1, unchanged: 1, removed: 0, counts: { train: 3, heldOut: 2 } });
    expect((await questions()).at(-1)).toBe('Apa itu NIK?');
  });

  it('replaces all, and exports what it imports', async () => {
    const before = await readExamples('w');
    for (const format of ['jsonl', 'csv'] as const) {
      expect(await importExamples('w', { format, text: exportExamples(before, format), mode: 'replace' })).toMatchObject({ added: 0, unchanged: 4, removed: 0 });
      expect((await readExamples('w')).map(({ id, question }) => [id, question])).toEqual(before.map(({ id, question }) => [id, question]));
    }
    expect(await importExamples('w', { format: 'csv', text: 'question;answer\nSatu?;1\n', mode: 'replace' })).toMatchObject({ added: 1, removed: 4 });
    expect(await questions()).toEqual(['Satu?']);
  });

  it.each([
    ['jsonl', '{"question":"A?","answer":"1"}\n{"question":', /^Line 2: not valid JSON/],
    ['jsonl', '\n{"question":"A?"}', /^Line 2: answer: is missing/],
    ['jsonl', '{"question":"A?","answer":"1"}\n\n{"question":"a","answer":"2"}', /^Line 3: the question "a" stands there on line 1 already, with the answer "1"/],
    ['jsonl', '{"question":"A?","answer":"1"}\n{"question":"a?","answer":"1","split":"held-out"}', /^Line 2: the held-out question "a\?" is also trained/],
    ['jsonl', ' \n', /holds no example/],
    ['csv', 'question,antwort\nA?,1', /^Line 1: the header names no column "answer"/],
    ['csv', 'question,answer,split\n"A\nB?",1,train\nC?,2,test', /^Line 4: split: is neither/],
    ['csv', 'question,answer\n"A\nB?",1\nC?,', /^Line 4: answer: is blank/],
    ['csv', 'question,answer\nA?,1,2', /^Line 2: 3 cells, not 2/],
    ['csv', 'question,answer\nA?,1\n"B?,2', /^Line [23]: .*[Qq]uote/],
  ] as const)('takes nothing of a %s file with a bad line (%j)', async (format, text, reason) => {
    await expect(importExamples('w', { format, text })).rejects.toThrow(reason);
    expect((await listExamples('w')).edited).toBe(false);
  });
});

describe('exporting as CSV', () => {
  const row = (question: string, answer: string): ExampleRow => ({ id: 'x', question, answer, split: 'train', language: 'id', accept: [], required: [], factId: null });

  it('gives a spreadsheet no formula, and comes back as it was', () => {
    const hostile = ['=HYPERLINK("http://x","y")', '+1', '-1', '@SUM(A1)', "'=1", "''x", "'x", 'a,"b"\nc', '＝1'];
    const csv = exportExamples(hostile.map((text) => row(text, text)), 'csv');
    for (const line of csv.slice(1).split('\r\n')) expect(line.split(',')[1] ?? '').not.toMatch(/^"?[=+\-@＝]/);
    expect(readImport('csv', csv).map(({ draft }) => draft.question)).toEqual(hostile);
  });

  it('is read by spreadsheets as UTF-8', () => {
    expect([...Buffer.from(exportExamples([row('é', 'x')], 'csv')).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });
});

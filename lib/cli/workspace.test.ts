import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'workspace-command-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function run(...given: string[]): Promise<{ status: number; output: string; errors: string }> {
  const file = path.join(import.meta.dirname, 'workspace.ts');
  const env = { ...process.env, DATA_DIRECTORY: path.join(folder, 'data') };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', file, ...given], { env }, (error, output, errors) => resolve({ status: error ? Number(error.code) : 0, output, errors }));
  });
}

test('makes a workspace with the real model, exports it and imports it under another name', { timeout: 240_000 }, async () => {
  const documents = path.join(folder, 'documents');
  await mkdir(documents);
  await writeFile(path.join(documents, 'parkir.html'), '<h1>Parkir</h1><p>Ada 42 tempat parkir.');
  await writeFile(path.join(documents, 'rusak.pdf'), 'bukan pdf');
  await writeFile(path.join(folder, 'contoh.jsonl'), '{"question":"Ada berapa tempat parkir?","answer":"Ada 42."}\n');
  const made = await run('create', 'kantor', '--documents', documents, '--examples', path.join(folder, 'contoh.jsonl'), '--title', 'Kantor kami');
  expect(made).toMatchObject({ status: 0, output: expect.stringMatching(/^skipped rusak\.pdf: damaged.*\nkantor made: 1 document in 1 passage, 1 example, 0 questions, 1 file skipped/) });
  const file = path.join(folder, 'kantor.zip');
  expect(await run('export', 'kantor', file)).toMatchObject({ status: 0, output: expect.stringContaining(file) });
  expect(JSON.parse((await run('import', file, '--name', 'salinan', '--json')).output)).toMatchObject({ name: 'salinan', documents: 1, examples: 1 });
  expect((await readdir(path.join(folder, 'data', 'workspaces'))).sort()).toEqual(['kantor', 'salinan']);
});

test('exports into a folder that is not there yet, and says in a sentence when it cannot', { timeout: 120_000 }, async () => {
  const file = path.join(folder, 'baru', 'pajak.zip');
  expect(await run('export', 'pajak', file)).toMatchObject({ status: 0, errors: '' });
  expect(await readdir(path.dirname(file))).toEqual(['pajak.zip']);
  expect(await run('export', 'pajak', path.dirname(file))).toMatchObject({ status: 1, errors: expect.stringMatching(/^.*baru cannot be written: .*\n.*\n$/) });
  expect(await readdir(folder)).toEqual(['baru']);
});

test.each<[string[], number, string]>([
  [[], 2, 'Usage: npm run workspace -- COMMAND'],
  [['create', 'kantor'], 2, 'Give --documents FOLDER.'],
  [['create', 'kantor', '--documents', 'docs', '--title', ' '], 2, '--title is blank'],
  [['export', 'pajak'], 2, 'export takes NAME and FILE.zip.'],
  [['delete', 'pajak'], 1, 'comes with the project and cannot be deleted'],
])('%j ends with status %i and says so', { timeout: 120_000 }, async (given, expected, complaint) => {
  const { status, errors } = await run(...given);
  expect(errors).toContain(complaint);
  expect(status).toBe(expected);
});

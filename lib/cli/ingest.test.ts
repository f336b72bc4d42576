import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ingest-'));
  await mkdir(path.join(folder, 'documents'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function run(...given: string[]): Promise<{ status: number; output: string; errors: string }> {
  const file = path.join(import.meta.dirname, 'ingest.ts');
  const env = { ...process.env, DATA_DIRECTORY: path.join(folder, 'data') };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', file, ...given], { env }, (error, output, errors) => resolve({ status: error ? Number(error.code) : 0, output, errors }));
  });
}

test('indexes a folder with the real model, names what it skips, and follows changes', { timeout: 60_000 }, async () => {
  const documents = path.join(folder, 'documents');
  await writeFile(path.join(documents, 'a.md'), '# Meterai\n\nTarif Bea Meterai Rp10.000.');
  await writeFile(path.join(documents, 'b.txt'), 'Catatan lain.');
  await writeFile(path.join(documents, 'c.md'), Buffer.from([0xff, 0xfe]));
  const first = await run(documents, '--workspace', 'catatan');
  expect(first.status).toBe(0);
  expect(first.output).toContain('skipped c.md: not UTF-8 text');
  expect(first.output).toContain('catatan: 2 added, 0 changed, 0 unchanged, 0 removed, 1 skipped');
  await rm(path.join(documents, 'b.txt'));
  const second = await run(documents, '--workspace', 'catatan', '--json');
  expect(JSON.parse(second.output)).toMatchObject({ workspace: 'catatan', added: 0, unchanged: 1, removed: 1, embedded: 0 });
});

test.each([[['a', 'b']], [['--unknown', 'a']]])('%j shows the usage and ends with 2', { timeout: 30_000 }, async (given) => {
  const { status, errors } = await run(...given);
  expect(status).toBe(2);
  expect(errors).toContain('Usage: npm run ingest -- FOLDER');
});

test('a folder that is not there ends with 1 and says so', { timeout: 30_000 }, async () => {
  const { status, errors } = await run(path.join(folder, 'none'));
  expect(status).toBe(1);
  expect(errors).toContain('There is no folder or file');
});

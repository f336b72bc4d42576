import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { workspaceAdapter } from '../approaches/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'adapter-command-'));
  vi.stubEnv('DATA_DIRECTORY', folder);
  const own = path.join(folder, 'workspaces', 'kantor');
  await mkdir(own, { recursive: true });
  await writeFile(path.join(own, 'workspace.json'), '{"title":{"id":"Kantor","en":"Office"}}');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

function run(...given: string[]): Promise<{ status: number; output: string; errors: string }> {
  const file = path.join(import.meta.dirname, 'adapter.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', file, ...given], (error, output, errors) => resolve({ status: error ? Number(error.code) : 0, output, errors }));
  });
}

test('lets a workspace answer with an adapter, as the workspace without one says', { timeout: 120_000 }, async () => {
  const use = 'npm run adapter -- use kantor --workspace kantor';
  await expect(workspaceAdapter('kantor')).rejects.toMatchObject({ remedy: `npm run finetune -- --workspace kantor --name kantor && ${use}` });
  await cp(path.join(import.meta.dirname, '../../models/adapters/handbook'), path.join(folder, 'adapters', 'kantor'), { recursive: true });
  await expect(workspaceAdapter('kantor')).rejects.toMatchObject({ remedy: use });
  expect(await run('use', 'handbook', '--workspace', 'kantor')).toMatchObject({ status: 0, output: 'kantor answers with the adapter handbook.\n' });
  expect(JSON.parse(await readFile(path.join(folder, 'workspaces', 'kantor', 'settings.json'), 'utf8'))).toEqual({ adapter: 'handbook' });
  expect(await workspaceAdapter('kantor')).toBe('handbook');
});

test.each<[string[], number, string]>([
  [['use', 'handbook'], 2, 'Whose answers? Give --workspace NAME.'],
  [['use', 'nowhere', '--workspace', 'kantor'], 1, 'nowhere'],
  [['use', 'handbook', '--workspace', 'nowhere'], 1, 'No workspace "nowhere"'],
])('%j ends with status %i and says so', { timeout: 120_000 }, async (given, expected, complaint) => {
  const { status, errors } = await run(...given);
  expect(errors).toContain(complaint);
  expect(status).toBe(expected);
});

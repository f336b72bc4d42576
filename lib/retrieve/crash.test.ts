import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashedEmbedder } from './hashed-embedder.fixture.ts';
import { openDocumentIndex } from './index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'crash-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts a writer, kills it `afterMs` after its first finished change, and tells the last round it reported. */
async function killWriter(round: number, afterMs: number): Promise<number> {
  const writer = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'killed-writer.fixture.ts'), folder, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = -1;
  await new Promise<void>((resolve) => {
    writer.stdout.on('data', (data: Buffer) => {
      if (last < 0) setTimeout(() => writer.kill('SIGKILL'), afterMs);
      last = Number(data.toString().trim().split('\n').at(-1));
    });
    writer.on('exit', () => resolve());
  });
  return last;
}

test('an index whose writer is killed at any moment holds one whole state, the last one reported or the next', { timeout: 180_000 }, async () => {
  let round = 0;
  for (const afterMs of [5, 20, 40, 65]) {
    const reported = await killWriter(round, afterMs);
    expect(reported).toBeGreaterThanOrEqual(round);
    const index = openDocumentIndex({ folder, embedder: hashedEmbedder('hashed', 384) });
    const documents = await index.documents();
    expect(documents).toHaveLength(20);
    const rounds = await Promise.all(documents.map(async ({ id }) => Number(/Putaran (\d+)/.exec((await index.document(id))!.text)![1])));
    expect(new Set(rounds).size).toBe(1);
    expect([reported, reported + 1]).toContain(rounds[0]);
    round = rounds[0] + 1;
  }
  // The next writer clears away what the killed ones left, their lock included.
  const index = openDocumentIndex({ folder, embedder: hashedEmbedder('hashed', 384) });
  await index.put([{ id: 'baru', title: 'Baru', text: 'Masih dapat ditulis.' }]);
  expect(await readdir(folder)).toEqual(['index.pb']);
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleHeader, exampleRow, exampleRun } from './example-run.fixture.ts';
import { beginJournal, openJournal } from './journal.ts';
import { writeRun } from './run-file.ts';
import { journalFile, listRuns, openRun, ownFile } from './runs.ts';

describe('runs on disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'runs-'));
    vi.stubEnv('PROJECT_ROOT', folder);
    vi.stubEnv('DATA_DIRECTORY', path.join(folder, 'data'));
    await mkdir(path.join(folder, 'docs', 'results', 'reading'), { recursive: true });
    await writeRun(path.join(folder, 'docs', 'results', 'pajak.json'), exampleRun());
    await writeRun(ownFile('own-run'), { ...exampleRun(), header: { ...exampleHeader, id: 'own-run', startedAt: '2026-11-23T00:00:00.000Z' } });
    await beginJournal(journalFile('stopped-run'), { ...exampleHeader, id: 'stopped-run', planned: 9 });
    const journal = await openJournal(journalFile('stopped-run'));
    await journal.add({ type: 'row', row: exampleRow('a', { rag: true }) });
    await journal.close();
    await writeFile(ownFile('broken'), '{"rows": 1}');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('are listed, committed ones first, then the newest; what is no run is said to be none', async () => {
    expect((await listRuns()).map(({ id, origin, state, answered, planned }) => [id, origin, state, answered, planned])).toEqual([
      ['pajak', 'committed', 'finished', 4, 4],
      ['own-run', 'own', 'finished', 4, 4],
      ['stopped-run', 'own', 'stopped', 1, 9],
      ['broken', 'own', 'unreadable', 0, 0],
    ]);
  });

  it('are opened by name, finished or not', async () => {
    expect(await openRun('pajak')).toMatchObject({ answered: 4 });
    expect(await openRun('stopped-run')).toMatchObject({ finishedAt: null, answered: 1, scores: [{ arm: 'rag', group: 'all' }, {}, {}] });
  });

  it('show what was added since they were last opened', async () => {
    await openRun('stopped-run');
    const journal = await openJournal(journalFile('stopped-run'));
    await journal.add({ type: 'row', row: exampleRow('b', { rag: false }) });
    await journal.close();
    expect(await openRun('stopped-run')).toMatchObject({ answered: 2 });
    expect((await listRuns()).find(({ id }) => id === 'stopped-run')).toMatchObject({ answered: 2 });
  });

  it.each(['../pajak', 'reading/x', '', 'a'.repeat(200), 'nowhere'])('named %j are not there', async (id) => expect(openRun(id)).rejects.toMatchObject({ httpStatus: 404 }));
  it('that are broken say so', async () => expect(openRun('broken')).rejects.toThrow('is not the file of an evaluation'));
});

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LanguageContext } from '@/components/language.tsx';
import type { Language } from '@/lib/answer/events.ts';
import { exampleHeader, exampleRun } from '@/lib/evaluate/example-run.fixture.ts';
import { writeRun } from '@/lib/evaluate/run-file.ts';
import { ownFile } from '@/lib/evaluate/runs.ts';
import type { EvaluationRun } from '@/lib/messages/evaluation.ts';
import Page from './page.tsx';

// What only a server under way has.
vi.mock('next/navigation', () => ({ useRouter: () => ({ push: () => undefined }) }));
vi.mock('../chosen-workspace.ts', () => ({ chosenWorkspace: async () => 'pajak' }));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'report-page-'));
  vi.stubEnv('DATA_DIRECTORY', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** The report, down to its first section, of a run whose taught arm answered with these stacks of adapters. */
async function report(language: Language, stacks: readonly string[]): Promise<string> {
  const run = exampleRun();
  const provenance: EvaluationRun['provenance'] = { ...run.provenance, 'fine-tuned': { ...run.provenance['fine-tuned']!, stacks } };
  await writeRun(ownFile('gone-on'), { ...run, header: { ...exampleHeader, id: 'gone-on' }, provenance });
  return renderToStaticMarkup(<LanguageContext value={language}>{await Page({ searchParams: Promise.resolve({ run: 'gone-on' }) })}</LanguageContext>).split('<section')[0];
}

/** The workspace that the header names while the page shows a run about this one, or what it opens of itself. */
async function headerOf(about: string | null, search: Readonly<Record<string, string>> = { run: 'opened' }): Promise<string> {
  await writeRun(ownFile('opened'), exampleRun(undefined, { ...exampleHeader, id: 'opened', name: 'opened', subject: { ...exampleHeader.subject, workspace: about } }));
  return (await Page({ searchParams: Promise.resolve(search) })).props.workspace;
}

describe('the report of a run', () => {
  it('named in the address is about the workspace of the run, not the one chosen', async () => expect(await headerOf('handbook')).toBe('handbook'));

  it.each([['has none', null], ['has one that is not here', 'gone']])('stays with the workspace chosen where the run %s', async (_, about) => expect(await headerOf(about)).toBe('pajak'));

  it('stays with the workspace chosen where the address names no run and that workspace has none', async () => {
    vi.stubEnv('PROJECT_ROOT', folder);
    await mkdir(path.join(folder, 'workspaces', 'handbook'), { recursive: true });
    expect(await headerOf('handbook', {})).toBe('pajak');
    expect(await headerOf('handbook')).toBe('handbook');
  });

  it.each<[Language, string]>([
    ['id', 'Bobot atau indeks berganti selagi evaluasi berjalan: nilai Hafalan berasal dari campuran.'],
    ['en', 'The weights or the index changed while the evaluation was under way: the scores of Memorised are of no one thing.'],
  ])('says in %s which arm became another on the way', async (language, sentence) => {
    expect(await report(language, ['reader:r + pajak:p', 'reader:r + pajak-baru:q'])).toContain(sentence);
    expect(await report(language, ['reader:r + pajak:p'])).not.toContain(sentence);
  });
});

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reportFormat } from '@/components/evaluation/texts.ts';
import { LanguageContext } from '@/components/language.tsx';
import type { Language } from '@/lib/answer/events.ts';
import { exampleAnswer, exampleHeader, exampleRow, exampleRows, exampleRun } from '@/lib/evaluate/example-run.fixture.ts';
import { cell, pairTable } from '@/lib/evaluate/markdown.ts';
import { committedRuns } from '@/lib/evaluate/readme.ts';
import { writeRun } from '@/lib/evaluate/run-file.ts';
import { ownFile } from '@/lib/evaluate/runs.ts';
import type { EvaluationRun, RunSettings } from '@/lib/messages/evaluation.ts';
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

/** The page of a run, in English. */
async function shown(run: EvaluationRun): Promise<string> {
  await writeRun(ownFile('shown'), { ...run, header: { ...run.header, id: 'shown' } });
  return renderToStaticMarkup(<LanguageContext value="en">{await Page({ searchParams: Promise.resolve({ run: 'shown' }) })}</LanguageContext>);
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

  it('has the figures of the README, to the last digit', async () => {
    for (const { scores, pairs } of await committedRuns()) {
      const { share, points, p } = reportFormat('en');
      for (const estimate of scores.map(({ metrics }) => metrics.accuracy!).concat(scores.flatMap(({ metrics }) => [metrics['token-f1']!, metrics['refusal-precision']!, metrics['citation-precision']!]))) {
        if (estimate.value === null) continue;
        const { value, low, high } = estimate;
        expect(`${share(value)} (${share(low).replace(' %', '')} - ${share(high).replace(' %', '')})`).toBe(cell('accuracy', estimate));
      }
      for (const pair of pairs) {
        const figures = [pair.difference.value, pair.difference.low, pair.difference.high].map((value) => points(value).replace('−', '-'));
        const [line] = pairTable([pair]).split('\n').slice(-1);
        expect(line).toContain(`| ${figures[0]} | ${figures[1]} to ${figures[2]} |`);
        expect(line).toContain(`| ${[pair.p, pair.pClustered, pair.pHolm].map(p).join(' | ')} | ${share(pair.smallestDifference).replace(' %', '')} |`);
      }
    }
  });

  it('claims no clean bill where no training question was looked through', async () => {
    const rows = [exampleRow('a', { rag: true, 'fine-tuned': true })];
    expect(await shown(exampleRun(rows))).toContain('No test question stands in the training data too.');
    const unseen = await shown(exampleRun(rows, { ...exampleHeader, trainingHash: null }));
    expect(unseen).not.toContain('No test question stands in the training data too.');
    expect(unseen).toContain('was not looked at');
  });

  it('says how many answers failed, which count as wrong', async () => {
    const failed = exampleAnswer('', false, { problem: { code: 'missing-artifact', message: 'names no adapter' } });
    const failing = exampleRun([exampleRow('a', {}, { arms: { rag: exampleAnswer('x', true), 'fine-tuned': failed } })]);
    expect(await shown(failing)).toContain('Memorised: 1 of 1 answers failed and count as wrong.');
    expect(await shown(exampleRun())).not.toContain('failed and count');
  });

  it('says which part of all questions was asked', async () => {
    const run = exampleRun();
    const part = (settings: Partial<RunSettings>) => shown({ ...run, header: { ...run.header, questionsInAll: 530, settings: { ...run.header.settings, ...settings } } });
    expect(await part({ limit: 4 })).toContain('Only the first 4 of 530 questions: good for a look, not for a claim.');
    const both = await part({ limit: 100, sample: 4 });
    expect(both).toContain('Only the first 100 of 530 questions');
    expect(both).toContain('A stratified sample of 4 of 100 questions');
    expect(await part({})).not.toMatch(/Only the first|stratified sample/);
  });

  it('counts questions, and the answers to them where each was asked more than once', async () => {
    const seeded = await shown(exampleRun([0, 1, 2].flatMap((seed) => exampleRows().map((row) => ({ ...row, seed })))));
    expect(seeded).toContain('4 questions about 4 facts, 12 answers of each way');
    expect(seeded).toContain('4 questions, 12 answers<');
    const once = await shown(exampleRun());
    expect(once).toMatch(/4 questions about 4 facts</);
    expect(once).toContain('4 questions<');
  });

  it('says which questions were of another kind in the run compared with', async () => {
    const keep = (id: string, kind: string) => writeRun(ownFile(id), exampleRun([exampleRow('a', { rag: true, 'fine-tuned': true }, { kind })], { ...exampleHeader, id }));
    await keep('before', 'seen');
    await keep('after', 'held-out');
    const compared = async (against: string) => renderToStaticMarkup(<LanguageContext value="en">{await Page({ searchParams: Promise.resolve({ run: 'after', against }) })}</LanguageContext>);
    expect(await compared('before')).toContain('Compared under “All questions” only, because the two count them as different kinds: 1.');
    await keep('alike', 'held-out');
    expect(await compared('alike')).not.toContain('different kinds');
  });

  it('counts every answer that was timed, those after a change too', async () => {
    const timed = (answer: string) => exampleAnswer(answer, true, { timings: { timeToFirstTokenMs: 10, totalMs: 20, tokensPerSecond: null } });
    const rows = [exampleRow('a', {}, { arms: { rag: timed('x'), 'fine-tuned': timed('y') } }), exampleRow('b', { rag: true, 'fine-tuned': true }), exampleRow('c', {}, { kind: 'changed', updateMs: 5, arms: { rag: timed('x'), 'fine-tuned': timed('y') } })];
    expect(await shown(exampleRun(rows))).toContain('Times are of the answers asked for alone, 2 of each way.');
    expect(await shown(exampleRun())).not.toContain('asked for alone');
  });

  it.each<[Language, string]>([
    ['id', 'Bobot atau indeks berganti selagi evaluasi berjalan: nilai Hafalan berasal dari campuran.'],
    ['en', 'The weights or the index changed while the evaluation was under way: the scores of Memorised are of no one thing.'],
  ])('says in %s which arm became another on the way', async (language, sentence) => {
    expect(await report(language, ['reader:r + pajak:p', 'reader:r + pajak-baru:q'])).toContain(sentence);
    expect(await report(language, ['reader:r + pajak:p'])).not.toContain(sentence);
  });
});

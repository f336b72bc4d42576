import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compareRuns } from './compare-runs.ts';
import { runCsv } from './csv.ts';
import { exampleAnswer, exampleHeader, exampleRow, exampleRows, exampleRun } from './example-run.fixture.ts';
import { committedFigures, figuresFile } from './figures.ts';
import { draftSentences, leakSentence, runMarkdown } from './markdown.ts';
import type { EvaluationRun, RunSettings } from '../messages/evaluation.ts';
import { projectRoot } from '../system/paths.ts';
import { questionPage, type QuestionFilter } from './question-page.ts';
import { BEGIN, committedResults, committedRuns, END, withResults } from './readme.ts';
import { writeRun } from './run-file.ts';
import { committedFile } from './runs.ts';

const filter: QuestionFilter = { first: 'rag', second: 'fine-tuned', offset: 0, limit: 10 };
const run = exampleRun();
/** The run as one of a part of so many questions. */
const partOf = (questionsInAll: number, settings: Partial<RunSettings>): EvaluationRun => ({ ...run, header: { ...run.header, questionsInAll, settings: { ...run.header.settings, ...settings } } });
/** Every question asked with three seeds. */
const seeded = exampleRun([0, 1, 2].flatMap((seed) => exampleRows().map((row) => ({ ...row, seed }))));
const idsOf = (given: Partial<QuestionFilter>) => questionPage(run, { ...filter, ...given }).rows.map(({ id }) => id);

describe('the questions of a run', () => {
  it('come with disagreements first', () => {
    const page = questionPage(run, filter);
    expect(page.rows.map(({ id, standing }) => `${id} ${standing}`)).toEqual(['only-rag only-first', 'only-tuned only-second', 'both-wrong both-wrong', 'both-right both-right']);
    expect(page).toMatchObject({ total: 4, standings: { 'only-first': 1, 'only-second': 1, 'both-wrong': 1, 'both-right': 1 } });
  });
  it('are found by standing, kind, language and words of question or answer', () => {
    expect(idsOf({ standing: 'only-second' })).toEqual(['only-tuned']);
    expect(idsOf({ kind: 'seen' })).toEqual(['only-tuned', 'both-right']);
    expect(idsOf({ language: 'en' })).toEqual(['only-tuned']);
    expect(idsOf({ search: '  RAG ONLY-RAG' })).toEqual(['only-rag']);
    expect(idsOf({ search: 'nowhere' })).toEqual([]);
  });
  it('count standings before the one that is chosen', () => expect(questionPage(run, { ...filter, standing: 'both-wrong' })).toMatchObject({ total: 1, standings: { 'both-right': 1 } }));
  it('are leafed through', () => expect(questionPage(run, { ...filter, offset: 1, limit: 2 })).toMatchObject({ total: 4, rows: [{ id: 'only-tuned' }, { id: 'both-wrong' }] }));
  it('of an arm that was not asked are none', () => expect(questionPage(run, { ...filter, second: 'base' }).total).toBe(0));
});

describe('two runs', () => {
  it('are compared on the questions they share, the later less the earlier', () => {
    const before = exampleRun([exampleRow('a', { rag: false }), exampleRow('b', { rag: true }), exampleRow('gone', { rag: true })]);
    const after = exampleRun([exampleRow('a', { rag: true }), exampleRow('b', { rag: true }), exampleRow('new', { rag: false })]);
    const { shared, entries } = compareRuns(before, after);
    expect(shared).toBe(2);
    expect(entries[0]).toMatchObject({ arm: 'rag', group: 'all', n: 2, accuracy: [0.5, 1], difference: { value: 0.5 }, onlyFirst: 0, onlySecond: 1, p: 1 });
  });
  it('let a fact of many phrasings speak once, and correct what the facts say', () => {
    const asked = (isRight: (fact: number) => boolean) => exampleRun(Array.from({ length: 100 }, (_, at) => exampleRow(`q${at}`, { rag: isRight(Math.floor(at / 10)) }, { cluster: `fact ${Math.floor(at / 10)}` })));
    const [all] = compareRuns(asked(() => false), asked((fact) => fact < 2)).entries;
    expect(all).toMatchObject({ n: 100, onlyFirst: 0, onlySecond: 20 });
    expect(all.p).toBeLessThan(0.00001);
    // Two facts that gain: in half of all draws both fall on one side.
    expect(all.pClustered).toBeCloseTo(0.5, 1);
    // Two tests: all questions, and the only kind.
    expect(all.pHolm).toBeCloseTo(2 * all.pClustered, 3);
  });
  it('do not share a question whose accepted answers have changed', () => {
    const other = exampleRun([exampleRow('a', { rag: true }, { answers: ['Something else'] })]);
    expect(compareRuns(exampleRun([exampleRow('a', { rag: true })]), other)).toEqual({ shared: 0, otherMarking: 1, otherKind: 0, otherCode: false, entries: [] });
  });
  it('do not take another marking rule for a gain', () => {
    const before = exampleRun([exampleRow('a', { rag: false }, { marking: 'strict' }), exampleRow('b', { rag: true }, { marking: 'same' })]);
    const after = exampleRun([exampleRow('a', { rag: true }, { marking: 'lenient' }), exampleRow('b', { rag: true }, { marking: 'same' })]);
    expect(compareRuns(before, after)).toMatchObject({ shared: 1, otherMarking: 1, entries: [{ group: 'all', n: 1, difference: { value: 0 } }, { n: 1 }] });
  });
  it('are compared though one is older than the mark of the rule', () => {
    const older = exampleRun([exampleRow('a', { rag: false })]);
    expect(compareRuns(older, exampleRun([exampleRow('a', { rag: true }, { marking: 'any' })]))).toMatchObject({ shared: 1, otherMarking: 0 });
  });
  it('keep questions apart that only read alike, and those about other documents', () => {
    const rows = (...right: readonly boolean[]) => right.map((is, at) => exampleRow(`q${at}`, { rag: is }, { question: 'When?', answers: ['Now'] }));
    const [all] = compareRuns(exampleRun(rows(false, true)), exampleRun(rows(true, true))).entries;
    expect(all).toMatchObject({ n: 2, onlyFirst: 0, onlySecond: 1 });
    const [one] = rows(true);
    expect(compareRuns(exampleRun([one]), exampleRun([{ ...one, documents: ['another'] }]))).toMatchObject({ shared: 0, otherMarking: 0 });
  });
  it('compare under a kind only what was of that kind in both', () => {
    const trained = exampleRow('a', { rag: true }, { kind: 'seen', meantAs: 'held-out', leak: { level: 'exact', trained: 'Question a?' } });
    const [before, after] = [exampleRun([trained, exampleRow('b', { rag: true })]), exampleRun([exampleRow('a', { rag: false }), exampleRow('b', { rag: true })])];
    for (const compared of [compareRuns(before, after), compareRuns(after, before)]) {
      expect(compared).toMatchObject({ shared: 2, otherKind: 1 });
      expect(compared.entries.map(({ group, n }) => [group, n])).toEqual([['all', 2], ['held-out', 1]]);
    }
    expect(compareRuns(before, before)).toMatchObject({ otherKind: 0, entries: [{ group: 'all' }, { group: 'seen', n: 1 }, { group: 'held-out', n: 1 }] });
  });
  it('say when other code ran', () => {
    const other = exampleRun(exampleRows(), { ...exampleHeader, code: { commit: null, hash: 'e'.repeat(64) } });
    expect(compareRuns(exampleRun(), other).otherCode).toBe(true);
    expect(compareRuns(exampleRun(), exampleRun()).otherCode).toBe(false);
  });
});

describe('a run as a file for others', () => {
  it('is a line for each answer, quoted as RFC 4180 has it', () => {
    const csv = runCsv({ rows: [exampleRow('a', {}, { question: 'Says "who", and\nwhy?', arms: { rag: exampleAnswer('x', true, { reads: true }) } })] });
    const [head, ...lines] = csv.split('\r\n');
    expect(head).toMatch(/^id,kind,meant as,/);
    expect(lines.join('\r\n')).toContain('"Says ""who"", and\nwhy?"');
    expect(csv.endsWith('\r\n')).toBe(true);
  });
  it('gives a spreadsheet no formula to run', () => {
    const csv = runCsv({ rows: [exampleRow('a', {}, { question: '=HYPERLINK("http://x")', answers: ['＝1'], arms: { rag: exampleAnswer('+1', true) } })] });
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(csv).toMatch(/,"?'\+1"?,/);
    expect(csv).toMatch(/,"?'＝1"?,/);
  });
  it('is Markdown whose cells stay cells', () => {
    const markdown = runMarkdown(exampleRun([exampleRow('a', { rag: true }, { kind: 'a|b\n| c |' })]));
    expect(markdown).toContain('| a\\|b \\| c \\| |');
    expect(markdown).toContain('npm run eval -- --workspace pajak');
  });
  it.each<[string, EvaluationRun, readonly string[]]>([
    ['of a limit', partOf(530, { limit: 4 }), ['Only the first 4 of 530 questions.']],
    ['of a sample', partOf(530, { sample: 4 }), ['A stratified sample of 4 of 530 questions.']],
    ['of both', partOf(530, { limit: 100, sample: 4 }), ['Only the first 100 of 530 questions.', 'A stratified sample of 4 of 100 questions.']],
    ['of neither', run, []],
    ['of a limit and a sample that leave nothing out', partOf(4, { limit: 9, sample: 9 }), []],
  ])('says which part of the questions was asked: %s', (_, part, sentences) => {
    expect(runMarkdown(part).split('\n').filter((line) => /^(?:Only the first|A stratified)/.test(line))).toEqual(sentences);
  });
  it('counts questions, and the answers to them where each was asked more than once', () => {
    const failed = exampleAnswer('', false, { problem: { code: 'missing-artifact', message: 'names no adapter' } });
    const failing = exampleRun([0, 1].map((seed) => exampleRow('a', {}, { seed, arms: { rag: exampleAnswer('x', true), 'fine-tuned': failed } })));
    expect(runMarkdown(seeded)).toContain('| all questions | 4 (12 answers) |');
    expect(runMarkdown(failing)).toContain('| failed, counted as wrong | 0 of 2 | 2 of 2 |');
    expect(runMarkdown(run)).toContain('| all questions | 4 |');
  });
  it('says which arms became others on the way, as the report page does', () => {
    const stacks = (...of: string[]) => ({ model: ['m'], adapters: of, stacks: of, index: [] });
    const [one, changed] = [stacks('reader:r'), stacks('reader:r', 'reader:s')];
    const sentence = (provenance: EvaluationRun['provenance']) => /^The weights or the index changed while .*$/m.exec(runMarkdown({ ...run, provenance }))?.[0];
    expect(sentence({ 'fine-tuned': changed, rag: changed })).toBe('The weights or the index changed while the evaluation was under way: the scores of RAG, fine-tuned are of no one thing.');
    expect(sentence({ 'fine-tuned': changed, rag: one })).toContain('the scores of fine-tuned are');
    expect(sentence({ 'fine-tuned': one, rag: one })).toBeUndefined();
  });
  it('claims no clean bill where no training question was looked through', () => {
    const unseen = exampleRun([exampleRow('a', { rag: true })], { ...exampleHeader, trainingHash: null });
    expect(leakSentence(unseen)).toContain('was not looked at');
    expect(leakSentence({ ...unseen, header: exampleHeader })).toBe('No question meant to be new stands in the training data.');
  });
  it('says how many answers failed, and nothing of it where none did', () => {
    const failed = exampleAnswer('', false, { problem: { code: 'missing-artifact', message: 'names no adapter' } });
    const failing = exampleRun([exampleRow('a', {}, { arms: { rag: exampleAnswer('x', true), 'fine-tuned': failed } })]);
    expect(runMarkdown(failing)).toContain('| failed, counted as wrong | 0 of 1 | 1 of 1 |');
    expect(runMarkdown(run)).not.toContain('failed');
  });
  it('says what choosing between two answers comes to, beside what either alone would have had', () => {
    const drafts = (id: string, ...[kept, other]: [string, boolean][]) => {
      const [first, second] = [kept, other].map(([text, right]) => ({ text, right, leastLikely: 0.5, taught: text.startsWith('taught') }));
      return exampleRow(id, {}, { arms: { rag: exampleAnswer('x', true), 'rag-fine-tuned': exampleAnswer(kept[0], kept[1], { drafts: [first, { ...second, taught: !first.taught }] }) } });
    };
    const rows = [drafts('a', ['taught a', true], ['b', false]), drafts('b', ['taught a', false], ['b', true]), drafts('c', ['a', true], ['taught b', true]), drafts('d', ['a', true], ['a', true])];
    expect(draftSentences({ rows })).toEqual([
      'RAG + fine-tuned answers twice, from the passages and from memory, and keeps one answer: memory\'s where it is surer and a sentence of the passages supports its figures. Both said the same to 1 of 4 questions. Of the others it kept the answer from memory for 2 (1 right) and the one from the passages for 1 (1 right). ' +
      'In all 3 of 4 are right; always from memory 3 would have been, always from the passages 3.',
    ]);
    expect(runMarkdown({ ...run, rows })).toContain('keeps one answer');
    expect(draftSentences(run)).toEqual([]);
  });
  it('says which questions were trained after all', () => expect(leakSentence(run)).toContain('1 of 2 meant as held-out phrasing (0 word for word, 0 after normalisation, 1 nearly)'));
});

describe('the README', () => {
  it('has the results between its marks, and nothing else changed', () => {
    const readme = `# Title\n\n${BEGIN}\nold\n${END}\n\nThe end.\n`;
    const updated = withResults(readme, 'new');
    expect(updated).toBe(`# Title\n\n${BEGIN}\n\nnew\n\n${END}\n\nThe end.\n`);
    expect(withResults(updated, 'new')).toBe(updated);
  });
  it('says what the committed runs say: npm run eval -- --readme', async () => {
    const readme = await readFile(path.join(projectRoot(), 'README.md'), 'utf8');
    expect(readme).toBe(withResults(readme, await committedResults()));
  });
  describe('of runs that are committed', () => {
    let folder: string;
    afterEach(async () => {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    });
    const firstLine = async (committed: EvaluationRun): Promise<string> => {
      folder = await mkdtemp(path.join(os.tmpdir(), 'readme-'));
      vi.stubEnv('PROJECT_ROOT', folder);
      await writeRun(committedFile('example'), committed);
      return (await committedResults()).split('\n')[0];
    };
    it.each<[string, EvaluationRun, string]>([
      ['only the first questions', partOf(530, { limit: 4 }), '4 questions about 4 facts, .* Only the first 4 of 530 questions\\. Accuracy, with 95 % intervals:$'],
      ['a sample', partOf(530, { sample: 4 }), '4 questions about 4 facts, .* A stratified sample of 4 of 530 questions\\. Accuracy, with 95 % intervals:$'],
      ['each question several times', seeded, '4 questions \\(12 answers of each arm\\) about 4 facts, '],
      ['all questions once', run, '4 questions about 4 facts, .*example\\.json\\)\\. Accuracy'],
    ])('names one that asked %s', async (_, committed, expected) => expect(await firstLine(committed)).toMatch(new RegExp(expected)));
  });
  it('without marks is told where to put them', () => expect(() => withResults('# Title', 'new')).toThrow('no place for the results'));
});

describe("the page's figures", () => {
  it('of every committed run are those of the run', async () => {
    for (const run of await committedRuns()) {
      const kept: { id: string; approach: string; value: number }[] = JSON.parse(await readFile(figuresFile(run.header.subject.workspace!), 'utf8'));
      const training = kept.find(({ id, approach }) => id === 'update-seconds' && approach === 'fine-tuned')?.value ?? null;
      expect(kept).toEqual(committedFigures(run, training));
    }
  });

  it('are taken from the run, with n, command and date', () => {
    const changed = exampleRow('changed', {}, { kind: 'changed', updateMs: 50, arms: { rag: exampleAnswer('x', true, { reads: true, timings: { timeToFirstTokenMs: 100, totalMs: 450, tokensPerSecond: null } }), 'fine-tuned': exampleAnswer('y', false, { outdated: true, timings: { timeToFirstTokenMs: 20, totalMs: 80, tokensPerSecond: null } }) } });
    const figures = committedFigures(exampleRun([...exampleRows(), changed]), 700);
    const of = (id: string, approach: string) => figures.find((figure) => figure.id === id && figure.approach === approach);
    expect(of('held-out-score', 'rag')).toEqual({ id: 'held-out-score', approach: 'rag', value: 1, n: 1, command: exampleHeader.command, measuredAt: '2026-11-22' });
    expect(of('changed-score', 'rag')).toMatchObject({ value: 1, n: 1 });
    // Looking up costs the update and one answer; teaching costs a training.
    expect(of('update-seconds', 'rag')).toMatchObject({ value: 0.5, n: 1 });
    expect(of('update-seconds', 'fine-tuned')).toMatchObject({ value: 700 });
    expect(of('recall-at-5', 'fine-tuned')).toBeUndefined();
    // What another adapter would have changed names the one that was measured.
    expect(of('held-out-score', 'fine-tuned')).toMatchObject({ adapter: 'p' });
    expect(of('update-seconds', 'fine-tuned')).toMatchObject({ adapter: 'p' });
  });
});

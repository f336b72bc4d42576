import { expect, it } from 'vitest';
import { exampleAnswer, exampleHeader, exampleRow, exampleRows, exampleRun } from '../evaluate/example-run.fixture.ts';
import { runReport } from './score-table.ts';

it('claims no clean bill where no training question was looked through', () => {
  const report = (trainingHash: string | null) => runReport(exampleRun([exampleRow('a', { rag: true })], { ...exampleHeader, trainingHash }));
  expect(report(null)).toContain('was not looked at');
  expect(report(null)).not.toContain('No question meant to be new');
  expect(report('t')).toContain('No question meant to be new stands in the training data.');
});

it('says that only the first questions were asked', () => {
  const run = exampleRun();
  const limited = (limit: number | null) => runReport({ ...run, header: { ...run.header, questionsInAll: 530, settings: { ...run.header.settings, limit } } });
  expect(limited(4)).toContain('Only the first 4 of 530 questions: good for a look, not for a claim.');
  expect(limited(null)).not.toContain('Only the first');
});

it('counts questions, and the answers to them where each was asked more than once', () => {
  expect(runReport(exampleRun())).toContain('all (n 4)');
  expect(runReport(exampleRun([0, 1].flatMap((seed) => exampleRows().map((row) => ({ ...row, seed })))))).toContain('all (n 4, 8 answers)');
});

it('counts the answers that were timed, whatever the settings asked for', () => {
  const timed = exampleAnswer('x', true, { timings: { timeToFirstTokenMs: 10, totalMs: 20, tokensPerSecond: null } });
  const rows = [exampleRow('a', {}, { arms: { rag: timed } }), exampleRow('b', { rag: true }), exampleRow('c', {}, { kind: 'changed', updateMs: 5, arms: { rag: timed } })];
  expect(runReport(exampleRun(rows))).toContain('Times are of the answers asked for alone, 2 of each arm; the rest were asked 4 at once.');
  expect(runReport(exampleRun())).not.toContain('Times are of');
});

import { expect, it } from 'vitest';
import { exampleHeader, exampleRow, exampleRun } from '../evaluate/example-run.fixture.ts';
import { runReport } from './score-table.ts';

it('claims no clean bill where no training question was looked through', () => {
  const report = (trainingHash: string | null) => runReport(exampleRun([exampleRow('a', { rag: true })], { ...exampleHeader, trainingHash }));
  expect(report(null)).toContain('was not looked at');
  expect(report(null)).not.toContain('No question meant to be new');
  expect(report('t')).toContain('No question meant to be new stands in the training data.');
});

import { expect, it } from 'vitest';
import { english } from './en.ts';
import { english as evaluationEnglish } from './evaluation-en.ts';
import { trainingEnglish } from './training-en.ts';
import { workspacesEnglish } from './workspaces-en.ts';

it('counts one thing as one in English', () => {
  expect([english.question.left(1), english.question.over(1), english.question.over(2)]).toEqual(['1 character left', '1 character too many', '2 characters too many']);
  expect(english.empty.index('1', '12')).toBe('1 document, 12 passages in the index');
  expect(english.empty.adapter('1,200', 1)).toBe('1,200 examples, 1 epoch of training');
  expect(english.table.adapterSize(16, 1)).toBe('LoRA rank 16, 1 layer');
  expect(workspacesEnglish.work.made('Office', '1', '1')).toBe('“Office” is ready: 1 document in 1 passage.');
  expect(workspacesEnglish.work.added('2', '1')).toBe('Added: 2 documents in 1 passage.');
  expect(workspacesEnglish.counts.chunks('1')).toBe('1 passage');
  expect(workspacesEnglish.counts.documents('1,200')).toBe('1,200 documents');
  expect(trainingEnglish.start.teach('1')).toBe('Teach 1 example of');
  expect(trainingEnglish.adapters.trainedOn('1', '1 May 2026')).toBe('1 example, 1 May 2026');
  expect(trainingEnglish.run.result('1', '100%', null)).toBe('Of 1 test question it had never seen, it answered 100% word for word.');
  expect(english.adapter.trainedOn('1')).toBe('1 question with its answer');
  expect(evaluationEnglish.accuracy.count('1', '1')).toBe('1 question, 1 answer');
  expect(evaluationEnglish.about.questions('1', '1', null)).toBe('1 question about 1 fact');
  expect(evaluationEnglish.pairs.tests('1')).toContain('counts 1 test.');
});

import { expect, it } from 'vitest';
import { titleOf } from './shell.ts';

it('names the page in the title, in either language', () => {
  expect(titleOf('/training', 'id')).toBe('Ajari · Dua Jawaban');
  expect(titleOf('/training', 'en')).toBe('Teach · Dua Jawaban');
  expect(titleOf('/workspaces', 'en')).toBe('Workspaces · Dua Jawaban');
  expect([titleOf('/', 'en'), titleOf('/nowhere', 'en')]).toEqual(['Dua Jawaban', 'Dua Jawaban']);
});

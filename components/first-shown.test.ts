import { expect, it } from 'vitest';
import { isFirstShown } from './first-shown.ts';

it('is what the server has just drawn; drawn once more out of the browser’s history, it is old', () => {
  expect(['a', 'b', 'a', 'b', 'c'].map(isFirstShown)).toEqual([true, true, false, false, true]);
});

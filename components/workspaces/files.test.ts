import { expect, it } from 'vitest';
import { WORKSPACE_LIMITS } from '@/lib/messages/workspaces.ts';
import { isTooLarge } from './files.ts';

const half = { size: WORKSPACE_LIMITS.uploadBytes / 2 };

it('knows files that are together more than one upload takes', () => {
  expect(isTooLarge([])).toBe(false);
  expect(isTooLarge([half, null, half])).toBe(false);
  expect(isTooLarge([half, half, { size: 1 }])).toBe(true);
});

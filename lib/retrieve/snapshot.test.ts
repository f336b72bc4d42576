import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readSnapshot } from './snapshot.ts';

it('names the folder that holds no index, for a page in another language too', async () => {
  const folder = path.join(os.tmpdir(), 'no-index-is-here');
  await expect(readSnapshot({ folder })).rejects.toMatchObject({ code: 'missing-artifact', detail: { id: 'index-missing', facts: { folder } } });
});

import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import type { WorkspaceView } from '@/lib/messages/workspaces.ts';
import { openPage } from '../live-page.fixture.tsx';
import { WorkspaceRow } from './workspace-row.tsx';

const VIEW: WorkspaceView = { name: 'pajak', title: { id: 'Pajak', en: 'Tax' }, notice: null, shipped: true, edited: true, documents: 1, chunks: 1, examples: 1, questions: 1, adapter: 'pajak', problem: null };

it('the keyboard is at the row’s first button once a workspace is as it came, since the one that was pressed is gone', async () => {
  function Row() {
    const [edited, setEdited] = useState(true);
    return <WorkspaceRow workspace={{ ...VIEW, edited }} inUse onUse={() => undefined} button={() => undefined} onChanged={() => setTimeout(() => setEdited(false))} onRemoved={() => undefined} />;
  }
  const page = await openPage();
  vi.stubGlobal('fetch', async () => Response.json(VIEW));
  await page.show(<Row />);
  await page.press('Kembalikan');
  await page.press('Ya, kembalikan');
  expect(page.find('button', 'Kembalikan')).toEqual([]);
  expect(page.focused()).toBe('Dokumen');
});

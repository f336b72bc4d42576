import { expect, it, vi } from 'vitest';
import { openPage } from '../live-page.fixture.tsx';
import { DocumentList } from './document-list.tsx';

it('the keyboard is at the document that follows one taken out, and on the list when none is left', async () => {
  let ids = ['a', 'b'];
  const page = await openPage();
  vi.stubGlobal('fetch', async (address: string, { method = 'GET' }: RequestInit = {}) => {
    if (method === 'DELETE') ids = ids.filter((id) => !address.includes(`/${id}?`));
    return Response.json({ documents: ids.map((id) => ({ id, title: `Dokumen ${id}`, chunks: 1 })) });
  });
  await page.show(<DocumentList workspace="w" version={1} onChanged={() => undefined} />);
  const takeOut = async () => {
    await page.press('Keluarkan');
    await page.press('Ya, keluarkan');
  };
  expect(page.find('button', 'Keluarkan')).toHaveLength(2);
  await takeOut();
  expect(page.document.activeElement).toBe(page.find('button', 'Keluarkan')[0]);
  await takeOut();
  expect(page.document.activeElement?.tagName).toBe('UL');
});

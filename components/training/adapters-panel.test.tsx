import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import type { AdapterView } from '@/lib/messages/adapters.ts';
import { openPage } from '../live-page.fixture.tsx';
import { AdaptersPanel } from './adapters-panel.tsx';

const CARD = { examples: null, settings: {}, losses: [], heldOut: { n: 0, loss: null, exactMatch: null, equivalent: null }, adapterHash: 'a', baseHash: 'b', dataHash: null, createdAt: '2026-11-28T00:00:00Z' };
const adapter = (name: string): AdapterView => ({ name, origin: 'own', card: CARD, bytes: 1, usedBy: [], problem: null }) as unknown as AdapterView;

it('the keyboard is at the renamed adapter’s button, though its row is drawn anew at another place', async () => {
  let names = ['b', 'c'];
  function Panel() {
    const [adapters, setAdapters] = useState(names.map(adapter));
    return <AdaptersPanel adapters={adapters} problem={null} workspace="w" onChanged={() => setTimeout(() => setAdapters(names.map(adapter)))} />;
  }
  const page = await openPage();
  vi.stubGlobal('fetch', async () => {
    names = ['a', 'b'];
    return Response.json(adapter('a'));
  });
  await page.show(<Panel />);
  await page.press('Ganti nama');
  await page.write('Nama baru', 'a');
  await page.press('Simpan');
  expect(Array.from(page.document.querySelectorAll('h3')).map(({ textContent }) => textContent)).toEqual(['a', 'b']);
  expect(page.document.activeElement).toBe(page.find('button', 'Ganti nama')[0]);
});

it('the keyboard is at the next adapter once one is deleted, and at the heading when none is left', async () => {
  let names = ['b', 'c'];
  function Panel() {
    const [adapters, setAdapters] = useState(names.map(adapter));
    return <AdaptersPanel adapters={adapters} problem={null} workspace="w" onChanged={() => setTimeout(() => setAdapters(names.map(adapter)))} />;
  }
  const page = await openPage();
  vi.stubGlobal('fetch', async (address: string) => {
    names = names.filter((name) => !address.endsWith(`/${name}`));
    return Response.json({ removed: address });
  });
  await page.show(<Panel />);
  for (const focused of ['Kartu', 'Hasil belajar']) {
    await page.press('Hapus');
    await page.press('Ya, hapus');
    expect(page.focused()).toBe(focused);
  }
});

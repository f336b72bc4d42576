import { useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExampleDraft, ExampleList, ExampleRow } from '@/lib/messages/examples.ts';
import { openPage, type LivePage } from '../live-page.fixture.tsx';
import { ExamplesPanel } from './examples-panel.tsx';
import { PAGE_ROWS } from './rows.ts';

let rows: ExampleRow[];
const example = (question: string): ExampleRow => ({ id: question, factId: null, question, answer: 'Ya.', split: 'train', language: 'id', accept: [], required: [] });
beforeEach(() => {
  rows = ['Satu?', 'Dua?', 'Tiga?'].map(example);
});

function listed(address: URL): ExampleList {
  const { split, search = '', offset } = Object.fromEntries(address.searchParams);
  const matching = rows.filter((row) => row.split === split && row.question.includes(search));
  return { workspace: 'w', edited: true, counts: { train: rows.length, heldOut: 0 }, matching: matching.length, offset: Number(offset), examples: matching.slice(Number(offset), Number(offset) + PAGE_ROWS) };
}
/** As app/api/examples answers: what is added comes last. */
async function answer(asked: string, { method = 'GET', body }: RequestInit = {}): Promise<Response> {
  const address = new URL(asked, 'http://localhost');
  if (method === 'GET') return Response.json(listed(address));
  const id = decodeURIComponent(address.pathname.split('/').at(-1)!);
  const removed = rows.find((row) => row.id === id);
  if (method === 'DELETE') {
    rows = rows.filter((row) => row.id !== id);
    return Response.json({ removed });
  }
  const draft = JSON.parse(String(body)) as ExampleDraft;
  const changed = { ...(removed ?? example(draft.question)), ...draft } as ExampleRow;
  rows = removed ? rows.map((row) => (row.id === id ? changed : row)) : [...rows, changed];
  return Response.json(changed);
}

const served = () => {
  const of = (split: string) => listed(new URL(`http://localhost/?split=${split}&offset=0`));
  return { train: of('train'), heldOut: of('held-out') };
};
function Panel({ first }: { first: ReturnType<typeof served> }) {
  const [version, setVersion] = useState(0);
  return <ExamplesPanel workspace="w" served={first} counts={null} edited={false} version={version} onChanged={() => setVersion((before) => before + 1)} />;
}
async function open() {
  const page = await openPage();
  vi.stubGlobal('fetch', answer);
  await page.show(<Panel first={served()} />);
  return page;
}

const refusal = () => Response.json({ error: { code: 'internal', message: 'Disk.' } }, { status: 500 });
/** Requests of this kind end when they are told to: as they would have, or with this response. */
function slowly(page: LivePage, method: string): (response?: Response) => Promise<void> {
  let end: (response?: Response) => void;
  const ended = new Promise<Response | undefined>((resolve) => (end = resolve));
  vi.stubGlobal('fetch', async (asked: string, given: RequestInit = {}) => (given.method === method ? ((await ended) ?? answer(asked, given)) : answer(asked, given)));
  return (response) => {
    end(response);
    return page.pass(0);
  };
}

const SEARCH = 'Cari di pertanyaan dan jawaban';
const answers = (page: LivePage) => page.find('field', 'Jawaban').map((field) => (field as HTMLTextAreaElement).value);

describe('the keyboard', () => {
  it('is at the next example once one is deleted, at the last one where none follows, and where one is added when none is left', async () => {
    const page = await open();
    await page.press('Hapus: Satu?');
    expect(page.focused()).toBe('Ubah: Dua?');
    await page.press('Hapus: Tiga?');
    expect(page.focused()).toBe('Ubah: Dua?');
    await page.press('Hapus: Dua?');
    expect(page.focused()).toBe('Tambah');
  });

  it('is at the example that moves up from the next page', async () => {
    rows = Array.from({ length: PAGE_ROWS + 1 }, (_unused, index) => example(`Soal ${index + 1}?`));
    const page = await open();
    await page.press(`Hapus: Soal ${PAGE_ROWS}?`);
    expect(page.focused()).toBe(`Ubah: Soal ${PAGE_ROWS + 1}?`);
  });

  it('is on the page before when the last one has none left', async () => {
    rows = Array.from({ length: PAGE_ROWS + 1 }, (_unused, index) => example(`Soal ${index + 1}?`));
    const page = await open();
    await page.press('Berikutnya');
    await page.press(`Hapus: Soal ${PAGE_ROWS + 1}?`);
    expect(page.focused()).toBe(`Ubah: Soal ${PAGE_ROWS}?`);
  });

  it('stays where a deleted example was brought back, and hears that it was', async () => {
    const page = await open();
    await page.press('Hapus: Satu?');
    await page.press('Urungkan');
    expect(rows.map(({ question }) => question)).toEqual(['Dua?', 'Tiga?', 'Satu?']);
    expect(page.focused()).toBe('Dikembalikan: Satu?');
  });

  it('is beside the button to try again where it cannot be brought back', async () => {
    const page = await open();
    await page.press('Hapus: Satu?');
    vi.stubGlobal('fetch', async () => refusal());
    await page.press('Urungkan');
    expect(page.focused()).toContain('Terhapus: Satu?');
    expect(page.find('button', 'Urungkan')).toHaveLength(1);
  });

  it('is at what is said once all changes are dropped, and at the button where they cannot be', async () => {
    const page = await openPage();
    let refused = true;
    vi.stubGlobal('fetch', async (asked: string, given: RequestInit = {}) => (given.method !== 'DELETE' ? answer(asked, given) : refused ? refusal() : Response.json({})));
    function Edited() {
      const [edited, setEdited] = useState(true);
      return <ExamplesPanel workspace="w" served={served()} counts={null} edited={edited} version={0} onChanged={() => setTimeout(() => setEdited(false))} />;
    }
    await page.show(<Edited />);
    const drop = async () => {
      await page.press('Kembali ke contoh asli');
      await page.press('Ya, buang');
    };
    await drop();
    expect(page.focused()).toBe('Kembali ke contoh asli');
    refused = false;
    await drop();
    expect(page.focused()).toBe('Contoh asli sudah kembali.');
  });

  it('is at the next example when a change takes one to the other kind', async () => {
    const page = await open();
    await page.press('Ubah: Satu?');
    expect(page.focused()).toBe('Pertanyaan');
    rows = rows.map((row) => (row.question === 'Satu?' ? { ...row, split: 'held-out' } : row));
    vi.stubGlobal('fetch', async (asked: string, given: RequestInit = {}) => (given.method === 'PATCH' ? Response.json(rows[0]) : answer(asked, given)));
    await page.press('Simpan');
    expect(page.focused()).toBe('Ubah: Dua?');
  });
});

describe('the keyboard, when the rows change later', () => {
  /** Without a keyboard's focus: a button that cannot be used any more does not keep it. */
  const leafToTheEnd = async (page: LivePage) => {
    await page.press('Berikutnya');
    expect(page.find('button', `Ubah: Soal ${PAGE_ROWS + 1}?`)).toHaveLength(1);
    expect(page.focused()).toBeNull();
  };
  beforeEach(() => {
    rows = Array.from({ length: PAGE_ROWS + 1 }, (_unused, index) => example(`Soal ${index + 1}?`));
  });

  it('is not called back by an example that was saved and stayed', async () => {
    const page = await open();
    await page.press('Ubah: Soal 1?');
    await page.press('Simpan');
    expect(page.focused()).toBe('Ubah: Soal 1?');
    await leafToTheEnd(page);
  });

  it('is not called back by an example that could not be deleted', async () => {
    const page = await open();
    vi.stubGlobal('fetch', async (asked: string, given: RequestInit = {}) => (given.method === 'DELETE' ? refusal() : answer(asked, given)));
    await page.press('Hapus: Soal 1?');
    await leafToTheEnd(page);
  });
});

describe('a save that takes its time', () => {
  it('leaves its refusal and the words where they are, though they were folded away meanwhile', async () => {
    const page = await open();
    const end = slowly(page, 'POST');
    await page.press('Tambah');
    await page.write('Pertanyaan', 'Empat?');
    await page.write('Jawaban', 'Ya.');
    await page.press('Simpan');
    await page.press('Tambah');
    await end(refusal());
    expect(page.document.body.textContent).not.toContain('Disk.');
    await page.press('Tambah');
    expect(page.document.body.textContent).toContain('Disk.');
    expect(answers(page)).toEqual(['Ya.']);
    expect(page.find('button', 'Simpan')).toHaveLength(1);
  });

  it('is still under way for who leafs back to it: no words are written that its end would drop', async () => {
    rows = Array.from({ length: PAGE_ROWS + 1 }, (_unused, index) => example(`Soal ${index + 1}?`));
    const page = await open();
    const end = slowly(page, 'PATCH');
    await page.press('Ubah: Soal 1?');
    await page.write('Jawaban', 'Tidak lagi.');
    await page.press('Simpan');
    await page.press('Berikutnya');
    await page.press('Sebelumnya');
    expect(answers(page)).toEqual(['Tidak lagi.']);
    expect((page.find('field', 'Jawaban')[0] as HTMLTextAreaElement).readOnly).toBe(true);
    expect(page.find('button', 'Menyimpan…')).toHaveLength(1);
    await end();
    expect(answers(page)).toEqual([]);
    expect(rows[0].answer).toBe('Tidak lagi.');
  });
});

it('a deletion can be undone though another one was being undone meanwhile', async () => {
  const page = await open();
  await page.press('Hapus: Satu?');
  const end = slowly(page, 'POST');
  await page.press('Urungkan');
  await page.press('Hapus: Dua?');
  await end();
  expect(page.document.body.textContent).toContain('Terhapus: Dua?');
  await page.press('Urungkan');
  expect(rows.map(({ question }) => question)).toEqual(['Tiga?', 'Satu?', 'Dua?']);
});

describe('words that are not saved yet', () => {
  it('stay when another example is opened, each is saved for itself', async () => {
    const page = await open();
    await page.press('Ubah: Satu?');
    await page.write('Jawaban', 'Tidak lagi.');
    await page.press('Ubah: Dua?');
    expect(answers(page)).toEqual(['Tidak lagi.', 'Ya.']);
    await page.write('Jawaban', 'Dua kali.');
    await page.press('Simpan');
    expect(rows.map((row) => row.answer)).toEqual(['Ya.', 'Dua kali.', 'Ya.']);
    expect(answers(page)).toEqual(['Tidak lagi.']);
  });

  it('stay when their example is out of sight for a while, until they are cancelled', async () => {
    rows = Array.from({ length: PAGE_ROWS + 1 }, (_unused, index) => example(`Soal ${index + 1}?`));
    const page = await open();
    await page.press('Ubah: Soal 1?');
    await page.write('Jawaban', 'Tidak lagi.');
    await page.press('Berikutnya');
    expect(page.find('field', 'Jawaban')).toEqual([]);
    await page.press('Sebelumnya');
    expect(answers(page)).toEqual(['Tidak lagi.']);
    await page.press('Batal');
    await page.press('Ubah: Soal 1?');
    expect(answers(page)).toEqual(['Ya.']);
  });

  it('leave the focus to the search that brings them back', async () => {
    const page = await open();
    await page.press('Ubah: Satu?');
    await page.write('Jawaban', 'Tidak lagi.');
    for (const sought of ['Dua', 'Sa']) {
      await page.write(SEARCH, sought);
      await page.pass(300);
      expect(answers(page)).toEqual(sought === 'Sa' ? ['Tidak lagi.'] : []);
      expect(page.focused()).toBe(SEARCH);
    }
  });

  it('of a new example stay when its form is folded away', async () => {
    const page = await open();
    await page.press('Tambah');
    await page.write('Pertanyaan', 'Empat?');
    await page.press('Tambah');
    expect(page.find('field', 'Pertanyaan')).toEqual([]);
    await page.press('Tambah');
    expect((page.find('field', 'Pertanyaan')[0] as HTMLTextAreaElement).value).toBe('Empat?');
  });
});

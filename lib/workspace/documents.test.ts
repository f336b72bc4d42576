import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BadInputError } from '../system/errors.ts';
import { titleIn } from './document-file.ts';
import { readDocuments } from './documents.ts';
import { linesFrom, makeDocx, makePdf } from './formats/files.fixture.ts';
import { splitFrontMatter } from './front-matter.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'documents-'));
  await mkdir(path.join(folder, 'sub', '.git'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (files: Record<string, string | Buffer>) => Promise.all(Object.entries(files).map(([file, content]) => writeFile(path.join(folder, file), content)));

describe('readDocuments', () => {
  test('title from front matter, else the first heading, else the file name', async () => {
    await put({
      'b.md': '---\ntitle: "Tarif: umum"\nsource: UU PPN Pasal 7\n---\n# Lain\n\nIsi.\n',
      'a.txt': 'Hanya isi.\r\nBaris dua.',
      'sub/c.md': 'Pembuka.\n\n## Judul C ##\n',
      'sub/.git/x.md': 'tersembunyi',
    });
    const { documents, skipped } = await readDocuments(folder);
    expect(documents.map(({ origin: _origin, ...document }) => document)).toEqual([
      { id: 'a', title: 'a', text: 'Hanya isi.\nBaris dua.', source: undefined },
      { id: 'b', title: 'Tarif: umum', text: '# Lain\n\nIsi.', source: 'UU PPN Pasal 7' },
      { id: 'sub/c', title: 'Judul C', text: 'Pembuka.\n\n## Judul C ##', source: undefined },
    ]);
    expect(skipped).toEqual([]);
  });

  test('a title is found at once', () => {
    const [started, gap] = [performance.now(), ' '.repeat(2_500)];
    expect(titleIn(`Isi.\n\n# Cuti${gap}tahunan`, 'a')).toBe(undefined);
    expect(titleIn('Isi.\n\n# Cuti  tahunan ## ', 'a')).toBe('Cuti  tahunan');
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('a title says something, in no more characters than a heading has', async () => {
    const long = 'x'.repeat(2_001);
    await put({
      'a.md': `#   \n# ${long}\n# Cuti\n\nIsi.`,
      'b.md': `---\ntitle: ${long}\nsource: ${long}\n---\nIsi.`,
      'c.md': '---\ntitle: " "\n---\n# Gaji\n\nIsi.',
      'd.pdf': Buffer.from(makePdf([linesFrom(700, ['Isi halaman.'])], { title: long })),
      'e.jsonl': `{"id":"1","title":"${long}","text":"Isi."}`,
    });
    const { documents } = await readDocuments(folder);
    expect(documents.map(({ title, source }) => [title, source])).toEqual([['Cuti', undefined], ['b', undefined], ['Gaji', undefined], ['d', undefined]]);
    await expect(readDocuments(path.join(folder, 'e.jsonl'))).rejects.toThrow(/line 1: title: is longer than 2000 characters/);
  });

  test.skipIf(process.platform === 'win32')('a pipe or a device, itself or behind a link, is not waited for', async () => {
    await put({ 'baik.md': 'Isi.' });
    execFileSync('mkfifo', [path.join(folder, 'pipa.md')]);
    await symlink(path.join(folder, 'pipa.md'), path.join(folder, 'tautan.md'));
    await symlink('/dev/zero', path.join(folder, 'tanpa-akhir.txt'));
    await symlink(path.join(folder, 'baik.md'), path.join(folder, 'taut-baik.md'));
    const { documents, skipped } = await readDocuments(folder);
    expect(documents.map(({ id }) => id)).toEqual(['baik', 'taut-baik']);
    expect(skipped.map(({ file, reason }) => `${file}: ${reason}`)).toEqual(['pipa.md', 'tanpa-akhir.txt', 'tautan.md'].map((file) => `${file}: cannot be read (it is no file)`));
  });

  test('what cannot be read is named and skipped, the rest goes in', async () => {
    await put({
      'baik.md': 'Isi.',
      'baik.txt': 'Isi lain.',
      'biner.txt': Buffer.from([80, 75, 0, 1]),
      'foto.png': 'x',
      'kosong.md': '---\ntitle: Kosong\n---\n\n',
      'latin.txt': Buffer.from('caf\xe9', 'latin1'),
    });
    const { documents, skipped } = await readDocuments(folder);
    expect(documents.map(({ id }) => id)).toEqual(['baik']);
    expect(skipped).toEqual([
      { file: 'baik.txt', reason: 'has the same name as baik.md', why: { id: 'same-name', facts: { file: 'baik.md' } } },
      { file: 'biner.txt', reason: 'binary, or text that is not UTF-8', why: { id: 'binary', facts: {} } },
      { file: 'foto.png', reason: expect.stringMatching(/^not Markdown, text, HTML, PDF or DOCX/), why: { id: 'unknown-format', facts: { endings: expect.stringContaining('.pdf, .docx') } } },
      { file: 'kosong.md', reason: 'empty', why: { id: 'empty', facts: {} } },
      { file: 'latin.txt', reason: 'not UTF-8 text', why: { id: 'not-utf8', facts: {} } },
    ]);
  });

  test('HTML, PDF and DOCX beside text, each with its title; damaged and scanned ones are named', async () => {
    await put({
      'cuti.html': '<title>Lain</title><h1>Cuti</h1><p>Dua belas hari.',
      'gaji.docx': Buffer.from(makeDocx([{ text: 'Tanggal 25.' }])),
      'kunci.pdf': Buffer.from(makePdf([linesFrom(700, ['x'])], { encrypted: true })),
      'palsu.pdf': 'bukan pdf',
      'pindai.pdf': Buffer.from(makePdf([[]])),
      'sakit.pdf': Buffer.from(makePdf([linesFrom(700, ['Surat dokter setelah dua hari.'])], { title: 'Sakit' })),
    });
    const read: number[][] = [];
    const { documents, skipped } = await readDocuments(folder, { progress: (done, total) => read.push([done, total]) });
    expect(documents.map(({ id, title, text }) => [id, title, text])).toEqual([
      ['cuti', 'Cuti', '# Cuti\n\nDua belas hari.'],
      ['gaji', 'gaji', 'Tanggal 25.'],
      ['sakit', 'Sakit', 'Surat dokter setelah dua hari.'],
    ]);
    expect(skipped).toEqual([
      { file: 'kunci.pdf', reason: 'locked with a password', why: { id: 'locked', facts: {} } },
      { file: 'palsu.pdf', reason: expect.stringMatching(/^damaged/), why: { id: 'damaged', facts: { cause: expect.any(String) } } },
      { file: 'pindai.pdf', reason: expect.stringMatching(/^scanned: its page is a picture/), why: { id: 'scanned', facts: { pages: 1 } } },
    ]);
    expect(read.at(-1)).toEqual([6, 6]);
    await expect(readDocuments(folder, { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
  });

  test('a JSON Lines file of documents', async () => {
    await put({ 'd.jsonl': '{"id":"1","title":"Satu","text":"Isi satu."}\n{"id":"2","text":"# Dua\\n\\nIsi."}\n', 'bad.jsonl': '{"id":"1","title":"Satu","text":" "}' });
    expect((await readDocuments(path.join(folder, 'd.jsonl'))).documents.map(({ id, title }) => [id, title])).toEqual([['1', 'Satu'], ['2', 'Dua']]);
    await expect(readDocuments(path.join(folder, 'bad.jsonl'))).rejects.toThrow(/bad\.jsonl, line 1: text: is blank/);
  });

  test.each([
    ['text', '{"id":"1","text":"caf\\udce9 tutup"}'],
    ['title', '{"id":"1","title":"\\ud83d","text":"Isi."}'],
    ['id', '{"id":"\\udce9","text":"Isi."}'],
    ['replaces.0', '{"id":"1","text":"Isi.","replaces":["\\udce9"]}'],
  ])('half of a character in a JSON Lines file is named by line and field: %s', async (field, line) => {
    await put({ 'd.jsonl': `{"id":"0","text":"Isi."}\n${line}` });
    await expect(readDocuments(path.join(folder, 'd.jsonl'))).rejects.toThrow(new RegExp(`d\\.jsonl, line 2: ${field}: holds half of a character`));
  });

  test.each([
    ['text', '{"id":"1","text":"Cuti\\u0000 dua belas hari."}', /line 2: text: holds the character U\+0000/],
    ['title', '{"id":"1","title":"\\u0000C","text":"Isi."}', /line 2: title: holds the character U\+0000/],
    ['id', '{"id":"a\\tb","text":"Isi."}', /line 2: id: holds a control character/],
    ['id', '{"id":"a/../b","text":"Isi."}', /line 2: id: holds \. or \.\. between slashes/],
    ['id', '{"id":" 0 ","text":"Isi."}', /line 2: the id "0" stands on line 1 already/],
  ])('what a file or an address could not give back is named by line and field: %s', async (_field, line, reason) => {
    await put({ 'd.jsonl': `{"id":"0","text":"Isi."}\n${line}` });
    await expect(readDocuments(path.join(folder, 'd.jsonl'))).rejects.toThrow(reason);
  });

  test('of two files that say they are one document, the second is named and skipped', async () => {
    await put({ 'a.md': '---\ndocument_id: cuti\n---\nSatu.', 'b.md': '---\ndocument_id: cuti\n---\nDua.', 'cuti.md': 'Tiga.', 'a.txt': 'Empat.' });
    const { documents, skipped } = await readDocuments(folder);
    expect(documents.map(({ id, text }) => [id, text])).toEqual([['cuti', 'Satu.'], ['a', 'Empat.']]);
    expect(skipped).toMatchObject([{ file: 'b.md', reason: 'says that it is the same document as a.md' }, { file: 'cuti.md', reason: 'has the same name as a.md' }]);
  });

  test('the title that a PDF states may hold what no text does', async () => {
    await put({ 'cuti.pdf': Buffer.from(makePdf([linesFrom(700, ['Isi halaman.'])], { title: '\0C\0u\0t\0i\0' })) });
    expect((await readDocuments(folder)).documents[0].title).toBe('Cuti');
  });

  test('an id is as long as a file’s path may be, wherever it comes from', async () => {
    const long = 'x'.repeat(401);
    await put({ 'd.jsonl': `{"id":"${long}","text":"Isi."}`, 'a.md': `---\ndocument_id: ${long}\n---\nIsi.`, 'b.md': `---\ndocument_id: ${long.slice(1)}\n---\nIsi.` });
    await expect(readDocuments(path.join(folder, 'd.jsonl'))).rejects.toThrow(/line 1: id: is longer than 400 characters/);
    const { documents, skipped } = await readDocuments(folder);
    expect(documents.map(({ id }) => id)).toEqual([long.slice(1)]);
    expect(skipped).toContainEqual({ file: 'a.md', reason: 'its name is longer than 400 characters', why: { id: 'name-too-long', facts: { limit: 400 } } });
  });

  test('a path that is not there, or no folder, is refused', async () => {
    await put({ 'a.md': 'Isi.' });
    await expect(readDocuments(path.join(folder, 'none'))).rejects.toThrow(BadInputError);
    await expect(readDocuments(path.join(folder, 'a.md'))).rejects.toThrow(/neither a folder nor a \.jsonl file/);
  });
});

describe('splitFrontMatter', () => {
  test('plain and quoted values; comments and empty values are passed over', () => {
    expect(splitFrontMatter(`---\ntitle: 'It''s'\nas_of: 2026-01-01 # date\nurl: https://x.id/a#b\n# remark\nempty:\n---\nIsi`)).toEqual({
      fields: { title: "It's", as_of: '2026-01-01', url: 'https://x.id/a#b' },
      data: '',
      body: 'Isi',
    });
  });

  test('lists and nested values stay readable', () => {
    const { fields, data } = splitFrontMatter('---\ntitle: Debian\nreleases:\n-   cycle: "12"\n    eol: 2026-06-10\n\n-   cycle: "11"\nowner: x\ntags:\n  - os\n---\n');
    expect(fields).toEqual({ title: 'Debian', owner: 'x' });
    expect(data).toBe('releases:\n-   cycle: "12"\n    eol: 2026-06-10\n\n-   cycle: "11"\n\ntags:\n  - os');
  });

  test('no closing line: no front matter', () => {
    expect(splitFrontMatter('---\ntitle: x\n\nIsi')).toMatchObject({ fields: {}, body: '---\ntitle: x\n\nIsi' });
    expect(splitFrontMatter('Isi\n---\n')).toMatchObject({ fields: {}, body: 'Isi\n---\n' });
  });
});

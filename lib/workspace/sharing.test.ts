import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashedEmbedder } from '../retrieve/hashed-embedder.fixture.ts';
import type { SourceDocument } from '../retrieve/types.ts';
import { addDocuments, renameWorkspace } from './change.ts';
import { createWorkspace } from './create.ts';
import { documentFileText, documentPath } from './document-folder.ts';
import { readDocuments } from './documents.ts';
import { exportWorkspace } from './export.ts';
import { importWorkspace } from './import.ts';
import { readRowFiles } from './rows.ts';
import { deleteWorkspace, makeWorkspaceFolder, resetWorkspace } from './staging.ts';
import { openWorkspace } from './workspace.ts';

const embedder = hashedEmbedder();
let folder: string;
let own: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sharing-'));
  process.env.MODELS_DIRECTORY = path.join(folder, 'models');
  process.env.DATA_DIRECTORY = path.join(folder, 'data');
  own = path.join(folder, 'data', 'workspaces');
});
afterEach(async () => {
  delete process.env.MODELS_DIRECTORY;
  delete process.env.DATA_DIRECTORY;
  await rm(folder, { recursive: true, force: true });
});

const cuti: SourceDocument = { id: 'sdm/cuti', title: 'Cuti "tahunan"', text: '# Cuti\n\nDua belas hari setahun.', source: 'Buku \\ 1', origin: '/elsewhere' };
const odd: SourceDocument = { id: 'a:b?/..', title: 'Aneh', text: '---\nbukan: kepala\n---\nIsi.' };
const examples = '{"question":"Berapa hari cuti?","answer":"Dua belas hari."}\n{"question":"Cuti setahun berapa hari?","answer":"Dua belas hari.","split":"held-out"}\n';
const questions = '{"id":"q1","question":"Who gets leave?","answers":["everyone"],"documents":["sdm/cuti"]}\n{"id":"q2","question":"Siapa penemu kopi?","answers":[]}';
const rows = () => readRowFiles({ examples: { name: 'contoh.jsonl', text: examples }, questions: { name: 'tanya.jsonl', text: questions } });
const create = (name = 'kantor', documents: readonly SourceDocument[] = [cuti, odd], options = {}) =>
  createWorkspace({ name, definition: { title: 'Kantor', language: 'id' }, rows: rows(), documents: async () => ({ documents, skipped: [] }) }, { embedder, ...options });
const open = (name: string) => openWorkspace(name, { embedder });
async function archive(name: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of exportWorkspace(await open(name))) pieces.push(piece);
  return Uint8Array.from(Buffer.concat(pieces));
}
const texts = (bytes: Uint8Array) => Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)]));
const listed = () => readdir(own).catch(() => []);

describe('documents as files', () => {
  test('any id names a file below the folder, and reads back as the same document', async () => {
    for (const id of ['..', '/etc/passwd', 'a\\b', 'CON', 'x'.repeat(300), 'a/./b', '.hidden', 'name. ']) expect(documentPath(id)).toMatch(/^_[0-9a-f]{24}\.md$/);
    const place = path.join(folder, 'files');
    for (const document of [cuti, odd]) {
      const file = path.join(place, documentPath(document.id));
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, documentFileText(document));
    }
    const { documents } = await readDocuments(place);
    const plain = (document: SourceDocument) => ({ id: document.id, title: document.title, text: document.text, source: document.source });
    expect(documents.map(plain)).toEqual([plain(odd), plain(cuti)]);
  });

  test('ids that some disks take for one have files apart, whichever came first and whichever goes', async () => {
    const [small, large, composed, other] = ['cuti', 'CUTI', 'caf\u00e9', 'cafe\u0301'].map((id) => ({ id, title: id, text: `Isi ${id}.` }));
    const place = path.join(own, 'kantor', 'documents');
    const files = async () => (await readdir(place)).sort();
    const kept = async () => (await readDocuments(place)).documents.map(({ id, text }) => `${id}: ${text}`).sort();
    await create('kantor', [small, composed]);
    const { index } = await open('kantor');
    await index.put([large, other]);
    expect(new Set((await files()).map((name) => name.normalize('NFC').toLowerCase())).size).toBe(4);
    expect(await kept()).toEqual([small, large, composed, other].map(({ id, text }) => `${id}: ${text}`).sort());
    const names = Object.keys(texts(await archive('kantor'))).filter((name) => name.startsWith('documents/'));
    expect(names.map((name) => path.posix.basename(name)).sort()).toEqual(await files());
    await index.change({ put: [{ ...large, text: 'Baru.' }], remove: ['cuti', other.id] });
    expect(await files()).toEqual(['CUTI.md', 'caf\u00e9.md']);
    expect(await kept()).toEqual(['CUTI: Baru.', `${composed.id}: ${composed.text}`]);
  });

  test('whatever ids stand beside it', async () => {
    const documents = ['a', 'a.md/b', 'a.md', '公'.repeat(80), 'surat\\2024\\1', 'dua  spasi: ya', '..', 'x/../y'].map((id) => ({ id, title: `Judul  ${id}`, text: id }));
    await create('kantor', documents);
    await importWorkspace(await archive('kantor'), 'kantor.zip', { embedder, name: 'salinan' });
    const kept = await Promise.all([open('kantor'), open('salinan')].map(async (opened) => Promise.all(documents.map(async ({ id }) => (await opened).index.document(id)))));
    expect(kept).toEqual([documents, documents]);
  });
});

describe('a workspace of one’s own', () => {
  test('is made of documents, examples and questions, and is complete', async () => {
    expect(await create()).toMatchObject({ name: 'kantor', documents: 2, examples: 2, questions: 2, skipped: [] });
    const workspace = await open('kantor');
    expect(workspace.shipped).toBe(false);
    expect(workspace.definition).toMatchObject({ title: { id: 'Kantor', en: 'Kantor' }, language: 'id' });
    expect(workspace.definition.samples.map(({ question }) => question)).toEqual(['Berapa hari cuti?', 'Cuti setahun berapa hari?', 'Who gets leave?']);
    expect((await workspace.examples())!.map(({ split, language }) => [split, language])).toEqual([['train', 'id'], ['held-out', 'id']]);
    expect((await workspace.questions()).map(({ kind, language }) => [kind, language])).toEqual([['document-only', 'en'], ['unanswerable', 'id']]);
    expect((await workspace.index.search('cuti setahun', 1)).passages[0].documentId).toBe('sdm/cuti');
    expect((await workspace.trialIndex(path.join(folder, 'trial')).documents()).length).toBe(2);
  });

  test('keeps its documents as files beside the index, through edits and removals', async () => {
    await create();
    const { index } = await open('kantor');
    const file = path.join(own, 'kantor', 'documents', 'sdm', 'cuti.md');
    await index.put([{ ...cuti, text: 'Tiga belas hari.' }]);
    expect(await readFile(file, 'utf8')).toContain('Tiga belas hari.');
    await index.remove(['sdm/cuti']);
    await expect(readFile(file)).rejects.toThrow(/ENOENT/);
  });

  test('keeps files as the index is when changes meet, in this process or another', async () => {
    await create();
    const file = (id: string) => readFile(path.join(own, 'kantor', 'documents', documentPath(id)), 'utf8').catch(() => null);
    const many = Array.from({ length: 200 }, (_unused, number) => ({ id: `d${number}`, title: 'T', text: 'Lama.' }));
    const [one, other] = [(await open('kantor')).index, (await open('kantor')).index];
    const changes: Promise<unknown>[] = [one.put(many), one.put([{ id: 'd199', title: 'T', text: 'Baru.' }]), one.remove(['d198'])];
    // Whatever else changes them does so once they are in the index, when their files may not be there yet.
    while (!(await other.document('d197'))) await turn();
    await Promise.all([...changes, other.put([{ id: 'd197', title: 'T', text: 'Baru.' }]), other.remove(['d196'])]);
    expect((await Promise.all(['d199', 'd198', 'd197', 'd196'].map(file))).map((text) => text?.includes('Baru.') ?? null)).toEqual([true, null, true, null]);
    expect((await readDocuments(path.join(own, 'kantor', 'documents'))).documents).toHaveLength((await one.documents()).length);
  });

  test('that is deleted while documents are added does not come back with those alone', async () => {
    await create();
    const slow = { ...embedder, embed: async (...given: Parameters<typeof embedder.embed>) => (await deleteWorkspace('kantor'), embedder.embed(...given)) };
    const bytes = strToU8('Upah tanggal 25.');
    const adding = addDocuments('kantor', [{ path: 'gaji.md', size: async () => bytes.length, read: async () => bytes }], { embedder: slow });
    await expect(adding).rejects.toThrow(/"kantor" was deleted/);
    expect(await listed()).toEqual([]);
  });

  test('a taken name is told by its own letters, and whether it can be freed', async () => {
    await create();
    await mkdir(path.join(folder, 'models', 'workspaces', 'pajak'), { recursive: true });
    await expect(create('KANTOR')).rejects.toMatchObject({ httpStatus: 409, remedy: 'Choose another name, or delete it first: npm run workspace -- delete kantor' });
    await expect(create('Pajak')).rejects.toMatchObject({ httpStatus: 409, remedy: 'Choose another name: this one comes with the project.' });
  });

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['a name that is taken, in other letters', async () => (await create(), create('KANTOR')), /There is a workspace "kantor" already/],
    ['no document', () => create('kosong', []), /None of the documents/],
    ['a name that is none', () => create('../kantor'), /cannot name a workspace/],
    ['a device of Windows', () => create('nul'), /cannot name a workspace/],
    ['a stop', () => create('batal', [cuti], { signal: AbortSignal.abort(new Error('stop')) }), /stop/],
    ['two documents of one id', () => create('dua', [cuti, cuti]), /Two documents/],
  ])('%s makes nothing', async (_name, make, reason) => {
    await expect(make()).rejects.toThrow(reason);
    expect((await listed()).filter((name) => name !== 'kantor')).toEqual([]);
  });

  test('what a dead process left is cleared away, what a living one makes is not', async () => {
    await mkdir(path.join(own, '.making-999999999-0a'), { recursive: true });
    await mkdir(path.join(own, `.making-${process.ppid}-0a`), { recursive: true });
    // Of another machine that shares the folder: its processes cannot be asked.
    for (const name of ['.making-mesin-lain.local-999999999-0a', '.making-mesin-lain.local-999999999-0b']) await mkdir(path.join(own, name), { recursive: true });
    await utimes(path.join(own, '.making-mesin-lain.local-999999999-0b'), new Date(2020, 1), new Date(2020, 1));
    await makeWorkspaceFolder('baru', async (aside) => expect(path.basename(aside)).toMatch(`.making-${hostname()}-${process.pid}-`));
    expect((await listed()).sort()).toEqual([`.making-${process.ppid}-0a`, '.making-mesin-lain.local-999999999-0a', 'baru']);
  });

  test('a bad line is named by its file', () => {
    expect(() => readRowFiles({ questions: { name: 'tanya.jsonl', text: '\n{"id":"q1","question":""}' } })).toThrow(/tanya\.jsonl, line 2: question: is blank/);
    expect(() => readRowFiles({ questions: { name: 'tanya.jsonl', text: '{"id":"q1","question":"x","answers":["a"],"documents":[""]}' } })).toThrow(/tanya\.jsonl, line 1: documents\.0: is blank/);
    expect(() => readRowFiles({ examples: { name: 'c.jsonl', text: `${examples}{"question":"x"` } })).toThrow(/c\.jsonl, line 3: not valid JSON/);
    expect(() => readRowFiles({ examples: { name: 'c.jsonl', text: `${examples}{"question":"berapa hari cuti","answer":"x","split":"held-out"}` } })).toThrow(/c\.jsonl: the held-out question .* is also trained/);
  });
});

describe('export and import', () => {
  test('give the same workspace again, under its name or another', async () => {
    await create();
    const first = await archive('kantor');
    await expect(importWorkspace(first, 'kantor.zip', { embedder })).rejects.toMatchObject({ message: 'There is a workspace "kantor" already.', detail: { id: 'workspace-name-taken', facts: { name: 'kantor', own: true } } });
    await importWorkspace(first, 'kantor.zip', { embedder, name: 'salinan' });
    const [before, after] = await Promise.all([open('kantor'), open('salinan')]);
    expect(after.definition).toEqual(before.definition);
    expect(await after.questions()).toEqual(await before.questions());
    expect(await after.examples()).toEqual(await before.examples());
    expect((await after.index.statistics()).indexHash).toBe((await before.index.statistics()).indexHash);
    await deleteWorkspace('kantor');
    await importWorkspace(first, 'kantor.zip', { embedder });
    expect(texts(await archive('kantor'))).toEqual(texts(first));
    expect((await listed()).sort()).toEqual(['kantor', 'salinan']);
  });

  test('examples that were all taken out stay out, and the facts do not come back in their place', async () => {
    const fact = { id: 'f', document: 'sdm/cuti', train: [{ language: 'id', question: 'Berapa hari cuti?', answer: 'Dua belas hari.' }], heldOut: [], accept: ['12'], required: [['12']] };
    const facts = readRowFiles({ facts: { name: 'fakta.jsonl', text: JSON.stringify(fact) } });
    await createWorkspace({ name: 'kantor', definition: {}, rows: facts, documents: async () => ({ documents: [cuti], skipped: [] }) }, { embedder });
    await writeFile(path.join(own, 'kantor', 'examples.jsonl'), '');
    expect(await importWorkspace(await archive('kantor'), 'kantor.zip', { embedder, name: 'salinan' })).toMatchObject({ examples: 0 });
    const copy = await open('salinan');
    expect([await copy.examples(), (await copy.facts()).length]).toEqual([[], 1]);
  });

  /** The archive of a sound workspace with files changed, added or (null) taken out. */
  async function packed(changes: Readonly<Record<string, string | null>>, attributes: Readonly<Record<string, number>> = {}): Promise<Uint8Array> {
    await create();
    const files: Record<string, string | null> = texts(await archive('kantor'));
    await deleteWorkspace('kantor');
    const zippable: Zippable = {};
    for (const [name, content] of Object.entries({ ...files, ...changes })) if (content !== null) zippable[name] = [strToU8(content), { os: 3, attrs: (attributes[name] ?? 0o100644) << 16 }];
    return zipSync(zippable);
  }

  test('a packed folder and what a Mac or Windows leaves in it are taken', async () => {
    const inside = unzipSync(await packed({}));
    const bytes = zipSync({ ...Object.fromEntries(Object.entries(inside).map(([name, content]) => [`kantor/${name}`, content])), '__MACOSX/kantor/._x': strToU8('x'), 'kantor/.DS_Store': strToU8('x'), 'kantor/documents/Thumbs.db': strToU8('x') });
    expect(await importWorkspace(bytes, 'f.zip', { embedder })).toMatchObject({ documents: 2 });
  });

  /** As PowerShell 5 packs it. */
  const withBackslashes = (bytes: Uint8Array, added: Zippable = {}) => zipSync({ ...Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [`kantor\\${name.replaceAll('/', '\\')}`, content])), ...added });

  test('a folder packed with backslashes between the names is taken', async () => {
    const bytes = withBackslashes(await packed({}), { 'kantor\\documents\\kosong\\': new Uint8Array() });
    expect(await importWorkspace(bytes, 'f.zip', { embedder })).toMatchObject({ documents: 2 });
    expect(await (await open('kantor')).index.document('sdm/cuti')).toMatchObject({ title: cuti.title });
  });

  test.each(['kantor\\documents\\..\\..\\keluar.md', '..\\keluar.md', '\\\\komputer\\x.md', '\\etc\\x.md', 'C:\\x.md', 'kantor\\documents\\penuh\\'])('%s, packed with backslashes, is refused', async (name) => {
    await expect(importWorkspace(withBackslashes(await packed({}), { [name]: strToU8('x') }), 'f.zip', { embedder })).rejects.toThrow(/names a place outside/);
    expect(await listed()).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string | null>>, RegExp, Readonly<Record<string, number>>?]>([
    ['a way out', { '../keluar.md': 'x' }, /names a place outside/],
    ['a way out of documents', { 'documents/../../keluar.md': 'x' }, /names a place outside/],
    ['an absolute path', { '/etc/cron.d/x': 'x' }, /names a place outside/],
    ['a path of Windows', { 'documents\\..\\x.md': 'x' }, /names a place outside/],
    ['a drive', { 'C:/x.md': 'x' }, /names a place outside/],
    ['a link', { 'documents/tautan.md': '/etc/passwd' }, /is a link/, { 'documents/tautan.md': 0o120777 }],
    ['a file that is no part', { 'index/index.pb': 'x' }, /is no part of a workspace/],
    ['settings', { 'settings.json': '{}' }, /is no part of a workspace/],
    ['no definition', { 'workspace.json': null }, /holds no workspace\.json/],
    ['a definition of something else', { 'workspace.json': '{"format":"x"}' }, /workspace\.json: .*format|workspace\.json: title/],
    ['lines by the million, small when packed', { 'examples.jsonl': '\n'.repeat(20 * 2 ** 20 + 1) }, /"examples\.jsonl" is larger than 20 MiB/],
    ['a definition that is no JSON', { 'workspace.json': '{' }, /workspace\.json: /],
    ['a bad fact', { 'facts.jsonl': '{"id":"f"}' }, /facts\.jsonl, line 1: document/],
    ['a bad example', { 'examples.jsonl': `${examples}{"question":"x","answer":" "}` }, /examples\.jsonl, line 3: answer: is blank/],
    ['no documents', { 'documents/sdm/cuti.md': '', [`documents/${documentPath(odd.id)}`]: '\0' }, /None of the documents/],
  ])('%s is refused, and nothing is left', async (_name, changes, reason, attributes) => {
    const bytes = await packed(changes, attributes);
    const error: unknown = await importWorkspace(bytes, 'f.zip', { embedder }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ message: expect.stringMatching(reason), detail: { id: expect.any(String) } });
    expect(await listed()).toEqual([]);
    expect(await readdir(folder)).toEqual(['data']);
  });

  test('damaged bytes are refused wherever the damage is', async () => {
    const bytes = await packed({});
    for (let at = 0; at < bytes.length; at += 29) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] ^= at % 2 ? 0xff : 0x01;
      const outcome: unknown = await importWorkspace(damaged, 'f.zip', { embedder, name: `n${at}` }).catch((error: unknown) => error);
      // Some bytes, a time for one, say nothing of the workspace.
      expect(outcome, `byte ${at}`).toMatchObject(outcome instanceof Error ? { code: 'bad-input' } : { documents: 2, skipped: [] });
    }
    await expect(importWorkspace(bytes.subarray(0, bytes.length - 30), 'f.zip', { embedder })).rejects.toThrow(/not a (whole )?ZIP archive/);
    expect((await listed()).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test.each(['documents/sdm/cuti.md', 'documents/gambar.png'])('a byte of %s that is another refuses the whole file', async (name) => {
    const bytes = await packed({ 'documents/gambar.png': 'tidak dibaca '.repeat(9) });
    const at = Buffer.from(bytes).indexOf(name) + name.length + 5;
    bytes[at] ^= 0x10;
    await expect(importWorkspace(bytes, 'f.zip', { embedder })).rejects.toThrow(/f\.zip cannot be imported: damaged: /);
    expect(await listed()).toEqual([]);
  });

  test('a bomb is refused by what it declares, and one that lies by what it unpacks to', async () => {
    const bomb = (declared: number) => {
      const bytes = zipSync({ 'workspace.json': new Uint8Array(5 * 2 ** 20) });
      const directory = bytes.length - 22 - 46 - 'workspace.json'.length;
      new DataView(bytes.buffer).setUint32(directory + 24, declared, true);
      return bytes;
    };
    await expect(importWorkspace(bomb(600 * 2 ** 20), 'f.zip', { embedder })).rejects.toThrow(/unpacks to more than 500 MiB/);
    await expect(importWorkspace(bomb(100), 'f.zip', { embedder })).rejects.toThrow(/larger than it says/);
  });
});

describe('a shipped workspace', () => {
  test('takes a person’s own layer, file by file, until it is reset; it cannot be deleted', async () => {
    const shipped = path.join(folder, 'models', 'workspaces', 'pajak');
    await mkdir(shipped, { recursive: true });
    await writeFile(path.join(shipped, 'workspace.json'), JSON.stringify({ title: { id: 'Pajak', en: 'Tax' }, adapter: 'pajak', abbreviations: { PPN: 'Pajak' } }));
    await writeFile(path.join(shipped, 'questions.jsonl'), questions.split('\n').map((line) => JSON.stringify({ kind: 'unanswerable', language: 'id', documents: [], ...JSON.parse(line) })).join('\n'));
    await mkdir(path.join(own, 'pajak'), { recursive: true });
    await writeFile(path.join(own, 'pajak', 'workspace.json'), JSON.stringify({ title: { id: 'Pajakku', en: 'My tax' } }));
    await writeFile(path.join(own, 'pajak', 'settings.json'), JSON.stringify({ adapter: 'run-1@20' }));
    await writeFile(path.join(own, 'pajak', 'examples.jsonl'), examples);
    const layered = await open('pajak');
    expect(layered.definition).toMatchObject({ title: { en: 'My tax' }, adapter: 'run-1@20', abbreviations: { PPN: 'Pajak' } });
    expect([(await layered.questions()).length, (await layered.examples())!.length]).toEqual([2, 2]);
    await expect(deleteWorkspace('pajak')).rejects.toThrow(/comes with the project/);
    await resetWorkspace('pajak');
    expect((await open('pajak')).definition).toMatchObject({ title: { en: 'Tax' }, adapter: 'pajak' });
    expect(await (await open('pajak')).examples()).toBeNull();
    await writeFile(path.join(shipped, 'workspace.json'), '{}');
    await mkdir(path.join(own, 'pajak'), { recursive: true });
    await writeFile(path.join(own, 'pajak', 'workspace.json'), '{"asOf":"kemarin"}');
    await expect(open('pajak')).rejects.toThrow(/pajak.workspace\.json cannot be used: asOf/);
  });

  test('its files may begin with a byte order mark, as an editor of Windows saves them', async () => {
    await create();
    const file = path.join(own, 'kantor', 'workspace.json');
    await writeFile(file, `\ufeff${await readFile(file, 'utf8')}`);
    await writeFile(path.join(own, 'kantor', 'settings.json'), '\ufeff{"adapter":"lama"}');
    await writeFile(path.join(own, 'kantor', 'examples.jsonl'), `\ufeff${examples}`);
    await renameWorkspace('kantor', 'Baru');
    const marked = await open('kantor');
    expect(marked.definition).toMatchObject({ title: { id: 'Baru' }, adapter: 'lama', language: 'id' });
    expect(await marked.examples()).toHaveLength(2);
  });

  test('resetting one’s own, or deleting what is not there, is refused', async () => {
    await create();
    await expect(resetWorkspace('kantor')).rejects.toThrow(/is your own/);
    await expect(deleteWorkspace('tidak-ada')).rejects.toMatchObject({ httpStatus: 404 });
  });
});

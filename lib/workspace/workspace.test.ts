import { access, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashedEmbedder } from '../retrieve/hashed-embedder.fixture.ts';
import { openDocumentIndex } from '../retrieve/index.ts';
import { BadInputError, DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { documentPath, hashedPath } from './document-folder.ts';
import { trainingExamples } from './examples.ts';
import { ingest } from './ingest.ts';
import { viewWorkspace } from './view.ts';
import { indexFolder, listWorkspaces, openWorkspace } from './workspace.ts';

const embedder = hashedEmbedder();
let folder: string;
let shipped: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'workspace-'));
  process.env.MODELS_DIRECTORY = path.join(folder, 'models');
  process.env.DATA_DIRECTORY = path.join(folder, 'data');
  shipped = path.join(folder, 'models', 'workspaces', 'pajak');
  await mkdir(path.join(shipped, 'documents'), { recursive: true });
  await write('documents/ppn.md', '# PPN\n\nTarif umum PPN adalah 11%.');
  await write('documents/pbb.md', '# PBB\n\nPajak atas bumi dan bangunan.');
  await write('workspace.json', JSON.stringify({ title: { id: 'Pajak', en: 'Tax' }, abbreviations: { PPN: 'Pajak Pertambahan Nilai' } }));
  await ingest(openDocumentIndex({ folder: indexFolder(shipped), embedder }), path.join(shipped, 'documents'));
});
afterEach(async () => {
  delete process.env.MODELS_DIRECTORY;
  delete process.env.DATA_DIRECTORY;
  await rm(folder, { recursive: true, force: true });
});

const write = (file: string, content: string) => writeFile(path.join(shipped, file), content);
const open = (name = 'pajak') => openWorkspace(name, { embedder });

describe('openWorkspace', () => {
  test('a change goes to a copy, reset goes back', async () => {
    const before = await readFile(path.join(indexFolder(shipped), 'index.pb'));
    const workspace = await open();
    expect(await workspace.isEdited()).toBe(false);
    await workspace.index.put([{ id: 'ppn', title: 'PPN', text: 'Tarif umum PPN adalah 12%.' }]);
    expect(await workspace.isEdited()).toBe(true);
    expect((await (await open()).index.search('tarif Pajak Pertambahan Nilai', 1)).passages[0].text).toContain('12%');
    expect(await readFile(path.join(indexFolder(shipped), 'index.pb'))).toEqual(before);
    await workspace.reset();
    expect((await workspace.index.search('tarif PPN', 1)).passages[0].text).toContain('11%');
  });

  test('opening and asking write nothing', async () => {
    await (await open()).index.search('PPN', 1);
    await expect(access(path.join(folder, 'data'))).rejects.toThrow();
  });

  test('one that is not there names those that are', async () => {
    const error = await open('pajek').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MissingArtifactError);
    expect((error as MissingArtifactError).message).toContain('found: pajak');
    const made = await openWorkspace('catatan', { embedder, create: true });
    await made.index.put([{ id: 'a', title: 'A', text: 'Isi.' }]);
    expect(await listWorkspaces()).toEqual(['catatan', 'pajak']);
    expect((await open('catatan')).definition.title.id).toBe('catatan');
    await expect(made.reset()).rejects.toThrow(BadInputError);
  });

  test.each(['..', '../pajak', 'a/b', 'a\\b', '', '.hidden', 'x'.repeat(65), 'a\0'])('%j names no workspace', async (name) => {
    await expect(open(name)).rejects.toThrow(BadInputError);
  });

  test.each(['KANTOR', 'Pajak'])('%s is not made beside one whose name is in other letters, which some disks take for the same', async (name) => {
    await (await openWorkspace('kantor', { embedder, create: true })).index.put([{ id: 'a', title: 'A', text: 'Isi.' }]);
    await expect(openWorkspace(name, { embedder, create: true })).rejects.toMatchObject({ httpStatus: 409, message: `There is a workspace "${name.toLowerCase()}" already.`, remedy: expect.stringContaining(`Write "${name.toLowerCase()}"`), detail: { id: 'workspace-name-taken', facts: { name: name.toLowerCase() } } });
    expect(await listWorkspaces()).toEqual(['kantor', 'pajak']);
  });

  test('on a disk that takes small and capital letters as the same, a workspace goes by the name of its folder alone', async () => {
    // A link stands for what such a disk finds by the other name, and says is there already.
    await symlink(shipped, path.join(folder, 'models', 'workspaces', 'PAJAK'), 'junction').catch((error: NodeJS.ErrnoException) => expect(error.code).toBe('EEXIST'));
    await expect(open('PAJAK')).rejects.toMatchObject({ code: 'missing-artifact', message: 'No workspace "PAJAK" (found: pajak).' });
    expect((await open()).name).toBe('pajak');
  });

  test('a list tells what is wrong with one by its facts, for a page in another language', async () => {
    await mkdir(path.join(folder, 'data', 'workspaces', 'kosong'), { recursive: true });
    expect((await viewWorkspace('kosong')).problem).toMatchObject({ code: 'missing-artifact', detail: { id: 'index-missing' } });
  });

  test('a workspace.json that cannot be used is named', async () => {
    await write('workspace.json', '{"title":"Pajak"}');
    await expect(open()).rejects.toThrow(DamagedArtifactError);
  });

  test('facts, questions and changes; none when there is no file; a bad line is named', async () => {
    const workspace = await open();
    expect([await workspace.facts(), await workspace.questions(), await workspace.changes()]).toEqual([[], [], []]);
    const phrasing = (question: string) => ({ language: 'id', question, answer: 'Tarifnya 11%.' });
    const fact = { id: 'f', document: 'ppn', law: 'UU', evidence: { file: 'x.md', text: '11%' }, train: [phrasing('Satu?'), phrasing('Dua?')], heldOut: [phrasing('Tiga?')], accept: ['11%'], required: [['11%']] };
    await write('facts.jsonl', JSON.stringify(fact));
    expect(trainingExamples(await workspace.facts()).map(({ question, split, factId }) => [question, split, factId])).toEqual([
      ['Satu?', 'train', 'f'],
      ['Dua?', 'train', 'f'],
      ['Tiga?', 'held-out', 'f'],
    ]);
    await write('facts.jsonl', JSON.stringify({ ...fact, required: [] }));
    await expect(workspace.facts()).rejects.toThrow(/facts\.jsonl, line 1: required/);
  });
});

describe('ingest', () => {
  test('adds, changes and removes what the folder says, and leaves documents from elsewhere', async () => {
    const { index } = await open();
    await index.put([{ id: 'sendiri', title: 'Sendiri', text: 'Dari halaman.' }]);
    await write('documents/ppn.md', '# PPN\n\nTarif umum PPN adalah 12%.');
    await write('documents/bphtb.md', 'Bea perolehan hak.');
    await write('documents/rusak.md', '\0');
    await rm(path.join(shipped, 'documents', 'pbb.md'));
    const report = await ingest(index, path.join(shipped, 'documents'));
    expect(report).toMatchObject({ added: 1, changed: 1, unchanged: 0, removed: 1, chunks: 2, embedded: 2, skipped: [{ file: 'rusak.md' }] });
    expect((await index.documents()).map(({ id }) => id)).toEqual(['bphtb', 'ppn', 'sendiri']);
    expect(await ingest(index, path.join(shipped, 'documents'))).toMatchObject({ added: 0, changed: 0, unchanged: 2, removed: 0, embedded: 0 });
  });

  test('a document whose file can no longer be read stays', async () => {
    const { index } = await open();
    await write('documents/pbb.md', '\0');
    expect(await ingest(index, path.join(shipped, 'documents'))).toMatchObject({ removed: 0, unchanged: 1 });
    expect(await index.document('pbb')).not.toBeNull();
  });

  describe('of the documents of a workspace of one’s own', () => {
    const documents = (file = '') => path.join(folder, 'data', 'workspaces', 'kantor', 'documents', file);
    const ids = async () => (await (await open('kantor')).index.documents()).map(({ id }) => id);
    const odd = { id: 'https://contoh.id/cuti', title: 'Cuti', text: 'Dari halaman.' };
    beforeEach(async () => {
      const { index } = await openWorkspace('kantor', { embedder, create: true });
      await ingest(index, path.join(shipped, 'documents'));
      await index.put([odd]);
    });

    test('what was deleted by hand is gone, wherever it first came from', async () => {
      await rm(documents('pbb.md'));
      const { index } = await open('kantor');
      expect(await ingest(index, documents())).toMatchObject({ removed: 1, unchanged: 2 });
      expect(await ids()).toEqual([odd.id, 'ppn']);
      await rm(documents(documentPath(odd.id)));
      const link = path.join(folder, 'link');
      await symlink(documents(), link, 'junction');
      expect(await ingest(index, link)).toMatchObject({ removed: 1, unchanged: 1 });
      expect(await ids()).toEqual(['ppn']);
    });

    test('what cannot be read this time stays, by whatever name its file goes', async () => {
      await writeFile(documents('pbb.md'), '\0');
      await writeFile(documents(documentPath(odd.id)), '\0');
      expect(await ingest((await open('kantor')).index, documents())).toMatchObject({ removed: 0, unchanged: 1, skipped: [{}, {}] });
      expect(await ids()).toEqual([odd.id, 'pbb', 'ppn']);
    });

    test('that includes two whose names some disks take for one', async () => {
      const [small, large] = ['a', 'A'].map((id) => ({ id, title: id, text: id }));
      await (await open('kantor')).index.put([small, large]);
      for (const id of ['a', 'A']) await writeFile(documents(hashedPath(id)), '\0');
      expect(await ingest((await open('kantor')).index, documents())).toMatchObject({ removed: 0, skipped: [{}, {}] });
      expect(await ids()).toHaveLength(5);
    });

    test('a folder beside it removes only what came from there', async () => {
      const beside = await mkdtemp(path.join(folder, 'beside-'));
      await writeFile(path.join(beside, 'baru.md'), 'Baru.');
      expect(await ingest((await open('kantor')).index, beside)).toMatchObject({ added: 1, removed: 0 });
      expect(await ids()).toHaveLength(4);
    });
  });

  test('an interrupted or empty run changes nothing', async () => {
    const { index } = await open();
    await write('documents/baru.md', 'Baru.');
    await expect(ingest(index, path.join(shipped, 'documents'), undefined, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
    expect(await index.documents()).toHaveLength(2);
    const empty = await mkdtemp(path.join(folder, 'empty-'));
    await expect(ingest(index, empty)).rejects.toThrow(/nothing to index/);
  });
});

import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BadInputError, DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { hashedEmbedder } from './hashed-embedder.fixture.ts';
import { openDocumentIndex } from './index.ts';

const ppn = { id: 'ppn', title: 'Tarif PPN', text: 'Tarif umum Pajak Pertambahan Nilai adalah 11%.', source: 'UU PPN Pasal 7' };
const ptkp = { id: 'ptkp', title: 'PTKP', text: 'Penghasilan Tidak Kena Pajak sebesar Rp54.000.000 setahun.' };
const pbb = { id: 'pbb', title: 'PBB', text: '# PBB\n\nPajak Bumi dan Bangunan dipungut atas tanah.' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'index-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (embedder = hashedEmbedder(), startFrom?: string) => openDocumentIndex({ folder, startFrom, embedder, abbreviations: { PPN: 'Pajak Pertambahan Nilai' } });
const found = async (index: ReturnType<typeof open>, question: string, limit = 5) => (await index.search(question, limit)).passages;

describe('searching', () => {
  test('returns passages with both scores, best first, at most as many as asked for', async () => {
    const index = open();
    await index.put([ppn, ptkp, pbb]);
    const passages = await found(index, 'Berapa tarif PPN?');
    expect(passages[0]).toMatchObject({ id: 'ppn#0', documentId: 'ppn', documentTitle: 'Tarif PPN', source: 'UU PPN Pasal 7', rank: 1, text: ppn.text });
    expect(passages[0].cosine).toBeGreaterThan(0.3);
    expect(passages[0].bm25).toBeGreaterThan(0);
    expect(passages.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    expect(await found(index, 'Berapa tarif PPN?', 2)).toHaveLength(2);
  });

  test('an empty index finds nothing; a missing one says how to make it', async () => {
    await expect(open().search('PPN', 3)).rejects.toThrow(MissingArtifactError);
    const index = open();
    await index.put([ppn]);
    expect(await index.remove(['ppn', 'tidak-ada'])).toMatchObject({ removed: 1 });
    expect(await found(index, 'PPN')).toEqual([]);
  });

  test('an index of another embedder is refused until it has been built again', async () => {
    await open(hashedEmbedder('old', 32)).put([ppn]);
    const index = open();
    await expect(index.search('PPN', 3)).rejects.toThrow(/made with the embedder old/);
    await index.put([ppn]);
    expect(await found(index, 'PPN')).toHaveLength(1);
  });
});

describe('changing', () => {
  test('the next question sees a changed, an added and a removed document', async () => {
    const index = open();
    await index.put([ppn, ptkp]);
    const before = await index.statistics();
    await index.put([{ ...ppn, text: 'Tarif umum PPN adalah 12%.' }, pbb]);
    expect((await found(index, 'tarif PPN'))[0].text).toBe('Tarif umum PPN adalah 12%.');
    expect((await found(index, 'bumi bangunan'))[0].documentId).toBe('pbb');
    await index.remove(['pbb']);
    expect((await found(index, 'bumi bangunan')).map(({ documentId }) => documentId)).not.toContain('pbb');
    expect((await index.statistics()).indexHash).not.toBe(before.indexHash);
    await index.put([ppn]);
    expect((await index.statistics()).indexHash).toBe(before.indexHash);
  });

  test('text that stays is not embedded again', async () => {
    const embedder = hashedEmbedder();
    const index = open(embedder);
    const body = (rate: string) => `## Tarif\n\nTarif ${rate}. ${'Kata pengisi. '.repeat(40)}\n\n## Objek\n\nBarang dan jasa. ${'Kata lain. '.repeat(40)}`;
    await index.put([{ ...ppn, text: body('11%') }, ptkp]);
    embedder.embedded.length = 0;
    expect(await index.put([{ ...ppn, text: body('12%') }, ptkp])).toMatchObject({ chunks: 3 });
    expect(embedder.embedded).toEqual([expect.stringContaining('Tarif 12%')]);
  });

  test('a document comes back as it was put, its origin kept when only the text changes', async () => {
    const index = open();
    await index.put([{ ...ppn, origin: 'folder' }]);
    await index.put([{ ...ppn, text: 'Baru.' }]);
    expect(await index.document('ppn')).toEqual({ ...ppn, text: 'Baru.', origin: 'folder' });
    expect(await index.document('tidak-ada')).toBeNull();
    expect(await index.documents()).toEqual([{ id: 'ppn', title: 'Tarif PPN', source: 'UU PPN Pasal 7', origin: 'folder', chunks: 1 }]);
  });

  test('a failed or aborted embedding changes nothing', async () => {
    const embedder = hashedEmbedder();
    const index = open(embedder);
    await index.put([ppn]);
    embedder.failure = new Error('no memory');
    await expect(index.put([{ ...ppn, text: 'Lain.' }])).rejects.toThrow('no memory');
    embedder.failure = null;
    await expect(index.put([ptkp], undefined, AbortSignal.abort())).rejects.toThrow(/abort/i);
    expect((await index.document('ppn'))!.text).toBe(ppn.text);
    expect(await index.documents()).toHaveLength(1);
  });

  test('two documents of one id, or one without text, are refused', async () => {
    const index = open();
    await expect(index.put([ppn, ppn])).rejects.toThrow(BadInputError);
    await expect(index.put([{ ...ppn, text: ' \n' }])).rejects.toThrow(/has no text/);
  });

  test('halves of characters, which no file can hold, are replaced: the index can be opened again', async () => {
    const half = '\udce9';
    await open().put([{ id: `a${half}`, title: `A${half}`, text: `Kaf${half} tutup. ${'Kata lain. '.repeat(300)}`, source: `S${half}`, origin: `O${half}`, replaces: [`b${half}`] }]);
    const index = open();
    expect(await index.document('a\ufffd')).toMatchObject({ title: 'A\ufffd', text: expect.stringContaining('Kaf\ufffd tutup.'), source: 'S\ufffd', origin: 'O\ufffd', replaces: ['b\ufffd'] });
    expect(await index.remove([`a${half}`])).toMatchObject({ removed: 1 });
    await index.put([{ ...ppn, title: 'Kafe 😀' }]);
    expect(await open().documents()).toMatchObject([{ title: 'Kafe 😀' }]);
  });

  test('an unchanged put leaves the file alone', async () => {
    const index = open();
    await index.put([ppn, ptkp]);
    const before = await stat(path.join(folder, 'index.pb'));
    await index.put([ptkp]);
    expect((await stat(path.join(folder, 'index.pb'))).ino).toBe(before.ino);
  });
});

describe('sharing', () => {
  test('a change by another process is seen by the next question', async () => {
    const reader = open();
    const writer = open();
    await writer.put([ppn]);
    expect(await found(reader, 'PPN')).toHaveLength(1);
    await writer.put([ptkp]);
    expect(await found(reader, 'PTKP')).toHaveLength(2);
    await reader.put([pbb]);
    expect((await writer.documents()).map(({ id }) => id)).toEqual(['pbb', 'ppn', 'ptkp']);
  });

  test('questions asked during changes see one whole state each', async () => {
    const embedder = hashedEmbedder();
    embedder.delayMs = 1;
    const [index, other] = [open(embedder), open(embedder)];
    const state = (round: number) => ['a', 'b', 'c'].map((id) => ({ id, title: id, text: `Putaran nomor ${1000 + round} dokumen ${id}.` }));
    await index.put(state(0));
    let writing = true;
    const write = async (through: typeof index, offset: number) => {
      for (let round = 1; round <= 15; round++) await through.put(state(round + offset));
    };
    const ask = async () => {
      for (let asked = 0; writing || asked < 10; asked++) {
        const rounds = (await found(index, 'putaran dokumen')).map(({ text }) => /\d+/.exec(text)![0]);
        expect(rounds).toHaveLength(3);
        expect(new Set(rounds).size).toBe(1);
      }
    };
    const questions = [ask(), ask()];
    await Promise.all([write(index, 0), write(other, 100)]);
    writing = false;
    await Promise.all(questions);
  });

  test('changes to a shipped index go to a copy', async () => {
    const shipped = await mkdtemp(path.join(tmpdir(), 'shipped-'));
    await openDocumentIndex({ folder: shipped, embedder: hashedEmbedder() }).put([ppn, ptkp]);
    const original = await readFile(path.join(shipped, 'index.pb'));
    const index = open(hashedEmbedder(), shipped);
    expect(await index.documents()).toHaveLength(2);
    await index.put([pbb]);
    expect(await index.documents()).toHaveLength(3);
    expect(await readFile(path.join(shipped, 'index.pb'))).toEqual(original);
    await rm(path.join(folder, 'index.pb'));
    expect(await index.documents()).toHaveLength(2);
    await rm(shipped, { recursive: true });
  });
});

describe('damage', () => {
  const file = () => path.join(folder, 'index.pb');
  test.each([
    ['empty', () => truncate(file(), 0)],
    ['cut short', async () => truncate(file(), Math.floor((await stat(file())).size * 0.6))],
    ['not an index', () => writeFile(file(), 'hello')],
    ['changed by a letter', async () => writeFile(file(), (await readFile(file(), 'latin1')).replaceAll('umum', 'umun'), 'latin1')],
  ])('an index that is %s is named, and can be mended', async (_name, damage) => {
    await open().put([ppn, ptkp]);
    await damage();
    const error = await open().search('PPN', 3).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DamagedArtifactError);
    expect((error as DamagedArtifactError).message).toContain(file());
    expect((error as DamagedArtifactError).remedy).toContain('npm run ingest');
  });
});

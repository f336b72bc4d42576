import { strFromU8, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { READING_LIMITS, UnreadableFile } from './limits.ts';
import { readZip } from './zip.ts';

const FILES = { 'documents/satu.md': 'Cuti dua belas hari. '.repeat(9), 'documents/dua.md': 'Gaji tanggal 25. '.repeat(9), 'documents/é.md': 'Tiga.' };
const ARCHIVES = {
  packed: zipSync(Object.fromEntries(Object.entries(FILES).map(([name, text]) => [name, strToU8(text)]))),
  stored: zipSync(Object.fromEntries(Object.entries(FILES).map(([name, text]) => [name, strToU8(text)])), { level: 0 }),
};
const filesIn = (bytes: Uint8Array) => Object.fromEntries(readZip(bytes, READING_LIMITS).map((entry) => [entry.name, strFromU8(entry.read())]));

describe.each(Object.entries(ARCHIVES))('a %s archive', (_kind, bytes) => {
  test('is read', () => expect(filesIn(bytes)).toEqual(FILES));

  test('is refused or read whole, whichever byte of it is damaged', () => {
    for (const mask of [0x01, 0x02, 0x4b, 0x80, 0xff]) {
      for (let at = 0; at < bytes.length; at++) {
        const damaged = Uint8Array.from(bytes);
        damaged[at] ^= mask;
        let read: unknown;
        try {
          read = filesIn(damaged);
        } catch (error) {
          if (!(error instanceof UnreadableFile)) throw error;
          continue;
        }
        expect(read, `byte ${at} ^ ${mask}`).toEqual(FILES);
      }
    }
  });

  test('is refused when its table of contents says less than it holds', () => {
    const fewer = Uint8Array.from(bytes);
    fewer[bytes.length - 22 + 8] = fewer[bytes.length - 22 + 10] = 2;
    expect(() => filesIn(fewer)).toThrow(/damaged: its table of contents/);
  });
});

/** The reason why it is refused. */
function whyOf(bytes: Uint8Array): unknown {
  try {
    filesIn(bytes);
  } catch (error) {
    return (error as UnreadableFile).why;
  }
}
/** With the bytes of one text in place of those of another, as long. */
const replaced = (bytes: Uint8Array, from: string, to: string) => Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(from, to), 'latin1'));

test('a file that is whole but packed in another way, or there twice, is not said to be damaged in itself', () => {
  const bytes = zipSync({ 'a.md': strToU8('Satu.'), 'b.md': strToU8('Dua.') }, { level: 0 });
  const xz = Uint8Array.from(bytes);
  // How it is packed is told in the table of contents.
  xz[Buffer.from(bytes).indexOf('PK\x01\x02', 'latin1') + 10] = 95;
  expect(whyOf(xz)).toEqual({ id: 'zip-packing', facts: { entry: 'a.md', method: 95 } });
  expect(whyOf(replaced(bytes, 'b.md', 'a.md'))).toEqual({ id: 'zip-twice', facts: { entry: 'a.md' } });
  expect(whyOf(replaced(bytes, 'Dua.', 'Tig.'))).toMatchObject({ id: 'zip-entry', facts: { entry: 'b.md' } });
});

test('folders are left out; one that holds bytes is damage', () => {
  const folders = (content: string) => zipSync({ 'documents/': strToU8(content), 'documents/satu.md': strToU8('Satu.') });
  expect(filesIn(folders(''))).toEqual({ 'documents/satu.md': 'Satu.' });
  expect(whyOf(folders('x'))).toEqual({ id: 'zip-folder', facts: { entry: 'documents/' } });
});

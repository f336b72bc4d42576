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

test('folders are left out; one that holds bytes is damage', () => {
  const folders = (content: string) => zipSync({ 'documents/': strToU8(content), 'documents/satu.md': strToU8('Satu.') });
  expect(filesIn(folders(''))).toEqual({ 'documents/satu.md': 'Satu.' });
  expect(() => filesIn(folders('x'))).toThrow(/damaged: "documents\/"/);
});

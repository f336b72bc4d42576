/** Nothing that a document says may be missing from what is searched: not a heading either. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHUNK_WORDS } from './blocks.ts';
import { chunkDocument, type Chunk } from './chunk.ts';

const WORKSPACES = path.resolve(import.meta.dirname, '../../models/workspaces');
const words = (text: string) => text.match(/\S+/g) ?? [];
const searched = (chunks: readonly Chunk[]) => chunks.map(({ headings, text }) => [...headings, text].join('\n'));
/** Whether chunks are slices in order that hold to the limit; the last one may have taken in what was too short. */
function expectSound(text: string, chunks: readonly Chunk[]): void {
  for (const [index, chunk] of chunks.entries()) {
    expect(text.slice(chunk.start, chunk.end)).toBe(chunk.text);
    expect(chunk.start).toBeGreaterThanOrEqual(chunks[index - 1]?.end ?? 0);
    expect(words(chunk.text).length).toBeLessThanOrEqual(CHUNK_WORDS.most + (index === chunks.length - 1 ? CHUNK_WORDS.leastAtEnd : 0));
  }
}

describe('no heading is lost', () => {
  test('when sections are joined', () => {
    const text = '# Cuti\n\n## Cuti tahunan\n\nDua belas hari setahun.\n\n## Cuti sakit\n\nLima hari.';
    expect(chunkDocument({ title: 'Cuti', text }).map(({ headings, text: slice }) => [headings, slice])).toEqual([[[], text.slice(text.indexOf('## Cuti tahunan'))]]);
  });

  test('when nothing stands under it', () => {
    const text = '# Kontak\n\nHubungi kami.\n\n## Telepon: 021-555123\n\n## Surel: halo@contoh.id';
    expect(chunkDocument({ title: 'Kontak', text }).map(({ text: slice }) => slice)).toEqual([text.slice(text.indexOf('Hubungi'))]);
  });

  test('when it is as long as a chunk', () => {
    const text = `# ${'judul '.repeat(140)}\n\n## ${'bagian '.repeat(140)}\n\nIsi.\n\n## Lain\n\nIsi.`;
    const chunks = chunkDocument({ title: '', text });
    expectSound(text, chunks);
    expect(searched(chunks).join('\n')).toContain('bagian '.repeat(140).trim());
  });

  const files = readdirSync(WORKSPACES).flatMap((workspace) => readdirSync(path.join(WORKSPACES, workspace, 'documents')).map((file) => path.join(workspace, 'documents', file)));
  test.each(files)('%s', (file) => {
    const [, title = '', text = ''] = /^---\n.*?^title: (.*?)$.*?^---\n(.*)$/ms.exec(readFileSync(path.join(WORKSPACES, file), 'utf8')) ?? [];
    expect(text).not.toBe('');
    const chunks = chunkDocument({ title, text });
    expectSound(text, chunks);
    const found = [title, ...searched(chunks)];
    const lost = [...text.matchAll(/^#{1,6} (.*?)\s*$/gm)].map(([, heading]) => heading).filter((heading) => !found.some((one) => one.includes(heading)));
    expect(lost).toEqual([]);
  });

  test('in random documents, nor any other word', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const text = randomDocument(seed);
      const chunks = chunkDocument({ title: 'Judul', text });
      expectSound(text, chunks);
      const found = new Set(searched(chunks).flatMap(words));
      expect({ seed, lost: words(text).filter((word) => /\d/.test(word) && !found.has(word)) }).toEqual({ seed, lost: [] });
    }
  });
});

/** Headings of any level and paragraphs of any length in any order; no word comes twice. */
function randomDocument(seed: number): string {
  let state = seed;
  const below = (limit: number) => ((state = (state * 48271) % 2147483647) % limit);
  let last = 0;
  const some = (count: number) => Array.from({ length: count }, () => `kata${++last}${below(12) ? '' : '.'}`).join(' ');
  const parts = [
    () => `${'#'.repeat(1 + below(4))} ${some(1 + below(8))}`,
    () => some(1 + below(40)),
    () => some(1 + below(below(6) ? 60 : 400)),
    () => `Pasal ${++last}`,
    () => Array.from({ length: 1 + below(30) }, () => `${some(1 + below(4))} | ${some(1 + below(6))}`).join('\n'),
  ];
  return Array.from({ length: 1 + below(14) }, () => parts[below(parts.length)]()).join(below(2) ? '\n\n' : '\n');
}

import { getRouteMatcher } from 'next/dist/shared/lib/router/utils/route-matcher.js';
import { getRouteRegex } from 'next/dist/shared/lib/router/utils/route-regex.js';
import { describe, expect, test } from 'vitest';
import { BadInputError } from '@/lib/system/errors.ts';
import { documentId, parseChange } from './document.ts';

const match = getRouteMatcher(getRouteRegex('/api/documents/[...id]'));
/** As the route is told of it: Next parts and decodes the address before. */
const idIn = (address: string) => documentId({ params: Promise.resolve(match(address) as { id: string[] }) });
const inSegments = (id: string) => `/api/documents/${id.split('/').map(encodeURIComponent).join('/')}`;
const asOneSegment = (id: string) => `/api/documents/${encodeURIComponent(id)}`;

describe('the id in an address', () => {
  test.each(['ppn-tarif', 'sdm/cuti', 'Diskon 50%', 'a%20b', 'a%2Fb', 'a%252Fb', 'kafé/😀?#&', 'surat\\2024\\1', 'x'.repeat(400)])('%s is read as it was written, whole or in segments', async (id) => {
    expect(await idIn(asOneSegment(id))).toBe(id);
    expect(await idIn(inSegments(id))).toBe(id);
  });

  test.each(['https://contoh.id/cuti', '/cuti', 'cuti/', 'a//b'])('%s, with nothing between two slashes, is read from one segment', async (id) => expect(await idIn(asOneSegment(id))).toBe(id));

  test.each(['../package', 'a/..', './a', 'a\0', 'a\nb', 'x'.repeat(401)])('%j is refused', async (id) => {
    await expect(idIn(asOneSegment(id))).rejects.toThrow(BadInputError);
  });
});

describe('a change', () => {
  test('is a text, with a title or without', () => {
    expect(parseChange({ text: 'Cafe\u0301 😀' })).toEqual({ text: 'Café 😀' });
    expect(parseChange({ text: 'Isi.', title: ' Judul ' })).toEqual({ text: 'Isi.', title: 'Judul' });
  });

  test.each<[unknown, RegExp]>([
    [{ text: ' ' }, /"text" is missing or empty/],
    [{ text: 'x', title: '' }, /"title" is missing or empty/],
    [null, /"body" is missing/],
    [{ text: 'caf\udce9 tutup' }, /"text" holds half of a character/],
    [{ text: 'Isi.', title: '\ud83d' }, /"title" holds half of a character/],
    [{ text: 'Isi\0.' }, /"text" holds the character U\+0000/],
  ])('%j is refused', (body, reason) => expect(() => parseChange(body)).toThrow(reason));
});

import { describe, expect, it } from 'vitest';
import { skipReasonText, type SkippedDocument, type SkipReason } from '@/lib/messages/skipped.ts';
import { problemText } from './problems.ts';
import { skippedText } from './skipped.ts';

const skipped = (file: string, why: SkipReason): SkippedDocument => ({ file, reason: skipReasonText(why), why });

describe('why a file was left out', () => {
  it.each<[SkipReason, string, string]>([
    [{ id: 'locked', facts: {} }, 'dikunci dengan kata sandi', 'locked with a password'],
    [{ id: 'too-many-pages', facts: { pages: 2_500, limit: 2_000 } }, 'berisi 2.500 halaman; paling banyak 2.000', 'has 2500 pages; 2000 are taken'],
    [{ id: 'scanned', facts: { pages: 1 } }, 'hasil pindaian: halamannya berupa gambar tanpa teks; kenali dulu teksnya (OCR)', 'scanned: its page is a picture without text; recognise the text first (OCR)'],
    [{ id: 'takes-too-long', facts: { seconds: 0.5 } }, 'perlu lebih dari 0,5 detik untuk dibaca', 'takes longer than 0.5 s to read'],
    [{ id: 'damaged', facts: { cause: 'Invalid PDF structure.' } }, 'rusak, atau isinya tidak sesuai dengan ekstensi namanya', 'damaged: Invalid PDF structure.'],
    [{ id: 'not-zip', facts: {} }, 'rusak: bukan arsip ZIP, atau tidak utuh', 'damaged: not a ZIP archive, or not a whole one'],
    [{ id: 'zip-entry', facts: { entry: 'word/document.xml', cause: 'is not what its checksum says' } }, 'rusak: "word/document.xml" di dalamnya tidak utuh', 'damaged: "word/document.xml" is not what its checksum says'],
    [{ id: 'zip-packing', facts: { entry: 'a.md', method: 12 } }, '"a.md" di dalamnya dikemas dengan cara yang tidak dikenal; kemas ulang sebagai ZIP biasa', '"a.md" is packed in a way that is not known (12); pack it again as an ordinary ZIP'],
    [{ id: 'zip-twice', facts: { entry: 'a.md' } }, 'rusak: "a.md" ada dua kali di dalamnya', 'damaged: "a.md" stands in it twice'],
    [{ id: 'zip-folder', facts: { entry: 'a/' } }, 'rusak: "a/" di dalamnya adalah folder, tetapi berisi data', 'damaged: "a/" is a folder that holds bytes'],
    [{ id: 'broke-off', facts: { cause: 'its reader ended' } }, 'rusak: pembacaannya terhenti di tengah jalan', 'damaged: reading it broke off (its reader ended)'],
  ])('is told in the language of the page: %j', (why, indonesian, english) => {
    expect([skippedText(skipped('a.pdf', why), 'id'), skippedText(skipped('a.pdf', why), 'en')]).toEqual([indonesian, english]);
  });

  it('keeps the server’s words where it has none of its own', () => {
    expect(skippedText({ file: 'a.pdf', reason: 'out of ink', why: { id: 'ink', facts: {} } as unknown as SkipReason }, 'id')).toBe('out of ink');
  });

  it('is told where nothing could be read too', () => {
    const files = [skipped('a.pdf', { id: 'damaged', facts: { cause: 'Invalid PDF structure.' } }), skipped('b.md', { id: 'empty', facts: {} })];
    const problem = { code: 'bad-input', message: 'None of the documents can be read: ….', detail: { id: 'documents-unreadable', facts: { skipped: files } } } as const;
    expect(problemText(problem, 'id')).toEqual({ message: 'Tidak ada dokumen yang dapat dibaca: a.pdf (rusak, atau isinya tidak sesuai dengan ekstensi namanya), b.md (kosong).', remedy: 'Pilih berkas Markdown, teks, HTML, PDF, atau DOCX.' });
    expect(problemText(problem, 'en').message).toBe('None of the documents can be read: a.pdf (damaged: Invalid PDF structure.), b.md (empty).');
    expect(problemText({ ...problem, detail: { id: 'documents-unreadable', facts: { skipped: [] } } }, 'id').message).toBe('Tidak ada dokumen yang dapat dibaca.');
  });
});

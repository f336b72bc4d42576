import { describe, expect, it } from 'vitest';
import { citedPieces, locate, locateSupport, markedPieces } from './pieces.ts';

const support = (start: number, end: number, passageId = 'p') => ({ passageId, answer: { start, end }, passage: { start: 0, end: 1 }, overlap: 1 });

describe('citedPieces', () => {
  it('cuts after each supported sentence and loses nothing', () => {
    const text = 'Satu. Dua. Tiga.';
    const pieces = citedPieces(text, [support(6, 10), support(0, 5), support(0, 5, 'q')]);
    expect(pieces.map((piece) => [piece.text, piece.supports.length])).toEqual([['Satu.', 2], [' Dua.', 1], [' Tiga.', 0]]);
  });
  it('ignores offsets beyond the text', () => {
    expect(citedPieces('Satu.', [support(0, 99)])).toEqual([{ text: 'Satu.', supports: [] }]);
    expect(citedPieces('', [])).toEqual([{ text: '', supports: [] }]);
  });
});

describe('markedPieces', () => {
  it.each([
    [[{ start: 2, end: 4 }], 'ab[cd]ef'],
    [[{ start: 3, end: 5 }, { start: 0, end: 4 }], '[abcd][e]f'],
    [[{ start: -5, end: 1 }, { start: 5, end: 99 }], '[a]bcde[f]'],
    [[{ start: 4, end: 2 }], 'abcdef'],
    [[], 'abcdef'],
  ])('%j', (ranges, expected) => {
    expect(markedPieces('abcdef', ranges).map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join('')).toBe(expected);
  });
});

describe('locateSupport', () => {
  const document = '# PPN\n\nTarifnya tetap. Ekspor bebas.\n\n## Kini\n\nSejak 2025  tarifnya lain.\nTarifnya tetap. Jasa juga. Tarifnya tetap.\n';
  const passage = 'Kini\nSejak 2025 tarifnya lain. Tarifnya tetap. Jasa juga. Tarifnya tetap.';
  const sentenceAt = (start: number) => ({ start, end: start + 'Tarifnya tetap.'.length });
  const first = passage.indexOf('Tarifnya');
  const last = passage.lastIndexOf('Tarifnya');

  it('finds a sentence that occurs more than once where the passage has it', () => {
    expect(locateSupport(document, passage, sentenceAt(first)).sentence).toEqual(sentenceAt(document.indexOf('Tarifnya', document.indexOf('Kini'))));
    expect(locateSupport(document, passage, sentenceAt(last))).toEqual({
      passage: { start: document.indexOf('Kini'), end: document.trimEnd().length },
      sentence: sentenceAt(document.lastIndexOf('Tarifnya')),
    });
  });
  it('finds the first sentence of a passage, and none where none supports', () => {
    expect(locateSupport(document, 'Tarifnya tetap. Ekspor bebas.', sentenceAt(0)).sentence).toEqual(sentenceAt(document.indexOf('Tarifnya')));
    expect(locateSupport(document, passage, null)).toEqual({ passage: { start: document.indexOf('Kini'), end: document.trimEnd().length }, sentence: null });
  });
  it('finds the sentence alone when the passage has changed, and nothing when that has too', () => {
    const changed = document.replace('Jasa juga', 'Barang juga');
    const { passage: range, sentence } = locateSupport(changed, passage, sentenceAt(last));
    expect(sentence).toEqual(sentenceAt(changed.indexOf('Tarifnya')));
    expect(range).toEqual(sentence);
    expect(locateSupport('Lain sama sekali.', passage, sentenceAt(last))).toEqual({ passage: null, sentence: null });
  });
});

describe('locate', () => {
  const document = '# PPN\n\n## Tarif\n\nTarif PPN adalah  12\npersen. Ekspor 0 persen.\n';
  it('finds a passage whose white space and heading signs have changed', () => {
    const range = locate(document, 'Tarif PPN adalah 12 persen.')!;
    expect(document.slice(range.start, range.end)).toBe('Tarif PPN adalah  12\npersen.');
    const across = locate(document, 'Tarif\nTarif PPN')!;
    expect(document.slice(across.start, across.end)).toBe('Tarif\n\nTarif PPN');
  });
  it('is null when the words are no longer there', () => {
    expect(locate(document, 'Tarif PPN adalah 11 persen.')).toBeNull();
    expect(locate(document, ' – ')).toBeNull();
    expect(locate('', 'PPN')).toBeNull();
  });
});

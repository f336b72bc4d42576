import { describe, expect, it } from 'vitest';
import { CitationStream, citation, splitCitation } from './citation.ts';

describe('cutting the citation from an answer', () => {
  it.each([
    ['12% [2]', '12%', 2],
    ['Tarifnya 12%. [1]', 'Tarifnya 12%.', 1],
    ['Tarifnya 12% [1].', 'Tarifnya 12%.', 1],
    ['Tarifnya 12%. [2].', 'Tarifnya 12%.', 2],
    ['12%[3]\n', '12%', 3],
    ['Ya, benar! [1] [2]', 'Ya, benar!', 1],
    ['Tidak ada jawabannya dalam dokumen.', 'Tidak ada jawabannya dalam dokumen.', null],
    ['12% [9]', '12%', null],
    ['12% [0]', '12%', null],
    ['[1]', '', 1],
    ['', '', null],
    ['Edisi kedua [1998]', 'Edisi kedua [1998]', null],
    ['Menurut [1] tarifnya 12%', 'Menurut [1] tarifnya 12%', null],
    ['Kurung [a]', 'Kurung [a]', null],
  ])('%j', (answer, text, cited) => {
    expect(splitCitation(answer, 4)).toEqual({ text, cited });
  });

  it('reads what training writes', () => {
    for (const number of [1, 7, 12]) expect(splitCitation(`Rp54.000.000${citation(number)}`)).toEqual({ text: 'Rp54.000.000', cited: number });
  });
});

describe('while the answer is being written', () => {
  const answers = ['12% [2]', ' Tarifnya 12%. [1]', 'Tarifnya 12% [1].', 'Ya [1] [2]', 'Ya [1] lalu [2] begitu', 'Edisi [1998] lama', 'satu [1', 'dua [12]. ', 'a [] b', '[1]', '', 'Pasal 7 ayat (1) [3] ', 'x [1].[2', 'x [1]. Lalu y. [2].'];
  const pieces = (answer: string, size: number): string[] => Array.from({ length: Math.ceil(answer.length / size) }, (_, index) => answer.slice(index * size, (index + 1) * size));

  it.each(answers)('shows of %j what is left in the end, whatever the pieces', (answer) => {
    for (const size of [1, 2, 3, 5, 100]) {
      const stream = new CitationStream(4);
      const shown = pieces(answer, size).map((piece) => stream.push(piece)).join('');
      const rest = stream.finish();
      expect({ text: shown + rest.text, cited: rest.cited }).toEqual(splitCitation(answer, 4));
    }
  });

  it('holds back only what may become a citation', () => {
    const stream = new CitationStream(2);
    expect(stream.push('Tarif')).toBe('Tarif');
    expect(stream.push(' adalah 12%')).toBe(' adalah 12%');
    expect(stream.push(' [')).toBe('');
    expect(stream.push('19')).toBe('');
    expect(stream.push('98]')).toBe(' [1998]');
    expect(stream.push(' [2')).toBe('');
    expect(stream.push(']')).toBe('');
    expect(stream.finish()).toEqual({ text: '', cited: 2 });
  });
});

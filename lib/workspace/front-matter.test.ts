import { describe, expect, it } from 'vitest';
import { splitFrontMatter, validityFields } from './front-matter.ts';

describe('what stands between two rules at the top', () => {
  it.each([
    ['paragraphs', '---\n\nPERJANJIAN KERJA\n\nUpah pokok Rp5.000.000 sebulan.\n\n---\n\nLampiran'],
    ['a heading', '---\n\n# Perjanjian kerja\n\n---\n\nLampiran'],
    ['a heading and text that begins like a field', '---\n# Upah\nUpah pokok: Rp5.000.000 sebulan.\n---\nLampiran'],
    ['a list', '---\n- Upah pokok\n- Tunjangan\n---\nLampiran'],
    ['fields and then a sentence', '---\ntitle: Upah\nUpah pokok Rp5.000.000 sebulan.\n---\nLampiran'],
    ['a list below a field that has a value', '---\nUpah: Rp5.000.000\n- dibayar tanggal 25\n---\nLampiran'],
    ['text that is set in', '---\n    Upah pokok\n---\nLampiran'],
  ])('stays text when it is %s', (_name, content) => {
    expect(splitFrontMatter(content)).toEqual({ fields: {}, data: '', body: content });
  });

  it('is front matter when it is nothing', () => expect(splitFrontMatter('---\n\n---\nIsi')).toEqual({ fields: {}, data: '', body: 'Isi' }));

  it('is front matter with values over several lines, which stay readable', () => {
    expect(splitFrontMatter('---\n# about\ntitle: Upah\nsummary: >\n  Upah pokok\n\n  dan tunjangan.\nnote: satu\n  dua\n---\nIsi')).toEqual({
      fields: { title: 'Upah', note: 'satu' },
      data: 'summary: >\n  Upah pokok\n\n  dan tunjangan.\n\nnote: satu\n  dua',
      body: 'Isi',
    });
  });
});

describe('a value', () => {
  it('may have a comment behind its quotation marks', () => {
    expect(splitFrontMatter('---\ntitle: "Cuti #1"\nsource: "UU 13/2003"  # law\n---\nIsi').fields).toEqual({ title: 'Cuti #1', source: 'UU 13/2003' });
  });

  it('that holds a row of spaces takes no time', () => {
    const [started, gap] = [performance.now(), ' '.repeat(50_000)];
    expect(splitFrontMatter(`---\ntitle: a${gap}b\n---\nIsi`).fields.title).toHaveLength(gap.length + 2);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('what front matter says of time', () => {
  it('is a date or a year, a status, and the documents it replaces', () => {
    const { fields } = splitFrontMatter('---\ntitle: Leave\ndate: 2024\nstatus: Revoked\nreplaces: "leave-2020, leave-2022"\n---\nText');
    expect(validityFields(fields)).toEqual({ date: '2024-01-01', status: 'revoked', replaces: ['leave-2020', 'leave-2022'] });
    expect(validityFields({ date: '2024-03-31', replaces: ['a'] })).toEqual({ date: '2024-03-31', replaces: ['a'] });
  });

  it('is passed over where it cannot be read', () => {
    expect(validityFields({ date: 'last spring', status: 'maybe', replaces: ' , ' })).toEqual({});
    expect(validityFields({})).toEqual({});
  });
});

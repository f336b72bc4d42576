import { describe, expect, it } from 'vitest';
import { holds, validities, yearsNamed } from './validity.ts';

const chunk = (id: string, date?: string, more: object = {}) => ({ id, documentId: id.split('#')[0], date, provision: undefined, explains: undefined, work: undefined, status: undefined, replaces: undefined, ...more });

describe('validity', () => {
  it('of an article ends when a newer document states it again; an explanation ends none', () => {
    const found = validities([
      chunk('a#0', '1990-01-01', { provision: 'uu/1/1990#7' }),
      chunk('b#0', '2001-01-01', { provision: 'uu/1/1990#7' }),
      chunk('b#1', '2001-01-01', { provision: 'uu/1/1990#8', explains: true }),
      chunk('a#1', '1990-01-01', { provision: 'uu/1/1990#8' }),
    ]);
    expect([...found.values()].map(({ until }) => until)).toEqual(['2001-01-01', null, null, null]);
  });

  it('of everything in a document and of what amends it ends with what replaces it', () => {
    const found = validities([
      chunk('law#0', '1990-01-01', { work: 'uu/1/1990', provision: 'uu/1/1990#1' }),
      chunk('amendment#0', '2001-01-01', { work: 'uu/2/2001', provision: 'uu/1/1990#2' }),
      chunk('new#0', '2020-06-01', { work: 'uu/9/2020', replaces: ['uu/1/1990'] }),
    ]);
    expect(['law#0', 'amendment#0', 'new#0'].map((id) => found.get(id)!.until)).toEqual(['2020-06-01', '2020-06-01', null]);
  });

  it('is told by a person: by id, or by a status without a date', () => {
    const found = validities([chunk('handbook-2023#0'), chunk('handbook-2024#0', '2024-01-01', { replaces: ['handbook-2023'] }), chunk('memo#0', '2020-01-01', { status: 'revoked' }), chunk('note#0')]);
    expect(found.get('handbook-2023#0')).toEqual({ from: null, until: '2024-01-01' });
    expect(holds(found.get('memo#0')!, { day: '2026-01-01' })).toBe(false);
    expect(found.has('note#0')).toBe(false);
  });

  it('is asked about on a day or anywhere in a year', () => {
    const validity = { from: '2009-01-01', until: '2022-04-01' };
    expect([2008, 2009, 2021, 2022, 2023].map((year) => holds(validity, { year }))).toEqual([false, true, true, true, false]);
    expect(['2008-12-31', '2009-01-01', '2022-03-31', '2022-04-01'].map((day) => holds(validity, { day }))).toEqual([false, true, true, false]);
  });

  it('reads years, not amounts or parts of numbers', () => {
    expect(yearsNamed('Berapa tarif tahun 2010, dan menurut UU 36/2008?')).toEqual([2010, 2008]);
    expect(yearsNamed('Upah Rp2.000.000 atau 19900 atau 1.995,50')).toEqual([]);
  });
});

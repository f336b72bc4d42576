import { describe, expect, it } from 'vitest';
import { seededRandom } from '../finetune/random.ts';
import { drawParts, passagesKey } from './reader-draw.ts';
import { readerRow, untitled, type ReaderRow } from './reader-row.ts';

/** Thirty passages, fifteen of each kind, with two questions they answer and two they do not. */
const rows: ReaderRow[] = Array.from({ length: 30 }, (_, index) => untitled(`${index % 2 ? 'law' : 'tale'} ${index}`)).flatMap((passage) =>
  [0, 1, 2, 3].map((question) => readerRow(`Question ${question} of ${passage.text}?`, 'yes', 'en', [passage], question < 2 ? passage : null)));
const kindOf = ([{ passages: [{ text }] }]: readonly ReaderRow[]): string => text.split(' ')[0];
const draw = (quotas: Record<string, { answered: number; refused: number }>, without: ReadonlySet<string> = new Set()): ReaderRow[][] => drawParts(rows, kindOf, new Map(Object.entries(quotas)), without, 2, seededRandom(3));
const refused = (of: readonly ReaderRow[]): number => of.filter(({ answer }) => answer.startsWith('The documents')).length;

describe('drawing parts', () => {
  it('keeps to the quota of every kind, over all parts', () => {
    const drawn = draw({ law: { answered: 20, refused: 5 }, tale: { answered: 8, refused: 0 } }).flat();
    const of = (kind: string): ReaderRow[] => drawn.filter((row) => kindOf([row]) === kind);
    expect([of('law').length - refused(of('law')), refused(of('law'))]).toEqual([20, 5]);
    expect([of('tale').length - refused(of('tale')), refused(of('tale'))]).toEqual([8, 0]);
  });

  it('keeps all questions of a passage in one part, and shares passages evenly', () => {
    const parts = draw({ law: { answered: 20, refused: 10 }, tale: { answered: 20, refused: 10 } });
    const [one, other] = parts.map((part) => new Set(part.map(passagesKey)));
    expect([one.size, other.size]).toEqual([10, 10]);
    expect([...one].filter((passage) => other.has(passage))).toEqual([]);
  });

  it('leaves out passages seen before and kinds not asked for, and takes what there is where there is less than the quota', () => {
    const seen = new Set(rows.slice(0, 48).map(passagesKey));
    const drawn = draw({ law: { answered: 1000, refused: 1000 } }, seen).flat();
    expect(drawn).toHaveLength(9 * 4);
    expect(drawn.every((row) => kindOf([row]) === 'law' && !seen.has(passagesKey(row)))).toBe(true);
  });

  it('takes what is asked in one language only, where a quota names it', () => {
    const mixed = rows.filter(({ answer }) => answer.startsWith('yes')).map((row, index) => (index % 2 ? { ...row, language: 'id' as const } : row));
    const [drawn] = drawParts(mixed, kindOf, new Map([['law', { answered: 100, refused: 0, language: 'id' as const }]]), new Set(), 1, seededRandom(3));
    expect(drawn).toHaveLength(15);
    expect(drawn.every(({ language }) => language === 'id')).toBe(true);
  });

  it('draws the same with the same seed', () => {
    expect(draw({ law: { answered: 6, refused: 2 } })).toEqual(draw({ law: { answered: 6, refused: 2 } }));
  });
});

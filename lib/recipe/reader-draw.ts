/** Parts of the reader's rows for runs that are averaged afterwards: each run sees other passages, with all questions drawn of a passage in one run. */
import type { Language } from '../answer/events.ts';
import { groupBy } from '../evaluate/group-by.ts';
import { shuffled, type Random } from '../finetune/random.ts';
import { isRefused, type ReaderRow } from './reader-row.ts';

/** How many answered and how many refused rows of a kind are drawn, over all parts together; of questions in `language` only, where it is given. */
export interface Quota { readonly answered: number; readonly refused: number; readonly language?: Language }

export const passagesKey = ({ passages }: ReaderRow): string => JSON.stringify(passages.map(({ text }) => text));

/**
 * Draws `parts` lists of rows: of each kind passages in random order, with all their answered questions and so many refused ones as keep to
 * the kind's quota, dealt out in turn, shuffled. `kindOf` is given all rows of a passage. Passages in `without`, and of kinds without a quota, are left
 * out; fewer than the quota come where there are fewer.
 */
export function drawParts(rows: readonly ReaderRow[], kindOf: (ofPassage: readonly ReaderRow[]) => string | undefined, quotas: ReadonlyMap<string, Quota>, without: ReadonlySet<string>, parts: number, random: Random): ReaderRow[][] {
  const kinds = groupBy(groupBy(rows.filter((row) => !without.has(passagesKey(row))), passagesKey).values(), kindOf);
  const drawn: ReaderRow[][][] = Array.from({ length: parts }, () => []);
  let turn = 0;
  for (const [kind, { answered, refused, language }] of quotas) {
    let [withAnswer, inVain] = [0, 0];
    for (const all of shuffled(kinds.get(kind) ?? [], random)) {
      if (withAnswer >= answered) break;
      const group = all.filter((row) => !language || row.language === language);
      const answers = group.filter((row) => !isRefused(row));
      withAnswer += answers.length;
      const wanted = Math.max(0, Math.round((withAnswer * refused) / answered) - inVain);
      const refusals = shuffled(group.filter(isRefused), random).slice(0, wanted);
      inVain += refusals.length;
      drawn[turn++ % parts].push([...answers, ...refusals]);
    }
  }
  return drawn.map((groupsOfPart) => shuffled(groupsOfPart, random).flat());
}

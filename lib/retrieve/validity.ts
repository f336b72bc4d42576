/**
 * When what a chunk says holds. A chunk ends when a newer document states its article again, when a document replaces the one
 * it stands in (or, for a restated article, the law it belongs to), or when its document says it is revoked.
 */
import type { ChunkRecord } from './records.ts';

export interface Validity {
  /** ISO date; `null` when the document names none: it counts as always. */
  readonly from: string | null;
  /** ISO date of the first day on which it holds no longer; `null` when it holds on. */
  readonly until: string | null;
}

/** Ended, nobody says when. */
const SOMETIME = '0000-00-00';

type Dated = Pick<ChunkRecord, 'id' | 'documentId' | 'provision' | 'explains' | 'work' | 'date' | 'status' | 'replaces'>;

/** Validity by chunk id; chunks that say nothing of time and that nothing replaces are left out: they always hold. */
export function validities(records: Iterable<Dated>): ReadonlyMap<string, Validity> {
  const all = [...records];
  const replacedOn = new Map<string, string>();
  const statedOn = new Map<string, Set<string>>();
  for (const { replaces, date, provision, explains } of all) {
    for (const work of replaces ?? []) replacedOn.set(work, earliest(replacedOn.get(work), date ?? SOMETIME));
    if (provision && date && !explains) statedOn.set(provision, (statedOn.get(provision) ?? new Set()).add(date));
  }
  const found = new Map<string, Validity>();
  for (const { id, documentId, work, provision, date, status } of all) {
    const restated = provision && date ? [...(statedOn.get(provision) ?? [])].filter((other) => other > date).sort()[0] : undefined;
    const law = provision?.split('#')[0];
    const ends = [restated, replacedOn.get(documentId), work && replacedOn.get(work), law && replacedOn.get(law), provision && replacedOn.get(provision)];
    // Revoked before it began is never in force: a law is not ended by what came before it.
    const until = ends.filter((end): end is string => !!end && (end === SOMETIME || !date || end > date)).sort()[0] ?? (status === 'revoked' ? SOMETIME : null);
    if (date || until) found.set(id, { from: date ?? null, until });
  }
  return found;
}

/** Whether it holds at some time in a year, or on a day (`2026-01-01`). */
export function holds({ from, until }: Validity, when: { readonly year: number } | { readonly day: string }): boolean {
  if ('day' in when) return (from === null || from <= when.day) && (until === null || until > when.day);
  const [first, last] = [`${when.year}-01-01`, `${when.year}-12-31`];
  return (from === null || from <= last) && (until === null || until === SOMETIME || until > first);
}

const NAMED_YEAR = /(?<![\d.,])(1[89]\d{2}|20\d{2}|21\d{2})(?!\d|[.,]\d)/g;

/** Years a question names, e.g. "tahun 2010", in their order. */
export const yearsNamed = (question: string): number[] => [...new Set([...question.matchAll(NAMED_YEAR)].map((match) => Number(match[1])))];

/** "pada tahun 2010", "in 2010", "1996"; not the year of a regulation: "36/2008", "Nomor 36 Tahun 2008". */
const YEAR_PHRASE = /(?<!\d\s*\/\s*|\d\s+(?:tahun|year)\s+|\d\s+)(?:(?:pada|di|dalam|in|for|during|menurut)\s+)?(?:(?:tahun|year)\s+)?(?<![\d.,/])(?:1[89]\d{2}|20\d{2}|21\d{2})(?!\d|[.,]\d)/giu;

/** A question without the years it names: they say when, and as search terms would find every law of that year. */
export const withoutYears = (question: string): string => question.replace(YEAR_PHRASE, ' ').replace(/\s+/g, ' ').trim();

const earliest = (one: string | undefined, other: string): string => (one !== undefined && one < other ? one : other);

/** One question over one snapshot: both searches, fused by rank, what holds at the time asked about before what does not. */
import type { Passage } from '../answer/passage.ts';
import { expandAbbreviations, expandGlossary, type Abbreviations, type Glossary } from './abbreviations.ts';
import { fuseRanks } from './fuse.ts';
import { preferenceFor } from './preference.ts';
import type { ChunkRecord } from './records.ts';
import type { Snapshot } from './snapshot.ts';
import { holds, withoutYears, yearsNamed, type Validity } from './validity.ts';

/** Each search offers this many candidates to the fusion, or five times what is asked for. */
const CANDIDATES = 50;
/** What the score of a passage is multiplied by that does not hold at the time asked about. */
const NOT_IN_FORCE = 0.5;

export interface Asked {
  /** What was asked, without the years where they only say when. */
  readonly topic: string;
  /** The topic with abbreviations spelled out and foreign or everyday terms translated: what both searches look for. */
  readonly expanded: string;
  /** Years asked about; none means today. */
  readonly years: readonly number[];
}

/** @param timed whether anything in the index says when it holds; otherwise a year is a search term like any other. */
export function readQuestion(question: string, timed: boolean, abbreviations: Abbreviations = {}, glossary: Glossary = {}): Asked {
  const years = timed ? yearsNamed(question) : [];
  const topic = (years.length > 0 && withoutYears(question)) || question;
  return { topic, expanded: expandAbbreviations(expandGlossary(topic, glossary), abbreviations), years };
}

export interface Found {
  readonly id: string;
  readonly score: number;
  readonly cosine: number | null;
  readonly bm25: number | null;
}

/**
 * Best first, at most `limit`. Nothing is awaited before the words are searched, so a snapshot whose words may change later will do.
 * @param vector of `asked.expanded`; the words are searched while it is being made.
 * @param day ISO date that counts as now.
 */
export async function searchSnapshot(snapshot: Pick<Snapshot, 'words' | 'matrix' | 'validity' | 'preferences' | 'trustInMeaning'>, asked: Asked, vector: ArrayLike<number> | PromiseLike<ArrayLike<number>>, day: string, limit: number): Promise<Found[]> {
  const { topic, expanded, years } = asked;
  const depth = Math.max(CANDIDATES, limit * 5);
  // In force is group 0, the rest 1: each has its own candidates, or old versions of one article would crowd the new one out.
  const groupOf = (id: string): 0 | 1 => {
    if (snapshot.validity.size === 0) return 0;
    const validity = snapshot.validity.get(id);
    if (!validity) return 0;
    return (years.length ? years.some((year) => holds(validity, { year })) : holds(validity, { day })) ? 0 : 1;
  };
  const byWords = snapshot.words.searchAll(topic, depth, groupOf, { weightOf: preferenceFor(topic, snapshot.preferences), expanded });
  // Words that few documents have cannot tell which is right; squaring lets a question in another language than most count on meaning.
  const trustInWords = snapshot.words.coverage(topic) ** 2;
  const byMeaning = await snapshot.matrix.searchAll(await vector, depth, groupOf);
  const bm25 = new Map(byWords.flat().map(({ id, score }) => [id, score]));
  const cosine = new Map(byMeaning.flat().map(({ id, score }) => [id, score]));
  const fused = [1, NOT_IN_FORCE].flatMap((factor, group) =>
    fuseRanks([
      { ids: (byMeaning[group] ?? []).map(({ id }) => id), weight: snapshot.trustInMeaning },
      { ids: (byWords[group] ?? []).map(({ id }) => id), weight: trustInWords },
    ]).map(({ id, score }) => ({ id, score: score * factor, cosine: cosine.get(id) ?? null, bm25: bm25.get(id) ?? null })),
  );
  // Sorting is stable: among equals, what is in force comes first.
  return fused.sort((a, b) => b.score - a.score).slice(0, limit);
}

/** A chunk as an answer's passage. */
export function passageOf(record: ChunkRecord, validity: Validity | undefined, found: Pick<Passage, 'rank' | 'score' | 'cosine' | 'bm25'>): Omit<Passage, 'used'> {
  const { id, documentId, documentTitle, headings, text, source, provision } = record;
  return { id, documentId, documentTitle, headings, text, source, ...found, ...(provision && { provision }), ...(validity && { validity }) };
}

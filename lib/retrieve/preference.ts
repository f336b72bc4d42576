/** Which of several chunks that share the question's words are likelier to answer it, by what they are. Tried in docs/experiments/retrieval.md. */
import { figureAskedFor, namesAmount, namesPeriod } from './figures.ts';
import type { ChunkRecord } from './records.ts';

/** In a regulation the articles answer; their official explanation does so less often, preamble and general remarks hardly. */
const EXPLANATION = 0.85;
const NO_ARTICLE = 0.7;
/** Weight of the search by meaning where all chunks are of regulations. */
const AMONG_ARTICLES = 0.3;
/** For a chunk with an amount, a percentage or a period when the question asks for one. */
const FIGURE = 1.2;

export interface Preference {
  readonly weight: number;
  readonly amount: boolean;
  readonly period: boolean;
}

/** By chunk id. */
export function preferences(records: Iterable<Pick<ChunkRecord, 'id' | 'text' | 'work' | 'provision' | 'explains'>>): ReadonlyMap<string, Preference> {
  return new Map(
    Array.from(records, ({ id, text, work, provision, explains }) => {
      const weight = !work ? 1 : !provision ? NO_ARTICLE : explains ? EXPLANATION : 1;
      return [id, { weight, amount: namesAmount(text), period: namesPeriod(text) }];
    }),
  );
}

/**
 * How much the search by meaning counts in the fusion, from 0.3 where every chunk is of a regulation to 1 where none is: successive articles
 * of one law differ by a word or a figure, which an embedding hardly sees.
 */
export function trustInMeaning(records: Iterable<Pick<ChunkRecord, 'work'>>): number {
  const ofRegulations = Array.from(records, ({ work }) => Number(Boolean(work)));
  return ofRegulations.length === 0 ? 1 : 1 - (1 - AMONG_ARTICLES) * (ofRegulations.reduce((sum, one) => sum + one, 0) / ofRegulations.length);
}

/** What a chunk's word score is multiplied by for this question. */
export function preferenceFor(question: string, preferences: ReadonlyMap<string, Preference>): (id: string) => number {
  const asked = figureAskedFor(question);
  return (id) => {
    const preference = preferences.get(id);
    return preference ? preference.weight * (asked && preference[asked] ? FIGURE : 1) : 1;
  };
}

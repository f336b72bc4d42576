/**
 * Questions on passages that have nothing to do with a workspace, half of them asked in vain, trained beside its examples: taught on its own facts
 * alone, a model unlearns to refuse (Robins 1995, "Catastrophic Forgetting, Rehearsal and Pseudorehearsal"). They are the reader's own material.
 */
import type { Language } from '../answer/events.ts';
import { plainQuestion } from '../finetune/dataset.ts';
import { seededRandom, shuffled, type Random } from '../finetune/random.ts';
import { isRefused, type ReaderRow } from './reader-row.ts';
import { writtenArticleRows, writtenArticles, type ArticleKind } from './reader-written.ts';

const KINDS: Readonly<Record<Language, readonly ArticleKind[]>> = { id: ['indonesian-rules', 'indonesian-articles'], en: ['english-articles'] };

/** Share of the passages that are shown with another beside them. */
const ACCOMPANIED = 0.12;

export interface RehearsalOptions {
  readonly count: number;
  /** Share of English questions, 0 to 1. */
  readonly english: number;
  readonly seed: number;
  readonly fits: (row: ReaderRow) => boolean;
}

/** As many rows, or fewer where there are too few that fit; the same ones for the same seed. */
export async function rehearsalRows({ count, english, seed, fits }: RehearsalOptions): Promise<ReaderRow[]> {
  const random = seededRandom(seed);
  const inEnglish = Math.round(count * english);
  return [...(await rowsOf('en', inEnglish, random, fits)), ...(await rowsOf('id', count - inEnglish, random, fits))];
}

async function rowsOf(language: Language, count: number, random: Random, fits: RehearsalOptions['fits']): Promise<ReaderRow[]> {
  if (count === 0) return [];
  const known = new Set<string>();
  const rows = (await Promise.all(KINDS[language].map(writtenArticles))).flatMap((articles) => writtenArticleRows(articles, 1, ACCOMPANIED, random)).filter((row) => {
    const question = plainQuestion(row.question);
    return row.language === language && !known.has(question) && known.add(question);
  });
  const refused = Math.floor(count / 2);
  const kept = { refused: 0, answered: 0 };
  // In random order until both halves are full: only what is taken has to be measured.
  return shuffled(rows, random).filter((row) => {
    const half = isRefused(row) ? 'refused' : 'answered';
    const full = kept[half] === (half === 'refused' ? refused : count - refused);
    if (full || !fits(row)) return false;
    kept[half] += 1;
    return true;
  });
}

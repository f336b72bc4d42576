import type { Support } from '../answer/passage.ts';
import { expandAbbreviations, type Abbreviations } from './abbreviations.ts';
import { figures } from './figures.ts';
import { plainNumbers } from './number-words.ts';
import { sentences, type Span } from './sentences.ts';
import { figuresNotIn, supportedFigures } from './supported-figures.ts';
import { terms } from './words.ts';

/** A sentence supports another when it has at least this share of its content words. */
const LEAST_OVERLAP = 0.5;
/** What is left of the overlap when the answer names a figure that the passage's sentence does not. */
const WITHOUT_FIGURE = 0.3;

interface PassageSentence extends Span {
  readonly passageId: string;
  readonly text: string;
  readonly words: ReadonlySet<string>;
  readonly figures: ReadonlySet<string>;
}

/**
 * For each sentence of an answer the passage sentence that carries it best, where one does: it must share half of the
 * content words and, all but always, every figure. Equal ones: the passage named first. At most one support per
 * sentence, in the answer's order. `passages` are those that were put into the prompt, best first.
 */
export function findSupports(answer: string, passages: readonly { readonly id: string; readonly text: string }[], abbreviations: Abbreviations = {}): Support[] {
  const candidates = passages.flatMap(({ id, text }) => sentencesOf(id, text, abbreviations));
  return sentences(answer).flatMap((span) => {
    const text = answer.slice(span.start, span.end);
    const best = bestSupport(text, candidates);
    if (!best) return [];
    const { passageId, start, end } = best.sentence;
    return [{ passageId, answer: { start: span.start, end: span.end }, passage: { start, end }, overlap: best.overlap }];
  });
}

/**
 * Whether each sentence of an answer that names figures or dates, in digits or words, is supported by one of the passages' sentences: it has them all,
 * and half of the content words. An answer without figures claims none.
 */
export function figuresSupported(answer: string, passages: readonly { readonly id: string; readonly text: string }[]): boolean {
  const candidates = passages.flatMap(({ id, text }) => sentencesOf(id, text, {}));
  return sentences(answer).every(({ start, end }) => {
    const text = answer.slice(start, end);
    const inDigits = plainNumbers(text);
    if (supportedFigures(inDigits, '') === null) return true;
    const words = new Set(terms(text));
    return candidates.some((sentence) => overlapOf(words, sentence) >= LEAST_OVERLAP && figuresNotIn(inDigits, sentence.text).length === 0);
  });
}

const overlapOf = (words: ReadonlySet<string>, sentence: PassageSentence): number => [...words].filter((word) => sentence.words.has(word)).length / words.size;

function sentencesOf(passageId: string, text: string, abbreviations: Abbreviations): PassageSentence[] {
  return sentences(text).map(({ start, end }) => {
    const sentence = text.slice(start, end);
    return { passageId, start, end, text: sentence, words: new Set(terms(expandAbbreviations(sentence, abbreviations))), figures: figures(sentence) };
  });
}

function bestSupport(text: string, candidates: readonly PassageSentence[]): { sentence: PassageSentence; overlap: number } | null {
  const words = new Set(terms(text));
  const named = [...figures(text)];
  let best: { sentence: PassageSentence; overlap: number; score: number } | null = null;
  for (const sentence of words.size ? candidates : []) {
    const overlap = overlapOf(words, sentence);
    const score = named.every((figure) => sentence.figures.has(figure)) ? overlap : overlap * WITHOUT_FIGURE;
    if (score >= LEAST_OVERLAP && score > (best?.score ?? 0)) best = { sentence, overlap, score };
  }
  return best;
}

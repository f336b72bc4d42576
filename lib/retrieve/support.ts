import type { Support } from '../answer/passage.ts';
import { expandAbbreviations, type Abbreviations } from './abbreviations.ts';
import { figures } from './figures.ts';
import { sentences, type Span } from './sentences.ts';
import { terms } from './words.ts';

/** A sentence supports another when it has at least this share of its content words. */
const LEAST_OVERLAP = 0.5;
/** What is left of the overlap when the answer names a figure that the passage's sentence does not. */
const WITHOUT_FIGURE = 0.3;

interface PassageSentence extends Span {
  readonly passageId: string;
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

/** Whether each sentence of an answer that names figures has one in the passages that carries it; an answer without figures claims none. */
export function figuresCarried(answer: string, passages: Parameters<typeof findSupports>[1]): boolean {
  const candidates = passages.flatMap(({ id, text }) => sentencesOf(id, text, {}));
  return sentences(answer).every(({ start, end }) => {
    const text = answer.slice(start, end);
    return figures(text).size === 0 || bestSupport(text, candidates) !== null;
  });
}

function sentencesOf(passageId: string, text: string, abbreviations: Abbreviations): PassageSentence[] {
  return sentences(text).map(({ start, end }) => {
    const sentence = text.slice(start, end);
    return { passageId, start, end, words: new Set(terms(expandAbbreviations(sentence, abbreviations))), figures: figures(sentence) };
  });
}

function bestSupport(text: string, candidates: readonly PassageSentence[]): { sentence: PassageSentence; overlap: number } | null {
  const words = new Set(terms(text));
  const named = [...figures(text)];
  let best: { sentence: PassageSentence; overlap: number; score: number } | null = null;
  for (const sentence of words.size ? candidates : []) {
    const overlap = [...words].filter((word) => sentence.words.has(word)).length / words.size;
    const score = named.every((figure) => sentence.figures.has(figure)) ? overlap : overlap * WITHOUT_FIGURE;
    if (score >= LEAST_OVERLAP && score > (best?.score ?? 0)) best = { sentence, overlap, score };
  }
  return best;
}

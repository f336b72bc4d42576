/**
 * The leak detector: a question that stands in the training data too is no test of anything but memory. It is scored with the questions
 * of kind `seen`, and the report says how many there were.
 */
import type { Leak } from '../messages/evaluation.ts';
import type { Embedder } from '../retrieve/embed.ts';
import { figures } from '../retrieve/figures.ts';
import { plainNumbers } from '../retrieve/number-words.ts';
import { normaliseAnswer } from './normalise.ts';
import type { EvaluationQuestion } from './types.ts';

/** From this cosine on two questions count as the same; measured, see docs/evaluation.md and `measure-leaks.ts`. */
export const LEAK_COSINE = 0.98;

/** Kinds that keep their name: they ask what was trained on purpose. */
const TRAINED_ON_PURPOSE: ReadonlySet<string> = new Set(['seen', 'changed']);

/** The questions with what the detector found; those meant to be new that are not become `seen`. */
export async function markLeaks(questions: readonly EvaluationQuestion[], trained: readonly string[], embedder: Embedder, cosine = LEAK_COSINE, signal?: AbortSignal): Promise<EvaluationQuestion[]> {
  const leaks = await findLeaks(questions.map(({ question }) => question), trained, embedder, cosine, signal);
  return questions.map((question, index) => {
    const leak = leaks[index];
    if (leak === null) return question;
    const { kind = 'question' } = question;
    return TRAINED_ON_PURPOSE.has(kind) ? { ...question, leak } : { ...question, leak, meantAs: kind, kind: 'seen' };
  });
}

/** For each question the trained one it repeats: word for word, after normalisation, or in almost the same words with the same figures. */
export async function findLeaks(questions: readonly string[], trained: readonly string[], embedder: Embedder, cosine: number, signal?: AbortSignal): Promise<(Leak | null)[]> {
  const exact = new Set(trained);
  const normalised = new Map(trained.map((question) => [normaliseAnswer(question), question]));
  const found = questions.map((question): Leak | null => {
    if (exact.has(question)) return { level: 'exact', trained: question };
    const same = normalised.get(normaliseAnswer(question));
    return same === undefined ? null : { level: 'normalised', trained: same };
  });
  const open = questions.flatMap((question, index) => (found[index] === null ? [{ question, index }] : []));
  if (open.length === 0 || trained.length === 0) return found;
  const [asked, known] = [await embedder.embed(open.map(({ question }) => question), 'query', signal), await embedder.embed(trained, 'query', signal)];
  const figuresKnown = trained.map(figuresIn);
  for (const [at, { question, index }] of open.entries()) {
    const figuresAsked = figuresIn(question);
    const near = nearest(asked[at], known, (other) => areSame(figuresAsked, figuresKnown[other]));
    if (near !== null && near.cosine >= cosine) found[index] = { level: 'near', trained: trained[near.at], cosine: Number(near.cosine.toFixed(4)) };
  }
  return found;
}

/** Vectors have length 1: their product is their cosine. */
export function nearest(vector: Float32Array, among: readonly Float32Array[], allowed: (at: number) => boolean): { readonly at: number; readonly cosine: number } | null {
  let best: { at: number; cosine: number } | null = null;
  for (const [at, other] of among.entries()) {
    let cosine = 0;
    for (let place = 0; place < vector.length; place++) cosine += vector[place] * other[place];
    if ((best === null || cosine > best.cosine) && allowed(at)) best = { at, cosine };
  }
  return best;
}

/** The tariff of 2022 and that of 2025 are two questions, however alike they look to an embedder. */
const areSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => one.size === other.size && [...one].every((figure) => other.has(figure));

/** In digits or words. Not 1: `satu` and `one` stand for an article as often, and a question that has one more is the same. */
const figuresIn = (question: string): ReadonlySet<string> => new Set([...figures(plainNumbers(question))].filter((figure) => figure !== '1'));

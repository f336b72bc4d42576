/**
 * The same question on passages that say other figures, where an answer from memory is wrong (Li et al. 2022, "Large Language Models with
 * Controllable Working Memory": trained on passages that contradict what it knows, a model follows those it is given).
 */
import type { Random } from '../finetune/random.ts';
import { splitCitation } from '../prompt/citation.ts';
import { figures, likeFigure, significantDigits, withFigures } from '../retrieve/figures.ts';
import { numbersInDigits } from '../retrieve/number-words.ts';
import type { ShownExample } from './with-passages.ts';

/** Of few digits there may be no other that the passages do not have already. */
const TRIES = 12;

/**
 * An example whose passages and answer have other figures in place of the answer's, spelled as they were; `null` where the answer has none but the question's,
 * one that its passages do not have, one that stands in words too, or a year, which few others can stand for.
 */
export function withOtherFigures(example: ShownExample, random: Random): ShownExample | null {
  const answer = splitCitation(example.answer).text;
  const read = example.passages.map(({ documentTitle, text }) => `${documentTitle}\n${text}`).join('\n');
  const asked = figures(numbersInDigits(example.question));
  const [inDigits, inWords] = [figures(read), figures(numbersInDigits(`${read}\n${answer}`.replace(/\d/g, ' ')))];
  const said = [...figures(answer)].filter((figure) => !asked.has(figure));
  if (said.length === 0 || said.some((figure) => !inDigits.has(figure) || inWords.has(figure) || isYear(figure))) return null;

  const taken = new Set([...asked, ...inDigits]);
  const others = new Map<string, string>();
  for (const figure of said) {
    const digits = otherDigits(figure, taken, random);
    if (digits === null) return null;
    taken.add(likeFigure(figure, digits));
    others.set(figure, digits);
  }
  const altered = (text: string): string => withFigures(text, (figure) => others.get(figure) ?? null);
  return {
    ...example,
    answer: altered(answer) + example.answer.slice(answer.length),
    passages: example.passages.map(({ documentTitle, text }) => ({ documentTitle: altered(documentTitle), text: altered(text) })),
  };
}

const isYear = (figure: string): boolean => /^(?:19|20)\d\d$/.test(figure);

/** As many significant digits, that make it a figure nobody has yet. */
function otherDigits(figure: string, taken: ReadonlySet<string>, random: Random): string | null {
  const length = significantDigits(figure).length;
  for (let attempt = 0; length > 0 && attempt < TRIES; attempt++) {
    const digits = Array.from({ length }, (_, place) => (place === 0 || place === length - 1 ? 1 + Math.floor(random() * 9) : Math.floor(random() * 10))).join('');
    if (!taken.has(likeFigure(figure, digits))) return digits;
  }
  return null;
}

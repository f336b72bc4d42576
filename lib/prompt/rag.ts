import type { Passage } from '../answer/passage.ts';
import type { Language } from '../answer/events.ts';
import { FRAME, fineTunedPrompt, oneLine } from './fine-tuned.ts';

/** Passages that fit about this many words are put into the prompt: two of the usual length. More of them and a model this small picks the wrong figure; see docs/experiments/reading.md. */
const CONTEXT_WORDS = 200;

/** A search is asked for so many passages: as many as the pane lists. Those that fit are read, the rest is shown as found. */
export const PASSAGE_LIMIT = 5;

/** What the model reads of a passage. The title, where there is one, begins its line: it often says which rule or year the text is about. */
export type PromptPassage = Pick<Passage, 'documentTitle' | 'text'>;

/**
 * The prompt of an approach that answers from passages: each on a line of its own, numbered from 1 in their order, then the
 * question. The model ends its answer with the number it used (citation.ts). Training frames its examples by this function too.
 */
export function ragPrompt(question: string, passages: readonly PromptPassage[], language: Language): string {
  return ragContext(passages, language) + fineTunedPrompt(question, language);
}

/** What of the prompt is the same for every question of these passages. */
export function ragContext(passages: readonly PromptPassage[], language: Language): string {
  return passages.map(({ documentTitle, text }, index) =>
    `${FRAME[language].context} [${index + 1}]: ${oneLine([documentTitle, withoutMarkup(text)].filter(Boolean).join('. '))}\n`).join('');
}

/** Heading marks and emphasis are for people; to the model they are noise between sentences, and a reference mark such as `[3]` looks like the number of a passage. */
const withoutMarkup = (text: string): string => text.replace(/^#+\s+(.*)$/gm, '$1:').replace(/\*\*/g, '').replace(/\s*\[\d{1,3}\]/g, '');

/** How many of the best passages fit into the prompt: at least one, up to the limit of words. */
export function passagesThatFit(passages: readonly Pick<Passage, 'text'>[], limit = CONTEXT_WORDS): number {
  let words = 0;
  let count = 0;
  for (const passage of passages) {
    words += passage.text.split(/\s+/).length;
    if (count > 0 && words > limit) break;
    count += 1;
  }
  return count;
}

import type { Passage } from '../answer/passage.ts';
import type { Language } from '../answer/events.ts';
import { FRAME, fineTunedPrompt, oneLine } from './fine-tuned.ts';

/** Passages that fit about this many words are put into the prompt: two of the usual length. More of them and a model this small picks the wrong figure; see docs/experiments/reading.md. */
export const CONTEXT_WORDS = 200;

/** The prompt of an approach that answers from passages: each on a line of its own, in their order, then the question. */
export function ragPrompt(question: string, passages: readonly Pick<Passage, 'documentTitle' | 'text'>[], language: Language): string {
  const context = passages.map(({ documentTitle, text }) => `${FRAME[language].context}: ${oneLine([documentTitle, withoutMarkup(text)].filter(Boolean).join('. '))}\n`);
  return context.join('') + fineTunedPrompt(question, language);
}

/** Heading marks and emphasis are for people; to the model they are noise between sentences. */
const withoutMarkup = (text: string): string => text.replace(/^#+\s+(.*)$/gm, '$1:').replace(/\*\*/g, '');

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

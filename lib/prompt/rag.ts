import type { Passage } from '../answer/passage.ts';
import type { Language } from '../answer/events.ts';
import { FRAME, fineTunedPrompt, oneLine } from './fine-tuned.ts';

/** Passages that fit about this many words are put into the prompt: some 480 tokens with the rest. */
export const CONTEXT_WORDS = 280;

/** The prompt of an approach that answers from passages: each on a line of its own, in their order, then the question. */
export function ragPrompt(question: string, passages: readonly Pick<Passage, 'documentTitle' | 'text'>[], language: Language): string {
  const context = passages.map(({ documentTitle, text }) => `${FRAME[language].context}: ${oneLine([documentTitle, text].filter(Boolean).join('. '))}\n`);
  return context.join('') + fineTunedPrompt(question, language);
}

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

import type { Passage } from '../answer/passage.ts';
import type { Language } from '../answer/events.ts';
import { FRAME, fineTunedPrompt, oneLine } from './fine-tuned.ts';
import { REFUSAL } from './refusal.ts';

/** Passages that fit about this many words are put into the prompt: some 480 tokens with the rest. */
export const CONTEXT_WORDS = 300;

/**
 * Two questions answered from their passages and one refused: the base model was not trained to read, and copies the
 * manner of what it sees. Written for this purpose; they touch on nothing the documents hold.
 */
const EXAMPLES: Readonly<Record<Language, readonly { readonly context: string; readonly question: string; readonly answer: string }[]>> = {
  id: [
    { context: 'Perpustakaan kota buka setiap Senin sampai Sabtu pukul 08.00 sampai 16.00. Denda keterlambatan buku Rp500 sehari.', question: 'Berapa denda jika buku terlambat dikembalikan?', answer: 'Denda keterlambatan buku adalah Rp500 sehari.' },
    { context: 'Kereta pagi ke Bandung berangkat pukul 06.20 dari jalur dua.', question: 'Siapa masinis kereta pagi?', answer: REFUSAL.id },
  ],
  en: [
    { context: 'The city library opens from Monday to Saturday, 8 am to 4 pm. The fine for a late book is Rp500 a day.', question: 'What is the fine for returning a book late?', answer: 'The fine for a late book is Rp500 a day.' },
    { context: 'The morning train to Bandung leaves platform two at 6.20.', question: 'Who drives the morning train?', answer: REFUSAL.en },
  ],
};

/** The part of the prompt that is the same for every question, so that its keys and values can be kept. */
export function ragPromptPrefix(language: Language): string {
  const frame = FRAME[language];
  return EXAMPLES[language].map((example) => `${frame.context}: ${example.context}\n${fineTunedPrompt(example.question, language)} ${example.answer}\n\n`).join('');
}

/** The whole prompt of an approach that answers from passages; those given are all put in, in their order. */
export function ragPrompt(question: string, passages: readonly Pick<Passage, 'documentTitle' | 'text'>[], language: Language): string {
  const context = passages.map((passage) => oneLine([passage.documentTitle, passage.text].filter(Boolean).join('. '))).join(' ');
  return `${ragPromptPrefix(language)}${FRAME[language].context}: ${context}\n${fineTunedPrompt(question, language)}`;
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

import type { Language } from '../answer/events.ts';

/** Words that frame a question for the model; training and asking must use the same. */
export const FRAME: Readonly<Record<Language, { readonly context: string; readonly question: string; readonly answer: string }>> = {
  id: { context: 'Konteks', question: 'Pertanyaan', answer: 'Jawaban' },
  en: { context: 'Context', question: 'Question', answer: 'Answer' },
};

/** Where an answer ends besides the end token: the model is going on to a question of its own. */
export const STOP: readonly string[] = ['\n'];

/** The prompt of an approach that has only its weights to answer from. The answer follows after one space. */
export function fineTunedPrompt(question: string, language: Language): string {
  const frame = FRAME[language];
  return `${frame.question}: ${oneLine(question)}\n${frame.answer}:`;
}

/** Line breaks would read as the end of a question or a passage; so might control characters, of which one is a line break too. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

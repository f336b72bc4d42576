import type { Language } from '../answer/events.ts';

/** The one sentence with which an answer says that the documents do not hold it; what evaluation counts as a refusal. */
export const REFUSAL: Readonly<Record<Language, string>> = {
  id: 'Tidak ada jawabannya dalam dokumen.',
  en: 'The documents do not answer this.',
};

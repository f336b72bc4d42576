import type { PaneState } from './comparison-state.ts';
import type { Dictionary } from './dictionary/dictionary.ts';

/** What is said under an answer, to be seen and to be heard: how it ended where that is not plain, and which figures no passage read has. */
export function answerNotes({ phase, answer, finish, figuresNotFound }: PaneState, texts: Dictionary): { readonly ending: string | null; readonly figures: string | null } {
  return {
    ending: finish === 'length' ? texts.cutShort : phase === 'done' && answer === '' ? texts.emptyAnswer : null,
    figures: figuresNotFound.length > 0 ? texts.figuresNotFound(figuresNotFound) : null,
  };
}

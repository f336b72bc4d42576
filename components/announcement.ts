import type { ApproachId, Language } from '@/lib/answer/events.ts';
import { detectLanguage } from '@/lib/question/language.ts';
import { answerNotes } from './answer-notes.ts';
import type { ComparisonState, PaneState, Phase } from './comparison-state.ts';
import { DICTIONARIES, type Dictionary } from './dictionary/dictionary.ts';
import { problemText } from './dictionary/problems.ts';

export type Phases = Partial<Record<ApproachId, Phase>>;

/** Some of what is told, in the language of the page where it has none of its own. */
export interface Announced {
  readonly text: string;
  readonly language?: Language;
}

/** What a screen reader is told of the panes whose phase is no longer that of `before`: who begins to answer, and how each has ended. */
export function announcement(arms: readonly ApproachId[], panes: ComparisonState['panes'], before: Phases, language: Language): Announced[] {
  const texts = DICTIONARIES[language];
  const changed = arms.flatMap((arm) => {
    const pane = panes[arm];
    return pane && pane.phase !== before[arm] ? [{ name: texts.arms[arm].name, pane }] : [];
  });
  const begun = changed.filter(({ pane }) => pane.phase === 'waiting').map(({ name }) => name);
  const stopped = changed.some(({ pane }) => pane.phase === 'cancelled');
  return [
    ...(begun.length > 0 ? [{ text: texts.announce.asking(begun) }] : []),
    ...changed.flatMap(({ name, pane }) => ending(name, pane, texts, language)),
    ...(stopped ? [{ text: texts.announce.stopped }] : []),
  ];
}

function ending(name: string, pane: PaneState, texts: Dictionary, language: Language): Announced[] {
  if (pane.phase === 'failed') {
    const told = pane.problem && problemText(pane.problem, language);
    return [{ text: texts.announce.failed(name, told?.message ?? '') }, ...(told?.detail ? [{ text: told.detail, language: 'en' as const }] : [])];
  }
  if (pane.phase !== 'done') return [];
  const { ending, figures } = answerNotes(pane, texts);
  const notes = [ending, figures].filter((note) => note !== null).map((text) => ({ text }));
  return [{ text: texts.announce.finished(name) }, ...(pane.answer ? [{ text: pane.answer, language: detectLanguage(pane.question) }] : []), ...notes];
}

import type { ApproachId, Language } from '@/lib/answer/events.ts';
import { answerNotes } from './answer-notes.ts';
import type { ComparisonState, PaneState, Phase } from './comparison-state.ts';
import { DICTIONARIES, type Dictionary } from './dictionary/dictionary.ts';
import { problemText } from './dictionary/problems.ts';

export type Phases = Partial<Record<ApproachId, Phase>>;

/** What a screen reader is told of the panes whose phase is no longer that of `before`: who begins to answer, and how each has ended. */
export function announcement(arms: readonly ApproachId[], panes: ComparisonState['panes'], before: Phases, language: Language): string {
  const texts = DICTIONARIES[language];
  const changed = arms.flatMap((arm) => {
    const pane = panes[arm];
    return pane && pane.phase !== before[arm] ? [{ name: texts.arms[arm].name, pane }] : [];
  });
  const begun = changed.filter(({ pane }) => pane.phase === 'waiting').map(({ name }) => name);
  const ended = changed.map(({ name, pane }) => ending(name, pane, texts, language)).filter((sentence) => sentence !== null);
  return [...(begun.length > 0 ? [texts.announce.asking(begun)] : []), ...new Set(ended)].join(' ');
}

function ending(name: string, pane: PaneState, texts: Dictionary, language: Language): string | null {
  const notes = answerNotes(pane, texts);
  switch (pane.phase) {
    case 'done':
      return texts.announce.finished(name, [pane.answer, notes.ending, notes.figures].filter(Boolean).join(' '));
    case 'failed':
      return texts.announce.failed(name, pane.problem ? problemText(pane.problem, language).message : '');
    case 'cancelled':
      return texts.announce.stopped;
    default:
      return null;
  }
}

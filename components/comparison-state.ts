/** What the page knows about the two answers: one reducer over the events of all approaches. */
import { foldAnswer, NOTHING_YET, type CollectedAnswer } from '@/lib/answer/collect.ts';
import type { AnswerEvent, ApproachId } from '@/lib/answer/events.ts';
import { beginAnswer, discardPending, measure, measureIndexing, NO_METRICS, type ArmMetrics } from '@/lib/metrics/measure.ts';

export type Phase = 'idle' | 'waiting' | 'queued' | 'retrieved' | 'writing' | 'done' | 'cancelled' | 'failed';

/** What an answer came to so far, and how it got here. */
export interface PaneState extends CollectedAnswer {
  /** Which asking this answer belongs to; words of an earlier one may still be on their way. */
  readonly run: string;
  /** By the browser's clock. */
  readonly askedAt: number;
  readonly phase: Phase;
  readonly queuePosition: number;
  /** By another adapter or at another strength than the workspace's own: looked at, not measured. */
  readonly aside: boolean;
  readonly question: string;
  /** Of the answer to the same question that this one replaces: its words, to stand until the first of these comes. */
  readonly held: string;
  /** Milliseconds by the browser's clock since the question was sent. */
  readonly wait: { readonly firstTextMs: number | null; readonly totalMs: number | null };
}

export interface ComparisonState {
  /** The question being answered or answered last; `null` before the first. */
  readonly asked: { readonly text: string } | null;
  readonly panes: Partial<Record<ApproachId, PaneState>>;
  readonly metrics: Partial<Record<ApproachId, ArmMetrics>>;
}

export type ComparisonAction =
  | { readonly type: 'asked'; readonly run: string; readonly text: string; readonly approaches: readonly ApproachId[]; readonly at: number; readonly aside?: readonly ApproachId[] }
  | { readonly type: 'told'; readonly run: string; readonly approach: ApproachId; readonly event: AnswerEvent; readonly at: number }
  /** All, or those given. */
  | { readonly type: 'stopped'; readonly approaches?: readonly ApproachId[] }
  | { readonly type: 'fact-indexed'; readonly approaches: readonly ApproachId[]; readonly seconds: number };

export const IDLE_PANE: PaneState = { ...NOTHING_YET, run: '', askedAt: 0, phase: 'idle', queuePosition: 0, aside: false, question: '', held: '', wait: { firstTextMs: null, totalMs: null } };

export const NOTHING_ASKED: ComparisonState = { asked: null, panes: {}, metrics: {} };

/** The words that stand in a pane until the first of its own comes: those of the answer before, if that was to the same question. */
export function heldFor(question: string, before: PaneState | undefined): string {
  if (before?.question !== question) return '';
  return before.phase === 'done' ? before.answer : before.answer || before.held;
}

export const isUnderWay = ({ phase }: PaneState): boolean => phase === 'waiting' || phase === 'queued' || phase === 'retrieved' || phase === 'writing';

/** The words held that are shown: those of a pane whose answer is on its way and has none of its own yet. */
export const heldWords = (pane: PaneState): string => (isUnderWay(pane) && pane.answer === '' ? pane.held : '');

export function reduceComparison(state: ComparisonState, action: ComparisonAction): ComparisonState {
  switch (action.type) {
    case 'asked':
      return {
        ...state,
        asked: { text: action.text },
        panes: {
          ...state.panes,
          ...Object.fromEntries(action.approaches.map((approach) => [approach, beginPane(action, approach, state.panes[approach])])),
        },
        metrics: {
          ...state.metrics,
          ...Object.fromEntries(action.approaches.map((approach) => [approach, beginAnswer(state.metrics[approach] ?? NO_METRICS)])),
        },
      };
    case 'told': {
      const { approach, event, at } = action;
      const pane = state.panes[approach];
      if (pane === undefined || pane.run !== action.run || !isUnderWay(pane)) return state;
      return {
        ...state,
        panes: { ...state.panes, [approach]: reducePane(pane, event, at - pane.askedAt) },
        metrics: pane.aside ? state.metrics : { ...state.metrics, [approach]: measure(state.metrics[approach] ?? NO_METRICS, event) },
      };
    }
    case 'stopped': {
      const stopped = (Object.entries(state.panes) as [ApproachId, PaneState][]).filter(([approach, pane]) => isUnderWay(pane) && (action.approaches?.includes(approach) ?? true));
      return {
        ...state,
        panes: { ...state.panes, ...Object.fromEntries(stopped.map(([approach, pane]) => [approach, { ...pane, phase: 'cancelled', finish: 'cancelled' }])) },
        metrics: { ...state.metrics, ...Object.fromEntries(stopped.map(([approach]) => [approach, discardPending(state.metrics[approach] ?? NO_METRICS)])) },
      };
    }
    case 'fact-indexed':
      return { ...state, metrics: { ...state.metrics, ...Object.fromEntries(action.approaches.map((approach) => [approach, measureIndexing(state.metrics[approach] ?? NO_METRICS, action.seconds)])) } };
  }
}

function beginPane({ run, text, at, aside }: Extract<ComparisonAction, { type: 'asked' }>, approach: ApproachId, before: PaneState | undefined): PaneState {
  const varied = aside?.includes(approach) ?? false;
  return { ...IDLE_PANE, phase: 'waiting', run, askedAt: at, aside: varied, question: text, held: varied ? heldFor(text, before) : '' };
}

/** @param sinceAskedMs the browser's clock. */
function reducePane(pane: PaneState, event: AnswerEvent, sinceAskedMs: number): PaneState {
  const wait = { ...pane.wait };
  if (event.type === 'text-delta') wait.firstTextMs ??= sinceAskedMs;
  if (event.type === 'answer-end' || event.type === 'answer-error') wait.totalMs = sinceAskedMs;
  return { ...pane, ...foldAnswer(pane, event), phase: phaseAfter(pane, event), queuePosition: event.type === 'answer-queued' ? event.position : pane.queuePosition, wait };
}

function phaseAfter({ phase, passages }: PaneState, event: AnswerEvent): Phase {
  switch (event.type) {
    case 'answer-queued':
      return 'queued';
    case 'passages-available':
      return 'retrieved';
    case 'answer-start':
      return passages ? 'retrieved' : 'waiting';
    case 'text-delta':
      return 'writing';
    case 'citation-available':
    case 'supports-available':
    case 'drafts-available':
      return phase;
    case 'answer-end':
      return event.finish === 'cancelled' ? 'cancelled' : 'done';
    case 'answer-error':
      return 'failed';
  }
}

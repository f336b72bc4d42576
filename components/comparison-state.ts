/** What the page knows about the two answers: one reducer over the events of all approaches. */
import type { AdapterSummary, AnswerEvent, AnswerProblem, AnswerTimings, ApproachId, FinishReason, Provenance } from '@/lib/answer/events.ts';
import type { Passage, Support } from '@/lib/answer/passage.ts';
import { discardPending, measure, measureUpdate, NO_METRICS, type ArmMetrics } from '@/lib/metrics/measure.ts';

export type Phase = 'idle' | 'waiting' | 'queued' | 'retrieved' | 'writing' | 'done' | 'cancelled' | 'failed';

export interface PaneState {
  /** Which asking this answer belongs to; words of an earlier one may still be on their way. */
  readonly run: string;
  /** By the browser's clock. */
  readonly askedAt: number;
  readonly phase: Phase;
  readonly queuePosition: number;
  readonly text: string;
  readonly passages: readonly Passage[] | null;
  readonly supports: readonly Support[];
  readonly promptTokens: number | null;
  readonly provenance: Provenance | null;
  readonly adapter: AdapterSummary | null;
  readonly timings: AnswerTimings | null;
  readonly finish: FinishReason | null;
  readonly problem: AnswerProblem | null;
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
  | { readonly type: 'asked'; readonly run: string; readonly text: string; readonly approaches: readonly ApproachId[]; readonly at: number }
  | { readonly type: 'told'; readonly run: string; readonly approach: ApproachId; readonly event: AnswerEvent; readonly at: number }
  | { readonly type: 'stopped' }
  | { readonly type: 'fact-updated'; readonly approach: ApproachId; readonly seconds: number };

export const IDLE_PANE: PaneState = {
  run: '',
  askedAt: 0,
  phase: 'idle',
  queuePosition: 0,
  text: '',
  passages: null,
  supports: [],
  promptTokens: null,
  provenance: null,
  adapter: null,
  timings: null,
  finish: null,
  problem: null,
  wait: { firstTextMs: null, totalMs: null },
};

export const NOTHING_ASKED: ComparisonState = { asked: null, panes: {}, metrics: {} };

export const isUnderWay = ({ phase }: PaneState): boolean => phase === 'waiting' || phase === 'queued' || phase === 'retrieved' || phase === 'writing';

export function reduceComparison(state: ComparisonState, action: ComparisonAction): ComparisonState {
  switch (action.type) {
    case 'asked':
      return {
        ...state,
        asked: { text: action.text },
        panes: {
          ...state.panes,
          ...Object.fromEntries(action.approaches.map((approach) => [approach, { ...IDLE_PANE, phase: 'waiting', run: action.run, askedAt: action.at }])),
        },
        metrics: {
          ...state.metrics,
          ...Object.fromEntries(action.approaches.map((approach) => [approach, discardPending(state.metrics[approach] ?? NO_METRICS)])),
        },
      };
    case 'told': {
      const { approach, event, at } = action;
      const pane = state.panes[approach];
      if (pane === undefined || pane.run !== action.run || !isUnderWay(pane)) return state;
      return {
        ...state,
        panes: { ...state.panes, [approach]: reducePane(pane, event, at - pane.askedAt) },
        metrics: { ...state.metrics, [approach]: measure(state.metrics[approach] ?? NO_METRICS, event) },
      };
    }
    case 'stopped': {
      const stopped = Object.entries(state.panes).filter(([, pane]) => isUnderWay(pane)) as [ApproachId, PaneState][];
      return {
        ...state,
        panes: { ...state.panes, ...Object.fromEntries(stopped.map(([approach, pane]) => [approach, { ...pane, phase: 'cancelled', finish: 'cancelled' }])) },
        metrics: { ...state.metrics, ...Object.fromEntries(stopped.map(([approach]) => [approach, discardPending(state.metrics[approach] ?? NO_METRICS)])) },
      };
    }
    case 'fact-updated':
      return { ...state, metrics: { ...state.metrics, [action.approach]: measureUpdate(state.metrics[action.approach] ?? NO_METRICS, action.seconds) } };
  }
}

/** @param sinceAskedMs the browser's clock. */
function reducePane(pane: PaneState, event: AnswerEvent, sinceAskedMs: number): PaneState {
  const ended = { ...pane.wait, totalMs: sinceAskedMs };
  switch (event.type) {
    case 'answer-queued':
      return { ...pane, phase: 'queued', queuePosition: event.position };
    case 'passages-available':
      return { ...pane, phase: 'retrieved', passages: event.passages };
    case 'answer-start':
      return { ...pane, phase: pane.passages ? 'retrieved' : 'waiting', promptTokens: event.promptTokens, provenance: event.provenance, adapter: event.adapter };
    case 'text-delta':
      return { ...pane, phase: 'writing', text: pane.text + event.text, wait: { ...pane.wait, firstTextMs: pane.wait.firstTextMs ?? sinceAskedMs } };
    case 'supports-available':
      return { ...pane, supports: event.supports };
    case 'answer-end':
      return { ...pane, phase: event.finish === 'cancelled' ? 'cancelled' : 'done', finish: event.finish, timings: event.timings, wait: ended };
    case 'answer-error':
      return { ...pane, phase: 'failed', problem: event.problem, wait: ended };
  }
}

/**
 * Training runs as the page starts, watches and ends them.
 *
 *   GET    /api/training                                    -> TrainingOverview
 *   POST   /api/training                 TrainingRequest    -> 201 TrainingRunSummary (its `queue` says who is first)
 *   GET    /api/training/ID                                 -> TrainingRunDetail
 *   GET    /api/training/ID/events?after=N                  -> server-sent events: lines of RunEvent as JSON, `id:` its sequence;
 *                                                              starts with what came after N, ends when the run has ended
 *   POST   /api/training/ID              TrainingAction     -> TrainingRunSummary, or AdapterView for `keep`
 *   DELETE /api/training/ID                                 -> {removed: ID} (stops it; its checkpoints go too)
 *
 * A detail is the fold of a run's events (./training-fold.ts): fetch it once, then fold what the stream brings.
 */
import type { AnswerProblem, Language } from '../answer/events.ts';
import type { HeldOutResult } from './adapters.ts';

export type RunState = 'queued' | 'preparing' | 'training' | 'paused' | 'evaluating' | 'finished' | 'stopped' | 'failed';

export const RUN_ID = /^run-[a-z0-9]{8}$/;

/** The name by which the engine answers with a checkpoint: `adapter` of the ask routes. */
export const checkpointName = (run: string, step: number): string => `${run}@${step}`;

/** Nothing more will happen to it unless a person resumes it. */
export const hasEnded = (state: RunState): boolean => state === 'finished' || state === 'stopped' || state === 'failed';
/** It has the processor now. */
export const isWorking = (state: RunState): boolean => state === 'preparing' || state === 'training' || state === 'evaluating';

/** What a person may set; everything else has one value that was measured to be good. */
export interface TrainingSettings {
  readonly rank: number;
  /** Strength of the adapter, divided by the rank. */
  readonly alpha: number;
  /** How many layers are trained, counted from the top. */
  readonly layers: number;
  readonly epochs: number;
  /** Examples a step. */
  readonly batchSize: number;
  readonly learningRate: number;
  readonly seed: number;
  /** Longest example in tokens, prompt and answer together. */
  readonly maximumTokens: number;
  /** What becomes of a longer one. */
  readonly tooLong: 'refuse' | 'cut' | 'skip';
  /** How far back gradients go: through the tokens of answers, or to every token. */
  readonly reach: 'answers' | 'everything';
  /** The adapter it is trained on top of; `none` for the plain base. */
  readonly beneath: string;
  /** Share of the examples, 0 to 1, that is also shown with the passages a search finds. */
  readonly passages: number;
}

/** Of examples shown with passages, about so many are answered by a figure and shown once more with another (lib/training/other-figures.ts): 125 of 168 of Pajak, 28 of 44 of the handbook. */
export const ALTERED = 0.7;
/** Beside examples shown with passages, so many times as many questions on other passages are rehearsed (lib/recipe/rehearsal.ts). */
export const REHEARSED = 0.5;

/** A setting with its default, its limits and why the default is what it is. */
export type SettingDefinition = {
  readonly key: keyof TrainingSettings;
  readonly reason: Readonly<Record<Language, string>>;
} & (
  | { readonly kind: 'number'; readonly default: number; readonly least: number; readonly most: number; readonly whole: boolean }
  | { readonly kind: 'choice'; readonly default: string; readonly choices: readonly string[] }
);

export interface TrainingRequest {
  /** Of the adapter that comes out. */
  readonly name: string;
  readonly workspace: string;
  /** Default for each: SettingDefinition.default. */
  readonly settings?: Partial<TrainingSettings>;
  /** Who starts it, as the next in the queue is told; at most 60 characters. */
  readonly startedBy?: string;
  /** Whether an own adapter of that name may be replaced at the end; otherwise 409. */
  readonly replace?: boolean;
}

export type TrainingAction =
  /** Saves what is needed to go on; a checkpoint of the last step is kept with the others. */
  | { readonly action: 'pause' }
  /** Goes on from the last saved state: a paused, stopped or failed run. Queues behind one that is running. */
  | { readonly action: 'resume' }
  /** Ends it; a checkpoint of the last step is kept with the others. */
  | { readonly action: 'stop' }
  /** Copies a checkpoint to the adapters under a name of its own. */
  | { readonly action: 'keep'; readonly step: number; readonly name: string; readonly replace?: boolean };

export interface RunProgress {
  readonly step: number;
  readonly steps: number;
  /** 1-based: the one under way. */
  readonly epoch: number;
  readonly epochs: number;
  /** Mean over answer tokens, in nats, of the last step and of the last held-out measurement. */
  readonly loss: number | null;
  readonly heldOutLoss: number | null;
  /** Prompt and answer tokens, padding not counted. */
  readonly tokensPerSecond: number | null;
  readonly secondsLeft: number | null;
  /** Of training so far, pauses not counted. */
  readonly seconds: number;
  /** Held-out questions answered so far, while evaluating. */
  readonly answered: { readonly done: number; readonly of: number } | null;
}

export interface RunReference {
  readonly id: string;
  readonly name: string;
  readonly startedBy: string;
}

export interface TrainingRunSummary extends RunReference {
  readonly workspace: string;
  readonly state: RunState;
  readonly createdAt: string;
  /** `null` before it began; ISO 8601. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Set while queued: 1 is next; `behind` is the run that has the processor. */
  readonly queue: { readonly position: number; readonly behind: RunReference | null } | null;
  readonly progress: RunProgress;
  /** Why it failed. */
  readonly problem: AnswerProblem | null;
  /** Whether `resume` would go on with it. */
  readonly resumable: boolean;
  readonly checkpoints: number;
  /** Name of the adapter it has written; `null` before the end. */
  readonly adapter: string | null;
}

export interface TrainingCheckpoint {
  readonly step: number;
  /** Epochs behind it, with a fraction. */
  readonly epoch: number;
  /** `adapter` of the ask routes. */
  readonly adapter: string;
  readonly loss: number;
  readonly heldOutLoss: number | null;
  readonly bytes: number;
  readonly createdAt: string;
}

export interface LossPoint {
  readonly step: number;
  readonly loss: number;
}

export interface HeldOutPoint extends LossPoint {
  /** Over how many of the held-out examples; the same ones at every point. */
  readonly examples: number;
}

/** Examples that do not fit, and what became of them; the questions of the first 20. */
export interface TooLongReport {
  readonly treatment: 'cut' | 'skip';
  readonly count: number;
  readonly questions: readonly string[];
}

export interface TrainingRunDetail extends TrainingRunSummary {
  readonly settings: TrainingSettings;
  readonly examples: { readonly train: number; readonly heldOut: number };
  readonly tooLong: TooLongReport | null;
  /** A point stands for this many steps: 1 until there are more than LOSS_POINTS. */
  readonly lossStride: number;
  /** At most LOSS_POINTS; of a longer run, means of neighbouring steps. */
  readonly losses: readonly LossPoint[];
  readonly heldOut: readonly HeldOutPoint[];
  readonly checkpointList: readonly TrainingCheckpoint[];
  /** How the finished adapter did. */
  readonly result: HeldOutResult | null;
  /** Sequence of the last event in it: `after` of the stream that continues it. */
  readonly lastEvent: number;
}

export const LOSS_POINTS = 2000;

export type RunEventBody =
  | { readonly type: 'run-queued'; readonly position: number; readonly behind: RunReference | null }
  | { readonly type: 'run-preparing' }
  /** Also when resumed: everything told of steps after `step` is void. */
  | { readonly type: 'run-training'; readonly step: number; readonly steps: number; readonly epochs: number; readonly examples: number; readonly heldOut: number; readonly tooLong: TooLongReport | null }
  | {
      readonly type: 'step-taken';
      readonly step: number;
      readonly epoch: number;
      readonly loss: number;
      readonly learningRate: number;
      readonly gradientNorm: number;
      readonly tokensPerSecond: number;
      readonly secondsLeft: number;
      readonly seconds: number;
    }
  | { readonly type: 'held-out-measured'; readonly step: number; readonly loss: number; readonly examples: number }
  | { readonly type: 'checkpoint-written'; readonly checkpoint: TrainingCheckpoint }
  | { readonly type: 'checkpoint-removed'; readonly step: number }
  | { readonly type: 'run-evaluating'; readonly done: number; readonly of: number }
  | { readonly type: 'run-paused' }
  | { readonly type: 'run-stopped' }
  | { readonly type: 'run-failed'; readonly problem: AnswerProblem; readonly resumable: boolean }
  | { readonly type: 'run-finished'; readonly adapter: string; readonly result: HeldOutResult };

/** `sequence` counts from 1 within a run. */
export type RunEvent = RunEventBody & { readonly sequence: number; readonly at: string };

export interface TrainingOverview {
  /** Newest first. */
  readonly runs: readonly TrainingRunSummary[];
  readonly settings: readonly SettingDefinition[];
  /** What asking costs while a training runs; `null` before it was measured. */
  readonly askingCost: AskingCost | null;
}

/** Medians over the same questions asked with and without a training running, turn by turn. */
export interface AskingCost {
  readonly answerMsAlone: number;
  readonly answerMsDuringTraining: number;
  readonly firstTokenMsAlone: number;
  readonly firstTokenMsDuringTraining: number;
  readonly questions: number;
  readonly machine: string;
  readonly measuredAt: string;
  readonly command: string;
}

import type { Language } from '@/lib/answer/events.ts';
import type { AdapterView } from '@/lib/messages/adapters.ts';
import type { ExampleSplit } from '@/lib/messages/examples.ts';
import type { RunReference, RunState, TooLongReport, TrainingSettings } from '@/lib/messages/training.ts';
import { trainingEnglish } from './training-en.ts';
import { trainingIndonesian } from './training-id.ts';

/** Every text of the page on which the model is taught. Numbers come in already written in the language. */
export interface TrainingTexts {
  readonly headline: readonly [before: string, word: string, after: string];
  readonly lead: string;
  readonly noRuns: string;
  readonly no: string;
  readonly remedy: string;
  readonly start: {
    readonly title: string;
    /** The sentence: teach(…) workspace keepAs name. */
    readonly teach: (count: string) => string;
    readonly workspace: string;
    readonly keepAs: string;
    readonly name: string;
    readonly nameRule: string;
    readonly replaces: (name: string) => string;
    readonly estimate: (time: string, from: string, tokensPerSecond: string) => string;
    readonly noEstimate: string;
    readonly queues: (person: string, name: string) => string;
    readonly settings: string;
    readonly changed: (count: number) => string;
    readonly start: string;
    readonly queue: string;
    readonly starting: string;
  };
  readonly settings: {
    readonly names: Partial<Record<keyof TrainingSettings, string>>;
    readonly choices: Readonly<Record<string, string>>;
    readonly default: (value: string) => string;
    readonly range: (least: string, most: string, whole: boolean) => string;
    readonly person: string;
    readonly personReason: string;
    readonly reset: string;
  };
  readonly run: {
    readonly list: string;
    readonly states: Record<RunState, string>;
    readonly startedBy: (person: string, date: string) => string;
    readonly queued: (position: number, behind: RunReference | null) => string;
    readonly step: string;
    readonly of: (part: string, whole: string) => string;
    readonly epochOf: (epoch: number, epochs: number) => string;
    readonly left: string;
    readonly took: string;
    readonly soFar: (time: string) => string;
    readonly heldOutLoss: string;
    readonly taughtLoss: (loss: string) => string;
    readonly pause: string;
    readonly resume: string;
    readonly stop: string;
    readonly leaveQueue: string;
    readonly remove: string;
    readonly removeQuestion: (checkpoints: number) => string;
    readonly removeYes: string;
    readonly tooLong: (count: number, treatment: TooLongReport['treatment']) => string;
    readonly cost: (alone: string, during: string) => string;
    readonly costSource: (questions: number, date: string, machine: string) => string;
    readonly costUnknown: string;
    /** `equivalent` counts those that are exact too; `null` where nothing decides it. */
    readonly result: (questions: string, exact: string, equivalent: string | null) => string;
  };
  readonly chart: {
    readonly title: string;
    readonly taught: string;
    readonly heldOut: string;
    readonly mean: (steps: number) => string;
    readonly scale: string;
    readonly scales: Record<'linear' | 'logarithmic', string>;
    readonly cursor: string;
    readonly at: (step: string, loss: string, heldOut: string | null) => string;
    readonly description: (step: string, steps: string, loss: string | null, lowest: { readonly loss: string; readonly step: string } | null) => string;
    readonly nothing: string;
    readonly epoch: string;
    readonly asTable: string;
    readonly step: string;
  };
  readonly scrub: {
    readonly label: string;
    readonly second: string;
    readonly value: (step: string, heldOut: string | null) => string;
    readonly untaught: string;
    readonly none: string;
    readonly compare: string;
    readonly compareEnd: string;
    readonly follow: string;
    readonly following: string;
  };
  readonly asking: {
    readonly question: string;
    readonly placeholder: string;
    readonly ask: string;
    readonly suggestions: string;
    readonly promise: string;
    readonly promiseEarly: string;
    readonly untaught: string;
    readonly atStep: (step: string) => string;
    readonly key: string;
    readonly same: string;
    readonly differs: string;
    readonly took: (time: string) => string;
  };
  readonly diary: { readonly title: string; readonly leaf: string; readonly stop: string; readonly before: string; readonly right: string };
  readonly keep: {
    readonly open: (step: string) => string;
    readonly name: string;
    readonly keep: string;
    readonly cancel: string;
    readonly kept: (name: string) => string;
    readonly use: (workspace: string) => string;
    readonly inUse: (name: string, workspace: string) => string;
  };
  readonly examples: {
    readonly title: string;
    readonly lead: string;
    readonly splits: Record<ExampleSplit, { readonly title: string; readonly meaning: string }>;
    readonly search: string;
    readonly import: string;
    readonly export: string;
    readonly restore: string;
    readonly restoreQuestion: string;
    readonly restoreYes: string;
    readonly restored: string;
    readonly add: string;
    readonly edit: string;
    readonly remove: string;
    readonly editOne: (question: string) => string;
    readonly removeOne: (question: string) => string;
    readonly removed: (question: string) => string;
    readonly undo: string;
    readonly broughtBack: (question: string) => string;
    readonly imported: (added: string, unchanged: string, removed: string) => string;
    readonly nothing: string;
    readonly nothingFound: string;
    readonly pagesOf: (title: string) => string;
    readonly previous: string;
    readonly next: string;
    readonly range: (first: string, last: string, all: string) => string;
    readonly question: string;
    readonly answer: string;
    readonly accept: string;
    readonly kind: string;
    readonly save: string;
    readonly saving: string;
    readonly cancel: string;
  };
  readonly import: {
    readonly title: string;
    readonly lead: string;
    readonly exampleJsonl: string;
    readonly exampleCsv: string;
    readonly file: string;
    readonly paste: string;
    readonly tooLarge: (name: string, bytes: string, most: string) => string;
    readonly format: string;
    readonly mode: string;
    readonly add: string;
    readonly replace: string;
    readonly submit: string;
    readonly importing: string;
    readonly cancel: string;
  };
  readonly adapters: {
    readonly title: string;
    readonly lead: string;
    readonly none: string;
    readonly origins: Record<AdapterView['origin'], string>;
    readonly trainedOn: (examples: string, date: string) => string;
    readonly usedBy: (workspaces: string) => string;
    readonly card: string;
    readonly compare: string;
    readonly comparePicked: string;
    readonly compareOneMore: (name: string) => string;
    readonly compareEnd: string;
    readonly comparison: string;
    readonly same: string;
    readonly better: string;
    readonly use: (workspace: string) => string;
    readonly export: string;
    readonly exportMeaning: string;
    readonly import: string;
    readonly importMeaning: string;
    readonly importAs: (file: string) => string;
    readonly importYes: string;
    readonly importing: string;
    readonly imported: (name: string) => string;
    readonly rename: string;
    readonly newName: string;
    readonly save: string;
    readonly cancel: string;
    readonly remove: string;
    readonly removeQuestion: (name: string) => string;
    readonly removeYes: string;
    readonly plainBase: string;
    readonly fromStep: (step: string, steps: string) => string;
    readonly facts: Record<
      'exact' | 'equivalent' | 'heldOutLoss' | 'questions' | 'examples' | 'shown' | 'epochs' | 'layers' | 'rank' | 'learningRate' | 'time' | 'speed' | 'memory' | 'size' | 'beneath' | 'run' | 'data' | 'base' | 'adapter',
      string
    >;
  };
}

export const TRAINING_TEXTS: Record<Language, TrainingTexts> = { id: trainingIndonesian, en: trainingEnglish };

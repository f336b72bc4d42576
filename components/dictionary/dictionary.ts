import type { ApproachId, Language, RuledOut } from '@/lib/answer/events.ts';
import type { Aspect, Metric } from '@/lib/metrics/table.ts';
import { english } from './en.ts';
import { indonesian } from './id.ts';

export interface ArmTexts {
  /** The plain name, e.g. "Buka buku". */
  readonly name: string;
  /** The term of the field, e.g. "RAG". */
  readonly term: string;
  /** What it does with a question, told in the empty pane. */
  readonly promise: string;
}

export const SITUATIONS = ['labelled', 'many-documents', 'changing', 'labels'] as const;
export type Situation = (typeof SITUATIONS)[number];

/** Every text of the page, in one language. */
export interface Dictionary {
  readonly title: string;
  readonly headline: readonly [before: string, word: string, after: string];
  readonly lead: string;
  readonly skip: string;
  readonly languageToggle: string;
  readonly theme: { readonly label: string; readonly system: string; readonly light: string; readonly dark: string };
  readonly question: {
    readonly label: string;
    readonly placeholder: string;
    readonly ask: string;
    readonly stop: string;
    readonly hint: string;
    readonly samples: string;
    readonly left: (count: number) => string;
    readonly over: (count: number) => string;
    readonly empty: string;
  };
  readonly arms: Record<ApproachId, ArmTexts>;
  readonly phase: Record<'idle' | 'waiting' | 'queued' | 'retrieved' | 'writing' | 'done' | 'cancelled' | 'failed', string>;
  readonly queuePosition: (position: number) => string;
  readonly cutShort: string;
  readonly emptyAnswer: string;
  /** Under an answer that was written from passages. */
  readonly figuresNotFound: (figures: readonly string[]) => string;
  /** Under an answer that was chosen from two. */
  readonly drafts: Record<'same' | 'taught' | 'untaught' | 'kept', string> & { readonly ruledOut: Record<RuledOut, string>; readonly title: (margin: string) => string; readonly leastLikely: (share: string) => string };
  readonly announce: {
    /** Of those that begin to answer. */
    readonly asking: (names: readonly string[]) => string;
    /** Its answer follows. */
    readonly finished: (name: string) => string;
    readonly failed: (name: string, message: string) => string;
    readonly stopped: string;
  };
  readonly meters: Record<'firstToken' | 'speed' | 'total' | 'prompt', string> & {
    readonly waited: (first: string, total: string) => string;
    readonly title: string;
    readonly tokensPerSecond: string;
    /** Why an answer has no speed. */
    readonly chosen: string;
    readonly tokens: string;
    readonly cached: (count: string) => string;
    readonly clock: string;
    readonly queue: string;
    readonly retrieval: string;
    readonly reading: string;
    /** Of an answer that was chosen from two: until it was. */
    readonly choosing: string;
    readonly writing: string;
  };
  readonly passages: {
    /** That reading was taught, and not on these documents. */
    readonly reader: string;
    readonly title: (count: number) => string;
    readonly unused: (count: number) => string;
    /** On the passage that the answer rests on. */
    readonly cited: string;
    readonly citedNote: string;
    readonly open: (title: string) => string;
    readonly cite: (rank: number, title: string) => string;
    readonly fused: string;
    readonly cosine: string;
    readonly bm25: string;
    readonly none: string;
    readonly more: string;
    readonly less: string;
    readonly scoresNote: string;
  };
  readonly adapter: {
    readonly title: string;
    readonly trainedOn: (examples: string) => string;
    readonly rank: string;
    readonly layers: string;
    readonly epochs: string;
    readonly heldOutLoss: string;
    readonly heldOutExactMatch: string;
    readonly trainingTime: string;
    readonly noPassages: string;
  };
  readonly provenance: { readonly title: string; readonly base: string; readonly adapter: string; readonly prompt: string; readonly index: string; readonly none: string };
  readonly problem: { readonly title: string; readonly remedy: string; readonly retry: string; readonly codes: Record<string, string> };
  readonly document: {
    readonly close: string;
    readonly edit: string;
    readonly save: string;
    readonly saving: string;
    readonly cancel: string;
    readonly text: string;
    readonly loading: string;
    readonly source: string;
    readonly marked: string;
    readonly markedSentence: string;
    readonly notFound: string;
    readonly saved: (time: string, chunks: number) => string;
    readonly askAgain: string;
    readonly discard: string;
  };
  readonly table: {
    readonly title: string;
    readonly lead: string;
    readonly aspect: string;
    readonly aspects: Record<Aspect, { readonly name: string } & Partial<Record<ApproachId, string>>>;
    readonly metrics: Record<Metric, string>;
    readonly adapterSize: (rank: number, layers: number) => string;
    readonly none: string;
    readonly source: {
      readonly here: (count: number) => string;
      readonly run: string;
      readonly running: string;
      readonly stated: string;
      readonly notMeasured: string;
      readonly command: string;
      readonly count: (count: number) => string;
      readonly date: string;
    };
    readonly legend: string;
    readonly legendHere: string;
    readonly legendRun: string;
    readonly legendRunning: string;
    readonly legendStated: string;
    readonly legendNotMeasured: string;
  };
  readonly decision: {
    readonly title: string;
    readonly lead: string;
    readonly situations: Record<Situation, { readonly situation: string; readonly choice: ApproachId; readonly because: string }>;
  };
  readonly empty: { readonly index: (documents: string, chunks: string) => string; readonly adapter: (examples: string, epochs: number) => string };
  readonly evidence: { readonly show: string; readonly hide: string };
  readonly problems: string;
  readonly serverSilent: string;
  readonly footer: string;
  readonly notices: string;
}

export const DICTIONARIES: Record<Language, Dictionary> = { id: indonesian, en: english };

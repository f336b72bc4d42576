import type { Language } from '@/lib/answer/events.ts';
import type { Inapplicable, Leak, MetricId, RunListing, Standing } from '@/lib/messages/evaluation.ts';
import { english } from './evaluation-en.ts';
import { indonesian } from './evaluation-id.ts';

/** Texts of the report page. */
export interface EvaluationTexts {
  readonly headline: readonly [before: string, word: string, after: string];
  readonly lead: string;
  readonly noRuns: string;
  readonly unreadable: string;
  readonly runs: {
    readonly label: string;
    readonly against: string;
    readonly alone: string;
    readonly origin: Record<RunListing['origin'], string>;
    readonly stopped: (answered: string, planned: string) => string;
    readonly quick: string;
    readonly mixed: (arms: string) => string;
    readonly failed: (arm: string, failed: string, all: string) => string;
    readonly export: string;
  };
  readonly about: {
    readonly title: string;
    /** `answers` of each arm, where every question was asked more than once. */
    readonly questions: (count: string, facts: string, answers: string | null) => string;
    readonly first: (first: string, all: string) => string;
    readonly sample: (sample: string, all: string) => string;
    readonly resume: string;
    readonly command: string;
    readonly machine: string;
    readonly data: string;
    readonly training: string;
    readonly code: string;
    readonly commit: string;
    readonly model: string;
    readonly adapters: string;
    readonly index: string;
    readonly seeds: (count: string, temperature: string) => string;
    readonly none: string;
    readonly agreement: (same: string, all: string) => string;
    readonly shown: string;
    readonly answered: string;
  };
  readonly groups: Record<string, string>;
  readonly group: string;
  readonly accuracy: { readonly title: string; readonly lead: string; readonly interval: (low: string, high: string) => string; readonly count: (count: string, answers: string | null) => string };
  readonly metrics: { readonly title: string; readonly lead: string; readonly metric: string; readonly names: Record<MetricId, { readonly name: string; readonly meaning: string }>; readonly inapplicable: string; readonly reasons: Record<Inapplicable, string>; readonly timed: (count: string) => string };
  readonly pairs: { readonly title: string; readonly lead: string; readonly pair: string; readonly only: (name: string) => string; readonly difference: string; readonly mcnemar: string; readonly holm: string; readonly byFact: string; readonly smallest: string; readonly points: string; readonly tests: (count: string) => string };
  readonly leaks: { readonly none: string; readonly unknown: string; readonly some: (moved: string, all: string) => string; readonly levels: Record<Leak['level'], string>; readonly badge: string; readonly trained: string };
  readonly questions: {
    readonly title: string;
    readonly lead: string;
    readonly first: string;
    readonly second: string;
    readonly standing: string;
    readonly standings: Record<Standing, (first: string, second: string) => string>;
    readonly all: string;
    readonly kind: string;
    readonly language: string;
    readonly languages: Record<Language, string>;
    readonly search: string;
    readonly shown: (from: string, to: string, all: string) => string;
    readonly none: string;
    readonly accepted: string;
    readonly unanswerable: string;
    readonly right: string;
    readonly wrong: string;
    readonly refused: string;
    /** Before the words of an answer that was written too and not kept. */
    readonly notKept: (taught: boolean) => string;
    readonly outdated: string;
    readonly empty: string;
    readonly open: string;
    readonly more: string;
    readonly before: string;
    readonly seed: (seed: number) => string;
    readonly f1: string;
    readonly failed: string;
  };
  readonly compare: { readonly title: string; readonly lead: (shared: string) => string; readonly otherMarking: (count: string) => string; readonly otherKind: (count: string) => string; readonly otherCode: string; readonly nothing: string; readonly before: string; readonly after: string; readonly change: string; readonly gained: string; readonly lost: string };
}

export const EVALUATION_TEXTS: Record<Language, EvaluationTexts> = { id: indonesian, en: english };

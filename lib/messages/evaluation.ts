/** What an evaluation is: the file of one run, and what the report page is told of it. docs/evaluation.md defines every metric. */
import type { AnswerProblem, AnswerTimings, ApproachId, Draft, FinishReason, Language } from '../answer/events.ts';

/** Kinds of question the product's own workspaces ask; a person's own questions may be of other kinds. */
export const QUESTION_KINDS = ['seen', 'held-out', 'document-only', 'changed', 'unanswerable'] as const;

/** Shares are from 0 to 1, `-ms` milliseconds. */
export const METRIC_IDS = [
  'accuracy', 'exact-match', 'token-f1',
  'recall-at-1', 'recall-at-5', 'mrr', 'ndcg-at-5',
  'citation-precision', 'citation-recall', 'faithfulness',
  'refusal-recall', 'refusal-precision', 'outdated',
  'first-token-ms', 'tokens-per-second', 'total-ms', 'retrieval-ms',
] as const;
export type MetricId = (typeof METRIC_IDS)[number];

/** Why a metric has no meaning for an arm and a group of questions. */
export type Inapplicable =
  | 'reads-no-passages' | 'no-answerable-question' | 'no-unanswerable-question' | 'no-document-named' | 'one-kind-only'
  | 'nothing-refused' | 'nothing-cited' | 'no-figure' | 'no-change' | 'not-timed' | 'chosen-from-two';

/** A metric over a group of questions with its 95 % interval. `clusters`: how many independent facts stand behind it. */
export type Estimate =
  | { readonly value: number; readonly low: number; readonly high: number; readonly n: number; readonly clusters: number; readonly p95?: number; readonly seedDeviation?: number }
  | { readonly value: null; readonly reason: Inapplicable };

/** The sums of one arm over one group: `all`, a kind, or a language (`language:id`). */
export interface GroupScores {
  readonly arm: ApproachId;
  readonly group: string;
  readonly questions: number;
  /** Only where questions were asked more than once: how many answers there are to them. */
  readonly answers?: number;
  /** Answers that failed. */
  readonly failures: number;
  readonly metrics: Readonly<Partial<Record<MetricId, Estimate>>>;
}

export const answersOf = ({ questions, answers = questions }: GroupScores): number => answers;

/** How many answers of an arm were timed. Counted, not taken from the settings: a small sample has fewer, and changed facts are asked alone too. */
export const countTimed = (scores: readonly GroupScores[]): number =>
  Math.max(0, ...scores.map(({ group, metrics }) => (group === 'all' && metrics['total-ms']?.value != null ? metrics['total-ms'].n : 0)));

/** Two arms on the same questions, right or wrong. */
export interface PairResult {
  readonly first: ApproachId;
  readonly second: ApproachId;
  readonly group: string;
  readonly n: number;
  readonly clusters: number;
  readonly bothRight: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly bothWrong: number;
  /** Accuracy of the first less that of the second, with its 95 % interval by the paired bootstrap over facts. */
  readonly difference: { readonly value: number; readonly low: number; readonly high: number };
  /** McNemar's exact test, two-sided. It takes questions for independent, which phrasings of one fact are not: it describes, and is not corrected. */
  readonly p: number;
  /** The same asked of facts in place of questions: a sign-flip test over clusters. */
  readonly pClustered: number;
  /** `pClustered` after Holm's correction over all pairs and groups of the run. */
  readonly pHolm: number;
  /** The smallest difference that this sample shows four times in five at the 5 % level. */
  readonly smallestDifference: number;
}

export interface ScoredAnswer {
  readonly answer: string;
  /** Right: equivalent to what is accepted, or refused where nothing answers. */
  readonly right: boolean;
  /** `null` for a question without an answer. */
  readonly exactMatch: boolean | null;
  readonly f1: number | null;
  readonly refused: boolean;
  readonly finish: FinishReason | null;
  /** Whether passages stood in the prompt. */
  readonly reads: boolean;
  /** Id of the passage it names as its own. */
  readonly cited: string | null;
  /** Whether the cited passage is of a document that answers; `null` when none is cited. */
  readonly citesRight: boolean | null;
  /** Figures and dates of the answer, and how many of them stand in what it cites; `null` when it has none or read nothing. */
  readonly figures: { readonly total: number; readonly supported: number } | null;
  /** Says what the document said before it changed; only for changed facts. */
  readonly outdated?: boolean;
  /** What an answer was chosen from, the kept one first; absent from arms that write only one. */
  readonly drafts?: readonly ScoredDraft[];
  /** Only of answers that were asked for alone. */
  readonly timings?: Pick<AnswerTimings, 'timeToFirstTokenMs' | 'totalMs' | 'tokensPerSecond' | 'retrievalMs'>;
  readonly problem?: AnswerProblem;
  /** What the page showed, when the run also went through the page. */
  readonly onPage?: string;
}

export interface ScoredDraft extends Draft {
  readonly right: boolean;
}

export interface Leak {
  readonly level: 'exact' | 'normalised' | 'near';
  /** The trained question. */
  readonly trained: string;
  /** Cosine of the two questions' embeddings. */
  readonly cosine?: number;
}

/** Passages by their ids, best first; the scores are `null` for a question that names no documents, or that nothing answers. */
export interface Retrieved {
  readonly passages: readonly string[];
  /** How many of them were put into the prompt. */
  readonly read: number;
  readonly recallAt1: number | null;
  readonly recallAt5: number | null;
  readonly reciprocalRank: number | null;
  readonly ndcgAt5: number | null;
}

/** One question, asked once of every arm. */
export interface EvaluationRow {
  readonly id: string;
  readonly kind: string;
  /** What the question was meant to be, where the leak detector found it in the training data. */
  readonly meantAs?: string;
  /** Questions about one fact share it; intervals draw facts, not questions. */
  readonly cluster: string;
  readonly language: Language;
  readonly question: string;
  readonly answers: readonly string[];
  readonly documents: readonly string[];
  /** Mark of the rule it was scored by, accepted answers and required words: the same rule, the same mark. Older runs have none. */
  readonly marking?: string;
  readonly seed: number;
  readonly leak?: Leak;
  /** What the search found for the arms that read, and how good that was; `null` when none of them reads. */
  readonly retrieved: Retrieved | null;
  /** From saving the changed document until a search finds it. */
  readonly updateMs?: number;
  readonly arms: Readonly<Partial<Record<ApproachId, ScoredAnswer>>>;
}

export interface RunSettings {
  readonly arms: readonly ApproachId[];
  readonly adapter: string | null;
  readonly seeds: number;
  readonly temperature: number;
  /** Questions under way at once; only those asked alone are timed. */
  readonly concurrency: number;
  readonly timed: number;
  /** A stratified sample of so many questions; `null` for all. */
  readonly sample: number | null;
  /** Only so many, from the first on; `null` for all. */
  readonly limit: number | null;
  readonly quick: boolean;
  readonly throughPage: boolean;
  readonly leakCosine: number;
  readonly resamples: number;
}

/** What answered, as the answers said; more than one entry, but for `adapters`, means that it changed during the run. */
export interface ArmProvenance {
  readonly model: readonly string[];
  readonly adapters: readonly string[];
  /** Adapters that lay on each other, the lowest first, joined by ` + `. Older files say only which there were. */
  readonly stacks?: readonly string[];
  readonly index: readonly string[];
}

export interface RunHeader {
  readonly format: 1;
  readonly id: string;
  /** The workspace or the name of the questions. */
  readonly name: string;
  readonly command: string;
  readonly startedAt: string;
  /** What it is about: a workspace, or documents and questions of a person's own, by their paths. */
  readonly subject: { readonly workspace: string | null; readonly documents: string | null; readonly questions: string | null; readonly training: string | null };
  readonly settings: RunSettings;
  /** Answers asked for: questions times seeds. */
  readonly planned: number;
  /** Before a limit and a sample. Older files have it after the limit. */
  readonly questionsInAll: number;
  /** SHA-256 of the questions with their accepted answers, and of the training questions looked through for leaks. */
  readonly dataHash: string;
  readonly trainingHash: string | null;
  readonly code: { readonly commit: string | null; readonly hash: string };
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGiB: number; readonly system: string };
  readonly versions: Readonly<Record<string, string>>;
}

/** Which part of all questions a run asked: so many `first` ones, a stratified `sample` of so many; each `null` where it left nothing out. `left`: what the first ones, or all, are. */
export function partAsked({ settings: { limit, sample }, questionsInAll }: RunHeader): { readonly first: number | null; readonly sample: number | null; readonly left: number } {
  const left = Math.min(limit ?? Infinity, questionsInAll);
  return { first: left < questionsInAll ? left : null, sample: sample !== null && sample < left ? sample : null, left };
}

/** The same answers through the page. */
export interface Agreement {
  readonly answers: number;
  readonly same: number;
  readonly differing: readonly { readonly id: string; readonly arm: ApproachId; readonly direct: string; readonly page: string }[];
}

export interface LeakCount {
  readonly kind: string;
  readonly questions: number;
  readonly exact: number;
  readonly normalised: number;
  readonly near: number;
}

/** Of questions meant to be new, how many stand in the training data: those of kinds that were trained on purpose do not count. */
export const leaksOfNew = (leaks: readonly LeakCount[]): (LeakCount & { readonly found: number })[] =>
  leaks.filter(({ kind }) => kind !== 'seen' && kind !== 'changed').map((leak) => ({ ...leak, found: leak.exact + leak.normalised + leak.near }));

/** Neither, one, the other, both: the order of arms in reports. */
const ARM_ORDER: readonly ApproachId[] = ['base', 'rag', 'fine-tuned', 'rag-fine-tuned'];

/** Those of the arms that reports tell of, each once. */
export const armsInOrder = (arms: readonly ApproachId[]): ApproachId[] => ARM_ORDER.filter((arm) => arms.includes(arm));

export interface RunSummary {
  readonly header: RunHeader;
  /** `null` for a run that was stopped; it can be resumed. */
  readonly finishedAt: string | null;
  readonly answered: number;
  readonly provenance: Readonly<Partial<Record<ApproachId, ArmProvenance>>>;
  readonly leaks: readonly LeakCount[];
  readonly scores: readonly GroupScores[];
  readonly pairs: readonly PairResult[];
  readonly agreement: Agreement | null;
}

/** A run as its file holds it. */
export interface EvaluationRun extends RunSummary {
  readonly rows: readonly EvaluationRow[];
}

export interface RunListing {
  readonly id: string;
  readonly name: string;
  readonly origin: 'committed' | 'own';
  readonly startedAt: string;
  readonly state: 'finished' | 'stopped' | 'unreadable';
  readonly answered: number;
  readonly planned: number;
  readonly arms: readonly ApproachId[];
  readonly quick: boolean;
}

/** Where two arms stand to each other on one question. */
export const STANDINGS = ['only-first', 'only-second', 'both-wrong', 'both-right'] as const;
export type Standing = (typeof STANDINGS)[number];

/** One page of a run's questions, those on which the arms disagree first. */
export interface QuestionPage {
  readonly total: number;
  /** Of the questions that kind, language and search leave, how many are of each standing. */
  readonly standings: Readonly<Record<Standing, number>>;
  readonly rows: readonly (EvaluationRow & { readonly standing: Standing })[];
}

/** Two runs on the questions they share: same id, words, accepted answers and documents, and same marking where both runs tell it of all rows. */
export interface RunComparison {
  readonly shared: number;
  /** Questions of the same id and words that the runs mark differently; they are not among those shared. Older runs tell by the accepted answers only. */
  readonly otherMarking: number;
  /** Shared questions that are of another kind in each run, e.g. since only one of them found it in the training data: compared among all questions, and under no kind. */
  readonly otherKind: number;
  /** Whether lib/, and with it perhaps the scoring, was another. */
  readonly otherCode: boolean;
  readonly entries: readonly {
    readonly arm: ApproachId;
    readonly group: string;
    readonly n: number;
    readonly accuracy: readonly [number, number];
    readonly difference: { readonly value: number; readonly low: number; readonly high: number };
    readonly onlyFirst: number;
    readonly onlySecond: number;
    /** As in `PairResult`; Holm's correction counts the entries. */
    readonly p: number;
    readonly pClustered: number;
    readonly pHolm: number;
  }[];
}

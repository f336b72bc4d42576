/** A run as Markdown: in the README, and as what the report page exports. */
import type { ApproachId } from '../answer/events.ts';
import { answersOf, armsInOrder, leaksOfNew, partAsked, type Estimate, type EvaluationRun, type GroupScores, type Inapplicable, type MetricId, type PairResult, type RunHeader, type ScoredDraft } from '../messages/evaluation.ts';
import { armsOf } from './summarise.ts';
import { mixedArms } from './sum-up.ts';

const ARM_NAMES: Readonly<Record<ApproachId, string>> = { base: 'base', rag: 'RAG', 'fine-tuned': 'fine-tuned', 'rag-fine-tuned': 'RAG + fine-tuned' };

const GROUP_NAMES: Readonly<Record<string, string>> = {
  all: 'all questions', seen: 'seen phrasing', 'held-out': 'held-out phrasing', 'document-only': 'only in documents', changed: 'a fact that has just changed', unanswerable: 'nothing answers it: refused',
  'language:id': 'in Indonesian', 'language:en': 'in English',
};

const METRIC_LINES: readonly (readonly [MetricId, string])[] = [
  ['exact-match', 'exact match'], ['token-f1', 'token F1'], ['recall-at-1', 'recall@1'], ['recall-at-5', 'recall@5'], ['mrr', 'MRR'], ['ndcg-at-5', 'nDCG@5'],
  ['citation-precision', 'citation precision'], ['citation-recall', 'citation recall'], ['faithfulness', 'faithfulness of figures and dates'],
  ['refusal-recall', 'refusal recall'], ['refusal-precision', 'refusal precision'], ['outdated', 'still says what has changed'],
  ['first-token-ms', 'first token, median'], ['total-ms', 'whole answer, median'], ['tokens-per-second', 'tokens/s, median'],
];

const REASONS: Readonly<Record<Inapplicable, string>> = {
  'reads-no-passages': 'reads no passages', 'no-answerable-question': 'no question with an answer', 'no-unanswerable-question': 'no question without an answer', 'no-document-named': 'no document named',
  'one-kind-only': 'needs both kinds of question', 'nothing-refused': 'refused nothing', 'nothing-cited': 'cited nothing', 'no-figure': 'no figure in any answer', 'no-change': 'no fact changed', 'not-timed': 'not timed', 'chosen-from-two': 'chosen from two answers',
};

const isTime = (id: MetricId): boolean => id.endsWith('-ms');
/** Shares in percent, times in seconds, speeds as they are. */
function number(id: MetricId, value: number): string {
  if (isTime(id)) return (value / 1000).toFixed(2);
  return id === 'tokens-per-second' ? value.toFixed(0) : (100 * value).toFixed(1);
}
const unit = (id: MetricId): string => (isTime(id) ? ' s' : id === 'tokens-per-second' ? '' : ' %');

/** One figure with its interval; `n/a` where a metric has no meaning, and with `reasons` why. */
export function cell(id: MetricId, estimate: Estimate | undefined, reasons = true): string {
  if (estimate === undefined) return 'n/a';
  if (estimate.value === null) return reasons ? `n/a (${REASONS[estimate.reason]})` : 'n/a';
  return `${number(id, estimate.value)}${unit(id)} (${number(id, estimate.low)} - ${number(id, estimate.high)})`;
}

const table = (head: readonly string[], lines: readonly (readonly string[])[]): string => [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n');
/** A cell must not end its cell or its line. */
const escaped = (text: string): string => text.replace(/\\/g, '\\\\').replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ');

/** Accuracy: a line a group, a column an arm. */
export function accuracyTable({ scores }: EvaluationRun, groups: (group: string) => boolean): string {
  const arms = armsInOrder(scores.map(({ arm }) => arm));
  const names = [...new Set(scores.map(({ group }) => group))].filter(groups);
  return table(
    ['questions', 'n', ...arms.map((arm) => ARM_NAMES[arm])],
    names.map((group) => {
      const of = (arm: ApproachId): GroupScores | undefined => scores.find((each) => each.group === group && each.arm === arm);
      return [GROUP_NAMES[group] ?? group, counted(of(arms[0])), ...arms.map((arm) => cell('accuracy', of(arm)?.metrics.accuracy))];
    }),
  );
}

/** Questions, and their answers where each was asked more than once. */
const counted = (scores: GroupScores | undefined): string => (scores?.answers === undefined ? String(scores?.questions ?? 0) : `${scores.questions} (${scores.answers} answers)`);

/** The other metrics over all questions: a line a metric, a column an arm; what no arm has is left out. Failed answers have a line where there are any. `reasons`: why a metric has no meaning for an arm. */
export function metricTable({ scores }: EvaluationRun, { group = 'all', reasons = true } = {}): string {
  const arms = armsInOrder(scores.map(({ arm }) => arm));
  const of = (arm: ApproachId) => scores.find((each) => each.group === group && each.arm === arm);
  const lines = METRIC_LINES.filter(([id]) => arms.some((arm) => of(arm)?.metrics[id]?.value != null)).map(([id, name]) => [name, ...arms.map((arm) => cell(id, of(arm)?.metrics[id], reasons))]);
  const failed = arms.some((arm) => of(arm)?.failures) ? [['failed, counted as wrong', ...arms.map(of).map((scores) => (scores ? `${scores.failures} of ${answersOf(scores)}` : '0 of 0'))]] : [];
  return table([GROUP_NAMES[group] ?? group, ...arms.map((arm) => ARM_NAMES[arm])], [...lines, ...failed]);
}

const points = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(100 * value).toFixed(1)}`;
/** Three places, as statistics are printed. */
export const pValue = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

/** Whether it is the pair that the product is about: look it up, or teach it. */
export const isMainPair = ({ first, second }: PairResult): boolean => [first, second].includes('rag') && [first, second].includes('fine-tuned');

/** Differences in percentage points, with the tests and what the sample can show. */
export function pairTable(pairs: readonly PairResult[]): string {
  return table(
    ['first / second', 'questions', 'n', 'only first right', 'only second right', 'difference', '95 %', 'McNemar p', 'p over facts', 'over facts, after Holm', 'smallest shown'],
    pairs.map((pair) => [`${ARM_NAMES[pair.first]} / ${ARM_NAMES[pair.second]}`, GROUP_NAMES[pair.group] ?? pair.group, String(pair.n), String(pair.onlyFirst), String(pair.onlySecond),
      points(pair.difference.value), `${points(pair.difference.low)} to ${points(pair.difference.high)}`, pValue(pair.p), pValue(pair.pClustered), pValue(pair.pHolm), (100 * pair.smallestDifference).toFixed(1)]),
  );
}

/** For a run that knows no training question: a clean bill would be of what nobody looked at. */
export const LEAKS_UNKNOWN = 'Whether questions stand in the training data was not looked at: no training questions are known to this run (--training FILE names them).';

/** Which questions meant to be new stand in the training data. */
export function leakSentence({ header, leaks }: EvaluationRun): string {
  if (header.trainingHash === null) return LEAKS_UNKNOWN;
  const moved = leaksOfNew(leaks).filter(({ found }) => found > 0);
  if (moved.length === 0) return 'No question meant to be new stands in the training data.';
  return `Counted as seen, because they stand in the training data too: ${moved.map(({ kind, questions, found, exact, normalised, near }) => `${found} of ${questions} meant as ${GROUP_NAMES[kind] ?? kind} (${exact} word for word, ${normalised} after normalisation, ${near} nearly)`).join('; ')}.`;
}

/** What choosing between two answers comes to, and what either alone would have: a sentence for each arm that wrote two. */
export function draftSentences({ rows }: Pick<EvaluationRun, 'rows'>): string[] {
  return armsInOrder(armsOf(rows)).flatMap((arm) => {
    const chosen = rows.flatMap(({ arms }) => (arms[arm]?.drafts ? [arms[arm].drafts] : []));
    if (chosen.length === 0) return [];
    const others = chosen.filter(([kept, other]) => kept.text !== other.text);
    const right = (drafts: readonly (ScoredDraft | undefined)[]): number => drafts.filter((draft) => draft?.right).length;
    const kept = (taught: boolean): string => {
      const of = others.filter(([first]) => first.taught === taught).map(([first]) => first);
      return `for ${of.length} (${right(of)} right)`;
    };
    const always = (taught: boolean): number => right(chosen.map((drafts) => drafts.find((draft) => draft.taught === taught)));
    return [`${ARM_NAMES[arm]} answers twice, from the passages and from memory, and keeps one answer: memory's where it is surer and a sentence of the passages supports its figures. Both said the same to ${chosen.length - others.length} of ${chosen.length} questions. Of the others it kept the answer from memory ${kept(true)} and the one from the passages ${kept(false)}. In all ${right(chosen.map(([first]) => first))} of ${chosen.length} are right; always from memory ${always(true)} would have been, always from the passages ${always(false)}.`];
  });
}

/** Which part of all questions was asked, a sentence for each way it was cut; none where all were. */
export function partSentences(header: RunHeader): string[] {
  const { first, sample, left } = partAsked(header);
  return [
    ...(first === null ? [] : [`Only the first ${first} of ${header.questionsInAll} questions.`]),
    ...(sample === null ? [] : [`A stratified sample of ${sample} of ${left} questions.`]),
  ];
}

/** Which arms were not one thing all along: the sentence of the report page; `null` where all were. */
function mixedSentence({ scores, provenance }: EvaluationRun): string | null {
  const mixed = mixedArms(provenance);
  const names = armsInOrder(scores.map(({ arm }) => arm)).filter((arm) => mixed.includes(arm)).map((arm) => ARM_NAMES[arm]);
  return names.length === 0 ? null : `The weights or the index changed while the evaluation was under way: the scores of ${names.join(', ')} are of no one thing.`;
}

/** The whole report of a run. */
export function runMarkdown(run: EvaluationRun): string {
  const { header, finishedAt, answered, agreement, provenance } = run;
  const { cpu, cores, memoryGiB, system } = header.machine;
  const mixed = mixedSentence(run);
  return `${[
    `# Evaluation ${header.id}`,
    `\`${header.command}\`, begun ${header.startedAt}${finishedAt === null ? `, stopped after ${answered} of ${header.planned}` : `, finished ${finishedAt}`}; ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}.`,
    ...partSentences(header),
    ...(mixed === null ? [] : [mixed]),
    '## Accuracy\n\nWith 95 % intervals by the bootstrap over facts.', accuracyTable(run, () => true),
    '## Metrics', metricTable(run),
    '## Pairs of arms', pairTable(run.pairs),
    leakSentence(run),
    ...draftSentences(run),
    ...(agreement ? [`Through the page: ${agreement.same} of ${agreement.answers} answers the same.`] : []),
    '## What answered',
    [`- questions \`${header.dataHash}\``, `- training questions \`${header.trainingHash ?? 'none'}\``, `- code \`${header.code.hash}\`, commit \`${header.code.commit ?? 'none'}\``,
      ...armsInOrder(run.scores.map(({ arm }) => arm)).map((arm) => `- ${ARM_NAMES[arm]}: model \`${provenance[arm]?.model.join(', ') ?? ''}\`, adapters \`${provenance[arm]?.adapters.join(', ') || 'none'}\`, index \`${provenance[arm]?.index.join(', ') || 'none'}\``)].join('\n'),
  ].join('\n\n')}\n`;
}

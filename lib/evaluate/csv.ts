import type { ApproachId } from '../answer/events.ts';
import type { EvaluationRow, EvaluationRun, ScoredAnswer } from '../messages/evaluation.ts';
import { csvCell } from '../system/csv-cell.ts';

type Cell = string | number | boolean | null | undefined;
const COLUMNS: readonly (readonly [string, (row: EvaluationRow, arm: ApproachId, answer: ScoredAnswer) => Cell])[] = [
  ['id', ({ id }) => id], ['kind', ({ kind }) => kind], ['meant as', ({ meantAs }) => meantAs], ['language', ({ language }) => language], ['fact', ({ cluster }) => cluster], ['seed', ({ seed }) => seed],
  ['leak', ({ leak }) => leak?.level], ['question', ({ question }) => question], ['accepted', ({ answers }) => answers.join(' / ')], ['arm', (_, arm) => arm],
  ['answer', (_, __, { answer }) => answer], ['right', (_, __, { right }) => right], ['exact match', (_, __, { exactMatch }) => exactMatch], ['token F1', (_, __, { f1 }) => f1], ['refused', (_, __, { refused }) => refused],
  ['recall@5', ({ retrieved }, _, { reads }) => (reads ? retrieved?.recallAt5 : null)], ['reciprocal rank', ({ retrieved }, _, { reads }) => (reads ? retrieved?.reciprocalRank : null)], ['nDCG@5', ({ retrieved }, _, { reads }) => (reads ? retrieved?.ndcgAt5 : null)],
  ['cited', (_, __, { cited }) => cited], ['cites right', (_, __, { citesRight }) => citesRight], ['figures', (_, __, { figures }) => figures?.total], ['figures in passage', (_, __, { figures }) => figures?.supported],
  ['first token ms', (_, __, { timings }) => timings?.timeToFirstTokenMs], ['total ms', (_, __, { timings }) => timings?.totalMs], ['tokens/s', (_, __, { timings }) => timings?.tokensPerSecond], ['problem', (_, __, { problem }) => problem?.message],
];

/** A line for each answer (RFC 4180). What has no meaning is an empty cell. */
export function runCsv({ rows }: Pick<EvaluationRun, 'rows'>): string {
  const lines = rows.flatMap((row) => (Object.entries(row.arms) as [ApproachId, ScoredAnswer][]).map(([arm, answer]) => COLUMNS.map(([, read]) => cell(read(row, arm, answer)))));
  return [COLUMNS.map(([name]) => cell(name)), ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

const cell = (value: Cell): string => (typeof value === 'string' ? csvCell(value) : String(value ?? ''));

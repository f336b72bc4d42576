/** A run's questions as the report page leafs through them: those on which two arms disagree first. */
import type { ApproachId } from '../answer/events.ts';
import { STANDINGS, type EvaluationRow, type EvaluationRun, type QuestionPage, type Standing } from '../messages/evaluation.ts';

export interface QuestionFilter {
  readonly first: ApproachId;
  readonly second: ApproachId;
  readonly standing?: Standing;
  readonly kind?: string;
  readonly language?: string;
  /** Words that question, answers or accepted answers contain, whatever their case. */
  readonly search?: string;
  readonly offset: number;
  readonly limit: number;
}

/** Questions that only one of the two arms was asked are left out. */
export function questionPage({ rows }: Pick<EvaluationRun, 'rows'>, { first, second, standing, kind, language, search, offset, limit }: QuestionFilter): QuestionPage {
  const wanted = plain(search ?? '').split(' ').filter((word) => word !== '');
  const left = rows.flatMap((row) => {
    const [one, other] = [row.arms[first], row.arms[second]];
    if (!one || !other || (kind !== undefined && row.kind !== kind) || (language !== undefined && row.language !== language)) return [];
    if (wanted.length > 0 && !isIn(wanted, row)) return [];
    return [{ ...row, standing: standingOf(one.right, other.right) }];
  });
  const counts = Object.fromEntries(STANDINGS.map((each) => [each, left.filter((row) => row.standing === each).length])) as Record<Standing, number>;
  const chosen = standing === undefined ? STANDINGS.flatMap((each) => left.filter((row) => row.standing === each)) : left.filter((row) => row.standing === standing);
  return { total: chosen.length, standings: counts, rows: chosen.slice(offset, offset + limit) };
}

const standingOf = (first: boolean, second: boolean): Standing => (first ? (second ? 'both-right' : 'only-first') : second ? 'only-second' : 'both-wrong');

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

function isIn(words: readonly string[], { id, question, answers, arms }: EvaluationRow): boolean {
  const text = plain([id, question, ...answers, ...Object.values(arms).map(({ answer }) => answer)].join(' '));
  return words.every((word) => text.includes(word));
}

import type { AnswerProblem } from '../answer/events.ts';
import { BadInputError, ProductError } from '../system/errors.ts';
import { toProblem } from '../system/problem.ts';

/** The data directory's disk takes no more. */
class DiskFullError extends ProductError {
  readonly code = 'disk-full';
  readonly httpStatus = 507;
}

const diskFull = (cause: unknown): DiskFullError =>
  new DiskFullError('The disk is full: the training could not write what it has learned since its last saved state.', {
    cause,
    remedy: 'Free some space (checkpoints of old trainings can be deleted), then resume.',
    detail: { id: 'training-disk-full', facts: {} },
  });

const isDiskFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | null)?.code ?? '');

/** Why a training failed, as told to a person, and whether going on from its last state may work. */
export function failureOf(given: unknown): { readonly problem: AnswerProblem; readonly resumable: boolean } {
  const error = isDiskFull(given) ? diskFull(given) : given;
  // The same examples, the same steps and the same saved state would fail again.
  const again = error instanceof BadInputError || (error instanceof ProductError && (error.code === 'training-diverged' || error.detail?.id === 'training-state-damaged'));
  return { problem: toProblem(error), resumable: !again };
}

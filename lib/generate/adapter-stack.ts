/** The adapters of one answer, brought into the model together and given back together. */
import { STRENGTH_LIMIT } from '../question/limit.ts';
import { BadInputError } from '../system/errors.ts';
import type { AcquiredAdapter } from './adapter-shelf.ts';
import { anotherBeneath } from './adapters.ts';
import type { ScheduledRequest } from './sequence.ts';
import { STACK_LIMIT, type AdapterChoice } from './types.ts';

export interface AcquiredStack {
  readonly adapters: ScheduledRequest['adapters'];
  release(): void;
}

/**
 * Acquires every adapter of a request. What one of them was trained on top of is compared with what the request itself
 * stacks, so that an answer begun beside a retraining is of one state of both or refused.
 * @throws BadInputError for too many or a strength outside 0 to STRENGTH_LIMIT; else as the shelf does. Nothing stays acquired then.
 */
export async function acquireStack(shelf: { acquire(name: string): Promise<AcquiredAdapter> }, choices: readonly AdapterChoice[]): Promise<AcquiredStack> {
  if (choices.length > STACK_LIMIT) throw new BadInputError(`${choices.length} adapters are more than the ${STACK_LIMIT} that one answer can stack.`);
  for (const { name, scale = 1 } of choices) {
    if (!(scale >= 0 && scale <= STRENGTH_LIMIT)) throw new BadInputError(`Adapter "${name}" has the strength ${scale}; it has to be from 0 to ${STRENGTH_LIMIT}.`);
  }
  const acquired: AcquiredAdapter[] = [];
  const release = (): void => acquired.splice(0).forEach((each) => each.release());
  try {
    for (const { name } of choices) acquired.push(await shelf.acquire(name));
    for (const { summary } of acquired) {
      const lower = acquired.find((each) => each.summary.name === summary.beneath?.name);
      if (lower && lower.summary.hash !== summary.beneath!.hash) throw anotherBeneath(summary.name, summary.beneath!, lower.summary.hash);
    }
    return { adapters: acquired.map(({ key, summary }, index) => ({ key, summary, scale: choices[index].scale ?? 1 })), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** What a person tells a run to do. */
import { z } from 'zod';
import type { AdapterView } from '../messages/adapters.ts';
import type { TrainingRunSummary } from '../messages/training.ts';
import { BadInputError } from '../system/errors.ts';
import { keepCheckpoint } from './adapter-library.ts';
import type { TrainingManager } from './manager.ts';

const actionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('pause') }),
  z.strictObject({ action: z.literal('resume') }),
  z.strictObject({ action: z.literal('stop') }),
  z.strictObject({ action: z.literal('keep'), step: z.int().min(0), name: z.string(), replace: z.boolean().optional() }),
]);

/** BadInputError for an action that is none (400), a run that is none (404), or one whose state does not allow it (409). */
export async function act(manager: TrainingManager, id: string, body: unknown): Promise<TrainingRunSummary | AdapterView> {
  const parsed = actionSchema.safeParse(body);
  if (!parsed.success) throw new BadInputError('This is nothing a training can be told.', { remedy: 'Send {"action": "pause"}, "resume", "stop", or {"action": "keep", "step": …, "name": "…"}.' });
  const action = parsed.data;
  if (action.action !== 'keep') return manager[action.action](id);
  await manager.detail(id);
  return keepCheckpoint(id, action.step, action.name, action.replace);
}

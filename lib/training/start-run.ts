/** From a request to a run. */
import { z } from 'zod';
import type { TrainingRequest, TrainingRunSummary } from '../messages/training.ts';
import { hasEnded } from '../messages/training.ts';
import { BadInputError } from '../system/errors.ts';
import { checkName, refuseTaken } from './adapter-library.ts';
import { checkExamples } from './example-check.ts';
import { readExamples } from './examples.ts';
import type { TrainingManager } from './manager.ts';
import { newRunId } from './run-folder.ts';
import { completeSettings } from './settings.ts';

const requestSchema = z.strictObject({
  name: z.string().trim().min(1).max(64),
  workspace: z.string(),
  settings: z.record(z.string(), z.unknown()).default({}),
  startedBy: z.string().trim().max(60).default(''),
  replace: z.boolean().default(false),
});

/** Checks what was asked for and puts it in the queue. BadInputError for what cannot be trained, named. */
export async function startRun(manager: TrainingManager, body: unknown): Promise<TrainingRunSummary> {
  const { name, workspace, settings, startedBy, replace } = parse(body);
  checkName(name);
  await refuseTaken(name, replace);
  // Their adapters would be one on disks that take small and capital letters as the same.
  const same = (await manager.list()).find((run) => run.name.toLowerCase() === name.toLowerCase() && !(replace && run.name === name) && !hasEnded(run.state));
  if (same) {
    throw new BadInputError(`A training "${same.name}" is under way already (${same.id}).`, {
      httpStatus: 409,
      remedy: same.name === name ? 'Choose another name, or say that it may be replaced.' : 'Choose another name.',
      detail: { id: 'training-under-way', facts: { name: same.name } },
    });
  }
  const complete = completeSettings(settings);
  const examples = await readExamples(workspace);
  const train = examples.filter(({ split }) => split === 'train').length;
  if (train === 0) {
    throw new BadInputError(`The workspace "${workspace}" has no example to train on.`, {
      remedy: 'Add examples, or import a file of them.',
      detail: { id: 'workspace-without-examples', facts: { name: workspace } },
    });
  }
  checkExamples(examples);
  const record = { id: newRunId(), name, workspace, startedBy, replace, settings: complete, createdAt: new Date().toISOString(), examples: { train, heldOut: examples.length - train } };
  return manager.create(record, examples);
}

function parse(body: unknown): z.output<typeof requestSchema> & TrainingRequest {
  const parsed = requestSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BadInputError(`The training cannot be started: ${issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : ''}${issue.message}.`, {
    remedy: 'Send {"name": "…", "workspace": "…"}, with "settings" where they differ from the defaults.',
  });
}

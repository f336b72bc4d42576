/** A run trained by lib/finetune, told in the words of the page. */
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { exampleSchema, makeDataset } from '../finetune/dataset.ts';
import { fineTune, type AnswerHeldOut, type FineTuneEvent } from '../finetune/fine-tune.ts';
import type { OpenTrainable } from '../finetune/open-trainable.ts';
import type { TooLongReport } from '../messages/training.ts';
import { readJsonLines } from '../workspace/json-lines.ts';
import { describeCheckpoint, folderBytes } from './checkpoints.ts';
import type { FromTraining } from './protocol.ts';
import { checkpointsFolder, examplesFile, stateFile, type RunRecord } from './run-folder.ts';
import type { TrainingJob } from './serve.ts';
import { trainerSettings } from './settings.ts';

export interface RunTrainer {
  readonly answerHeldOut: AnswerHeldOut;
  /** Default: the model that ships. */
  readonly openModel?: OpenTrainable;
}

/** Trains a run, going on from its saved state where there is one. */
export const trainRun = ({ answerHeldOut, openModel }: RunTrainer) =>
  async function* ({ record, folder, signal }: TrainingJob): AsyncGenerator<FromTraining> {
    await removeTorn(checkpointsFolder(folder));
    const rows = await readJsonLines(examplesFile(folder), exampleSchema);
    const { beneath } = record.settings;
    const job = {
      name: record.name,
      dataset: makeDataset(rows, `The workspace "${record.workspace}"`),
      settings: trainerSettings(record.settings),
      stateFile: stateFile(folder),
      resume: existsSync(stateFile(folder)),
      checkpoints: { folder: checkpointsFolder(folder), run: record.id },
      ...(beneath !== 'none' && { beneath }),
      answerHeldOut,
      signal,
    };
    const tell = teller(record);
    for await (const event of fineTune(job, openModel)) yield* tell(event);
  };

function teller(record: RunRecord): (event: FineTuneEvent) => AsyncGenerator<FromTraining> {
  let tooLong: TooLongReport | null = null;
  let spent = { seconds: 0, since: performance.now() };
  return async function* (event) {
    switch (event.type) {
      case 'examples-too-long':
        tooLong = event.report;
        return;
      case 'resuming':
        spent = { ...spent, seconds: event.seconds };
        return;
      case 'run-start': {
        const { firstStep: step, steps, epochs, examples, heldOut } = event;
        spent = { ...spent, since: performance.now() };
        return yield told({ type: 'run-training', step, steps, epochs, examples, heldOut, tooLong });
      }
      case 'step': {
        const { step, epoch, loss, learningRate, gradientNorm, tokensPerSecond, secondsLeft } = event;
        const seconds = spent.seconds + (performance.now() - spent.since) / 1000;
        return yield told({ type: 'step-taken', step, epoch: epoch + 1, loss, learningRate, gradientNorm, tokensPerSecond, secondsLeft, seconds });
      }
      case 'held-out':
        return yield told({ type: 'held-out-measured', step: event.step, loss: event.loss, examples: event.examples });
      case 'checkpoint':
        return yield { type: 'saved', step: event.step };
      case 'adapter-kept':
        return yield told({ type: 'checkpoint-written', checkpoint: describeCheckpoint(record.id, event.card, await folderBytes(event.folder)) });
      case 'held-out-answering':
        return yield told({ type: 'run-evaluating', done: event.answered, of: event.questions });
      case 'adapter-written':
        return yield told({ type: 'run-finished', adapter: record.name, result: event.card.heldOut });
      case 'model-opening':
      case 'evaluation':
      case 'run-end':
        return;
    }
  };
}

const told = (body: Extract<FromTraining, { type: 'event' }>['body']): FromTraining => ({ type: 'event', body });

/** What a process that was killed was writing; nobody else writes here. */
async function removeTorn(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/^\d+$/.test(name)) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

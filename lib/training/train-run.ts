/** A run trained by lib/finetune, told in the words of the page. */
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { exampleSchema, makeDataset } from '../finetune/dataset.ts';
import { fineTune, type AnswerHeldOut, type FineTuneEvent } from '../finetune/fine-tune.ts';
import type { OpenTrainable } from '../finetune/open-trainable.ts';
import type { TooLongReport } from '../messages/training.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { formatJsonLines, readJsonLines } from '../workspace/json-lines.ts';
import { refuseTakenMeanwhile } from './adapter-library.ts';
import { describeCheckpoint, folderBytes } from './checkpoints.ts';
import type { FromTraining } from './protocol.ts';
import { checkpointsFolder, examplesFile, shownFile, stateFile, type RunRecord } from './run-folder.ts';
import type { TrainingJob } from './serve.ts';
import { trainerSettings } from './settings.ts';

type DatasetRow = z.output<typeof exampleSchema>;

export interface RunTrainer {
  /** Examples of a run with the passages that a search finds for them: with-passages.ts. */
  readonly showPassages: (record: RunRecord, rows: readonly DatasetRow[], signal: AbortSignal) => Promise<readonly DatasetRow[]>;
  readonly answerHeldOut: AnswerHeldOut;
  /** Default: the model that ships. */
  readonly openModel?: OpenTrainable;
}

/** Trains a run, going on from its saved state where there is one. */
export const trainRun = ({ showPassages, answerHeldOut, openModel }: RunTrainer) =>
  async function* ({ record, folder, signal }: TrainingJob): AsyncGenerator<FromTraining> {
    await removeTorn(checkpointsFolder(folder));
    const rows = await readJsonLines(examplesFile(folder), exampleSchema);
    const shown = record.settings.passages > 0 ? await shownRows(folder, () => showPassages(record, rows, signal)).catch(ifNotStopped(signal)) : [];
    if (shown === null) return;
    const { beneath } = record.settings;
    const job = {
      name: record.name,
      dataset: makeDataset([...rows, ...shown], `The workspace "${record.workspace}"`),
      settings: trainerSettings(record.settings),
      stateFile: stateFile(folder),
      resume: existsSync(stateFile(folder)),
      mayWrite: (adapterHash: string) => refuseTakenMeanwhile(record, adapterHash),
      checkpoints: { folder: checkpointsFolder(folder), run: record.id },
      ...(beneath !== 'none' && { beneath }),
      answerHeldOut,
      signal,
    };
    const tell = teller(record);
    for await (const event of fineTune(job, openModel)) yield* tell(event);
  };

/** Found once: a run that goes on trains on what it began with, whatever the documents say by then. */
async function shownRows(folder: string, find: () => Promise<readonly DatasetRow[]>): Promise<readonly DatasetRow[]> {
  const file = shownFile(folder);
  if (!existsSync(file)) await writeFileAtomically(file, formatJsonLines(await find()));
  return readJsonLines(file, exampleSchema);
}

/** Stopped while looking passages up: there is nothing to keep yet. */
const ifNotStopped = (signal: AbortSignal) => (error: unknown): null => {
  if (signal.aborted) return null;
  throw error;
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

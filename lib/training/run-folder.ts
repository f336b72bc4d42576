/**
 * Runs on disk: data directory/training/RUN with
 *   run.json                what was asked for; never changes
 *   examples.jsonl          what is trained on, as it stood when the run was asked for
 *   with-passages.jsonl     those of them that are shown with passages too, as the search found them when the run began
 *   events.jsonl            everything that happened, one event a line, only ever added to
 *   state.safetensors       what training goes on from
 *   checkpoints/STEP/       adapter folders
 */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExampleRow } from '../messages/examples.ts';
import type { NewRun } from '../messages/training-fold.ts';
import { RUN_ID } from '../messages/training.ts';
import { BadInputError, DamagedArtifactError } from '../system/errors.ts';
import { dataDirectory } from '../system/paths.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { writeFolderAtomically } from '../system/write-folder.ts';
import { formatJsonLines } from '../workspace/json-lines.ts';

/** What was asked for. */
export interface RunRecord extends NewRun {
  /** Whether the adapter may replace one of its name. */
  readonly replace: boolean;
}

export const trainingDirectory = (): string => path.join(dataDirectory(), 'training');
/** Held by whoever trains in this data directory: the process of a run, or the command. */
export const trainingLock = (): string => path.join(trainingDirectory(), 'training.lock');
export const runFolder = (id: string): string => path.join(trainingDirectory(), id);
export const eventsFile = (folder: string): string => path.join(folder, 'events.jsonl');
export const stateFile = (folder: string): string => path.join(folder, 'state.safetensors');
export const examplesFile = (folder: string): string => path.join(folder, 'examples.jsonl');
export const shownFile = (folder: string): string => path.join(folder, 'with-passages.jsonl');
export const checkpointsFolder = (folder: string): string => path.join(folder, 'checkpoints');

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const newRunId = (): string => `run-${[...randomBytes(8)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;

/** Writes a new run; it is in the list whole or not at all. */
export async function writeRun(record: RunRecord, examples: readonly ExampleRow[]): Promise<void> {
  await writeFolderAtomically(runFolder(record.id), async (aside) => {
    await writeFileAtomically(path.join(aside, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
    await writeFileAtomically(examplesFile(aside), formatJsonLines(examples));
  });
}

/** BadInputError (404) when there is no such run. */
export async function readRecord(id: string): Promise<RunRecord> {
  const text = RUN_ID.test(id) ? await readFile(path.join(runFolder(id), 'run.json'), 'utf8').catch(() => null) : null;
  if (text === null) throw noSuchRun(id);
  try {
    return JSON.parse(text) as RunRecord;
  } catch (cause) {
    throw new DamagedArtifactError(`The training ${id} cannot be read: ${(cause as Error).message}.`, { cause, remedy: 'Delete it and start anew.' });
  }
}

const noSuchRun = (id: string): BadInputError =>
  new BadInputError(`There is no training "${id.slice(0, 40)}".`, { httpStatus: 404, remedy: 'GET /api/training lists them.' });

/** Ids of all runs, in no order. */
export async function listRunIds(): Promise<string[]> {
  return (await readdir(trainingDirectory()).catch(() => [])).filter((name) => RUN_ID.test(name));
}

export const hasTrainings = async (): Promise<boolean> => (await listRunIds()).length > 0;

/** Steps whose checkpoint is whole, ascending. Others lie aside until they are. */
export async function listCheckpointSteps(folder: string): Promise<number[]> {
  const names = await readdir(checkpointsFolder(folder)).catch(() => []);
  return names.filter((name) => /^\d+$/.test(name)).map(Number).sort((a, b) => a - b);
}


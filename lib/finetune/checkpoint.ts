/** What a training run needs to go on where it stopped: one safetensors file, replaced as a whole. */
import { readFile } from 'node:fs/promises';
import type { EpochLosses } from '../messages/adapters.ts';
import { BadInputError, DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from '../weights/safetensors.ts';
import type { OptimizerState } from './adamw.ts';
import type { FineTuneSettings } from './settings.ts';

/** A checkpoint only continues the run it came from: same model, same data, same settings. */
export interface RunIdentity {
  readonly baseHash: string;
  readonly dataHash: string;
  readonly settings: FineTuneSettings;
}

export interface Checkpoint {
  readonly state: OptimizerState;
  /** Of the epochs behind it. */
  readonly losses: readonly EpochLosses[];
  /** Training time so far. */
  readonly seconds: number;
  /** As measured last; absent in files of before. */
  readonly tokensPerSecond?: number;
}

const VECTORS = ['parameters', 'firstMoment', 'secondMoment'] as const;

/** Writes a state to go on from, with the identity of its run. */
export async function writeCheckpoint(file: string, { state, losses, seconds, tokensPerSecond }: Checkpoint, run: RunIdentity): Promise<void> {
  const tensors = new Map<string, NamedTensor>(VECTORS.map((name) => [name, { shape: [state[name].length], data: state[name] }]));
  await writeFileAtomically(file, encodeSafetensors(tensors, { progress: JSON.stringify({ step: state.step, losses, seconds, tokensPerSecond }), run: JSON.stringify(run) }));
}

/** Rejects when there is no checkpoint, when it is damaged, or when it belongs to another run (says in what they differ). */
export async function readCheckpoint(file: string, run: RunIdentity): Promise<Checkpoint> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new MissingArtifactError(`There is no checkpoint ${file} to resume from.`, { cause, remedy: 'Start the training without --resume.' });
  });
  const { saved, checkpoint } = decode(bytes, file);
  const differing = (['baseHash', 'dataHash', 'settings'] as const).filter((key) => JSON.stringify(saved[key]) !== JSON.stringify(run[key]));
  if (differing.length > 0) {
    const names = { baseHash: 'base model', dataHash: 'data', settings: 'settings' };
    throw new BadInputError(`The checkpoint ${file} comes from a run with other ${differing.map((key) => names[key]).join(' and ')}.`, {
      remedy: 'Give the same examples and options as then, or start without --resume.',
      detail: { id: 'training-state-outdated', facts: {} },
    });
  }
  return checkpoint;
}

function decode(bytes: Uint8Array, file: string): { readonly saved: RunIdentity; readonly checkpoint: Checkpoint } {
  try {
    const { tensors, metadata } = decodeSafetensors(bytes, file);
    const [parameters, firstMoment, secondMoment] = VECTORS.map((name) => tensors.get(name)!.data);
    const { step, losses, seconds, tokensPerSecond } = JSON.parse(metadata.progress) as Omit<Checkpoint, 'state'> & { step: number };
    return { saved: JSON.parse(metadata.run) as RunIdentity, checkpoint: { state: { parameters, firstMoment, secondMoment, step }, losses, seconds, tokensPerSecond } };
  } catch (cause) {
    const message = cause instanceof DamagedArtifactError ? cause.message : `${file} is not a checkpoint.`;
    throw new DamagedArtifactError(message, { cause, remedy: 'Start the training without --resume.', detail: { id: 'training-state-damaged', facts: {} } });
  }
}

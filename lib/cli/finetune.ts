/** `npm run finetune`: trains an adapter on questions and answers, in this process, on the CPU. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Dataset, TooLong } from '../finetune/dataset.ts';
import type { FineTuneEvent, FineTuneJob } from '../finetune/fine-tune.ts';
import { DEFAULT_SETTINGS, type FineTuneSettings } from '../finetune/settings.ts';
import { READER } from '../generate/adapters.ts';
import { ADAPTER_NAME } from '../messages/adapters.ts';
import { LockedError } from '../system/errors.ts';
import { takeLock, type Lock } from '../system/file-lock.ts';
import { dataDirectory, modelsDirectory } from '../system/paths.ts';
import { trainingLock } from '../training/run-folder.ts';
import { readArguments, readChoice, readNumber, runCommand, UsageError } from './arguments.ts';
import { duration, FineTuneView } from './finetune-view.ts';

const USAGE = `Usage: npm run finetune -- --examples FILE.jsonl --name NAME [options]
       npm run finetune -- --workspace NAME [options]
  --examples FILE      lines {"question","answer"}, optional "language" (id, en), "split" (train, held-out), "accept", "required", "passages"
  --held-out FILE      more such lines, all of them held out: asked at the end, never trained
  --workspace NAME     train on the facts of a workspace instead (default: the one called as the adapter)
  --passages SHARE     of the workspace's examples, 0 to 1, is shown again with the passages a search finds, and once more with other figures; other questions are rehearsed: for an adapter that will be exported to where it is given passages (default 0)
  --name NAME          of the adapter (default: the workspace's name)
  --epochs N           times every example is seen (default ${DEFAULT_SETTINGS.epochs})
  --rank N             of the adapter's matrices (default ${DEFAULT_SETTINGS.rank})
  --alpha X            strength of the adapter, divided by the rank (default twice the rank)
  --layers N           how many layers to train, from the top (default ${DEFAULT_SETTINGS.layers})
  --batch-size N       examples a step (default ${DEFAULT_SETTINGS.batchSize})
  --learning-rate X    highest, after the warm-up (default ${DEFAULT_SETTINGS.learningRate})
  --too-long WHAT      becomes of examples of more than ${DEFAULT_SETTINGS.maximumTokens} tokens: refuse (default), cut, skip
  --beneath NAME       adapter to train on top of, none for the plain base (default: reader with --workspace, else none)
  --seed N             of initial weights and order (default ${DEFAULT_SETTINGS.seed})
  --precision P        of frozen products: int8 (default) or float32, exact and half as fast
  --reach R            of gradients: answers (default), or everything, the true gradient, a quarter slower
  --output DIR         folder that takes the adapter's folder (default: adapters in the data directory)
  --resume             go on from the checkpoint of a stopped run
  --json               one JSON object at the end: the adapter's card`;

interface FineTuneArguments {
  readonly name: string;
  readonly examples?: string;
  readonly heldOut?: string;
  readonly workspace?: string;
  /** Share of its examples that is shown with passages too. */
  readonly passages: number;
  readonly settings: FineTuneSettings;
  readonly beneath?: string;
  readonly output?: string;
  readonly resume: boolean;
  readonly json: boolean;
}

await runCommand(USAGE, async (signal) => {
  const given = readFineTuneArguments();
  const lock = await lockTraining();
  try {
    return await trainAndTell(given, lock, signal);
  } finally {
    lock.release();
  }
});

/** Two trainings at once would write each other's saved state, and take the processor from each other. */
async function lockTraining(): Promise<Lock> {
  const taken = await takeLock(trainingLock());
  if ('lock' in taken) return taken.lock;
  const { holder } = taken;
  throw new LockedError(`Another training${holder ? ` (process ${holder.pid} on ${holder.host})` : ''} is under way in ${dataDirectory()}.`, {
    remedy: 'Wait until it is done, or stop it: on the page where that started it, else with Ctrl-C. Beside it, train with another DATA_DIRECTORY.',
  });
}

async function trainAndTell(given: FineTuneArguments, lock: Lock, signal: AbortSignal): Promise<number | void> {
  const [{ checkpointFile, fineTune }, { answerHeldOut }, { refuseTaken }] = await Promise.all([import('../finetune/fine-tune.ts'), import('./held-out.ts'), import('../training/adapter-library.ts')]);
  const { name, settings, beneath, output, resume } = given;
  // Its own adapter is trained anew; one whose name is in other letters would be lost on some disks.
  if (output === undefined) await refuseTaken(name, true);
  let saved = resume;
  const refuseTakenOver = (): void => {
    if (lock.isHeld()) return;
    throw new LockedError(`This training stood still for so long that another began in ${dataDirectory()}.`, {
      remedy: `Wait until that is done, then give the same command again${saved ? '; with --resume it goes on from the checkpoint' : ''}.`,
    });
  };
  const job: FineTuneJob = { name, settings, beneath, output, resume, signal, dataset: await dataset(given, signal), answerHeldOut, mayWrite: async () => refuseTakenOver() };
  if (!resume && existsSync(checkpointFile(name))) {
    console.error(`An earlier training "${name}" was interrupted. This one begins anew and will soon replace its checkpoint; to go on from that, stop now (Ctrl-C) and give --resume.`);
  }
  const view = new FineTuneView();
  let written: Extract<FineTuneEvent, { type: 'adapter-written' }> | null = null;
  for await (const event of fineTune(job)) {
    view.show(event);
    if (event.type === 'checkpoint') saved = true;
    if (event.type === 'adapter-written') written = event;
    else refuseTakenOver();
  }
  if (!written) {
    console.error(saved ? 'Stopped. The checkpoint is kept: the same command with --resume goes on from it.' : 'Stopped before anything was saved.');
    return 130;
  }
  const { folder, card } = written;
  console.log(given.json ? JSON.stringify({ folder, ...card }) : `${path.relative('.', folder)}: trained in ${duration(card.trainingSeconds)} at ${Math.round(card.tokensPerSecond)} tokens/s`);
}

function readFineTuneArguments(): FineTuneArguments {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = readArguments({
    options: {
      examples: text, 'held-out': text, workspace: text, passages: text, name: text, epochs: text, rank: text, alpha: text, layers: text,
      'batch-size': text, 'learning-rate': text, 'too-long': text, seed: text, beneath: text, precision: text, reach: text, output: text, resume: flag, json: flag,
    },
  });
  const { examples, output, resume, json, name = values.workspace } = values;
  // A name alone retrains the workspace of that name: what other commands advise when its adapter is missing.
  const workspace = values.workspace ?? (examples === undefined ? name : undefined);
  if ((examples === undefined) === (workspace === undefined)) throw new UsageError('Give either --examples or --workspace.');
  if (values['held-out'] && !examples) throw new UsageError('--held-out goes with --examples.');
  if (values.passages && !workspace) throw new UsageError('--passages goes with --workspace.');
  const passages = readNumber('passages', values.passages, { least: 0, most: 1 }) ?? 0;
  if (name === undefined) throw new UsageError('Give the adapter a --name.');
  if (!ADAPTER_NAME.test(name)) throw new UsageError(`"${name}" is no adapter name: letters, digits, dots, dashes and underscores, at most 64.`);
  const whole = (option: 'epochs' | 'rank' | 'layers' | 'batch-size' | 'seed', least = 1, most = 4096): number | undefined => readNumber(option, values[option], { least, most, whole: true });
  const { precision = DEFAULT_SETTINGS.precision } = values;
  if (precision !== 'int8' && precision !== 'float32') throw new UsageError(`--precision is int8 or float32, not "${precision}".`);
  const rank = whole('rank', 1, 256) ?? DEFAULT_SETTINGS.rank;
  const settings: FineTuneSettings = {
    ...DEFAULT_SETTINGS,
    rank,
    alpha: readNumber('alpha', values.alpha, { least: 0.001, most: 4096 }) ?? 2 * rank,
    layers: whole('layers', 1, 1024) ?? DEFAULT_SETTINGS.layers,
    epochs: whole('epochs') ?? DEFAULT_SETTINGS.epochs,
    batchSize: whole('batch-size') ?? DEFAULT_SETTINGS.batchSize,
    tooLong: readTooLong(values['too-long']),
    learningRate: readNumber('learning-rate', values['learning-rate'], { least: 0, most: 1 }) ?? DEFAULT_SETTINGS.learningRate,
    seed: whole('seed', 0, 0xffffffff) ?? DEFAULT_SETTINGS.seed,
    precision,
    reach: readChoice('reach', values.reach, ['answers', 'everything']) ?? DEFAULT_SETTINGS.reach,
  };
  return { name, examples, heldOut: values['held-out'], workspace, passages, settings, beneath: readBeneath(values.beneath, workspace), output, resume, json };
}

function readTooLong(text: string = DEFAULT_SETTINGS.tooLong): TooLong {
  if (text === 'refuse' || text === 'cut' || text === 'skip') return text;
  throw new UsageError(`--too-long takes refuse, cut or skip, not "${text}".`);
}

/** Every arm of the comparison answers on top of the reader, so a workspace's adapter is trained there. */
function readBeneath(given: string | undefined, workspace: string | undefined): string | undefined {
  if (given !== undefined) return given === 'none' ? undefined : given;
  return workspace !== undefined && existsSync(path.join(modelsDirectory(), 'adapters', READER)) ? READER : undefined;
}

async function dataset({ examples, heldOut, workspace, passages: share, settings: { seed, maximumTokens } }: FineTuneArguments, signal: AbortSignal): Promise<Dataset> {
  const { makeDataset, readDataset } = await import('../finetune/dataset.ts');
  if (examples) return readDataset(examples, heldOut);
  const { openWorkspace } = await import('../workspace/workspace.ts');
  const { workspaceExamples } = await import('../workspace/examples.ts');
  const rows = await workspaceExamples(await openWorkspace(workspace!));
  if (share === 0) return makeDataset(rows, `The workspace "${workspace}"`);
  const { shownRows } = await import('./shown-rows.ts');
  console.error(`Looking passages up for ${Math.round(share * 100)} % of the examples ...`);
  const shown = await shownRows(workspace!, rows, { share, seed, maximumTokens, signal });
  return makeDataset([...rows, ...shown], `The workspace "${workspace}"`);
}

/** Our fine-tuning beside PyTorch's, in the same run on the same machine. Every raw round is kept. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import { promisify } from 'node:util';
import path from 'node:path';
import { DEFAULT_SETTINGS, type FineTuneSettings } from '../../finetune/settings.ts';
import { dataDirectory, modelsDirectory, projectRoot } from '../../system/paths.ts';
import { LANGUAGE_MODEL } from '../../tokenizer/tokenizer.ts';
import { decodeSafetensors, type NamedTensor } from '../../weights/safetensors.ts';
import { startSide, type Side, type TraineeOptions } from './protocol.ts';
import { epochsOf, heldOutBatches, manyExamples, type Material } from './recipe.ts';

type Log = (line: string) => void;
type PeerShape = Pick<FineTuneSettings, 'rank' | 'alpha' | 'layers' | 'seed' | 'clipNorm'>;
type Shape = PeerShape & Pick<FineTuneSettings, 'precision' | 'reach'>;

const HERE = path.join('lib', 'benchmark', 'peer');
const THREADS = Math.min(2, os.availableParallelism());

/** The product's own training in a process of its own. */
export function startOurs({ rank, alpha, layers, seed, clipNorm, precision, reach }: Shape): Promise<Side> {
  const options: TraineeOptions = { rank, alpha, layers, seed, clipNorm, precision, reach, cacheFolder: path.join(dataDirectory(), 'cache') };
  return startSide(`ours, ${precision}, ${layers} layers, gradients to ${reach}`, process.execPath, [...process.execArgv, path.join(projectRoot(), HERE, 'trainee.ts'), JSON.stringify(options)]);
}

/** PyTorch with PEFT in a process of its own, on as many threads as ours. */
export function startPeer(python: string, { rank, alpha, layers, seed, clipNorm }: PeerShape, dtype: 'bfloat16' | 'float32'): Promise<Side> {
  const options = JSON.stringify({ rank, alpha, layers, seed, clipNorm, dtype, threads: THREADS });
  return startSide(`PyTorch and PEFT, ${dtype}, ${layers} layers`, python, [path.join(projectRoot(), HERE, 'pytorch_peft.py'), path.join(modelsDirectory(), LANGUAGE_MODEL), options], {
    PYTHONPATH: path.join(projectRoot(), 'lib', 'transformer', 'fixtures'),
    OMP_NUM_THREADS: String(THREADS),
  });
}

export interface SpeedResult {
  readonly layers: number;
  readonly rank: number;
  readonly batchSize: number;
  readonly sides: readonly { readonly name: string; readonly versions: Readonly<Record<string, string>>; readonly tokensPerSecond: readonly number[]; readonly tokensPerProcessorSecond: readonly number[]; readonly peakMemoryBytes: number }[];
}

/** Tokens a second of all sides in turn: a round is a few batches, the first is not counted. */
export async function compareSpeed(python: string, { train }: Material, options: { rounds: number; layers: number; batches?: number }, signal: AbortSignal, log: Log): Promise<SpeedResult> {
  const { rounds, layers, batches: perRound = 4 } = options;
  const settings = { ...DEFAULT_SETTINGS, layers };
  const sides = [
    await startOurs(settings), await startOurs({ ...settings, reach: 'everything' }),
    await startPeer(python, settings, 'bfloat16'), await startPeer(python, settings, 'float32'),
  ];
  const measured = sides.map(() => ({ tokensPerSecond: [] as number[], tokensPerProcessorSecond: [] as number[], peakMemoryBytes: 0 }));
  try {
    const { batches } = epochsOf(train, { ...settings, epochs: 1 })[0];
    for (let round = 0; round <= rounds; round++) {
      const given = batches.slice(round * perRound, (round + 1) * perRound);
      const order = sides.map((_, index) => (round % 2 === 0 ? index : sides.length - 1 - index));
      for (const index of order) {
        signal.throwIfAborted();
        const { tokens, seconds, processorSeconds, peakMemoryBytes } = await sides[index].train(given, given.map(() => 1e-4));
        measured[index].peakMemoryBytes = peakMemoryBytes;
        if (round > 0) {
          measured[index].tokensPerSecond.push(tokens / seconds);
          measured[index].tokensPerProcessorSecond.push(tokens / processorSeconds);
        }
        log(`${layers} layers, round ${round}: ${sides[index].name} ${(tokens / seconds).toFixed(0)} tokens/s, ${(tokens / processorSeconds).toFixed(0)} a processor second`);
      }
    }
  } finally {
    await Promise.all(sides.map((side) => side.close()));
  }
  return { layers, rank: settings.rank, batchSize: settings.batchSize, sides: sides.map(({ name, versions }, index) => ({ name, versions, ...measured[index] })) };
}

export interface RetrainedEpoch {
  readonly seconds: number;
  readonly trainLoss: number;
  readonly heldOutLoss: number;
  /** The adapter at its end. */
  readonly tensors: ReadonlyMap<string, NamedTensor>;
}

export interface Retraining {
  readonly name: string;
  readonly settings: FineTuneSettings;
  readonly secondsToReady: number;
  /** Seconds of training after each epoch, and the loss on the held-out questions then; computing that loss is not counted. */
  readonly epochs: readonly RetrainedEpoch[];
  /** From the start of the process to the end of training. */
  readonly seconds: number;
  readonly tokensPerSecond: number;
  readonly peakMemoryBytes: number;
}

/** Trains the workspace's facts from the first to the last step. */
export async function retrain(start: () => Promise<Side>, { train, heldOut }: Material, settings: FineTuneSettings, signal: AbortSignal, log: Log): Promise<Retraining> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dua-jawaban-peer-'));
  const side = await start();
  try {
    const epochs: RetrainedEpoch[] = [];
    let [seconds, tokens, peakMemoryBytes] = [0, 0, 0];
    for (const { batches, learningRates } of epochsOf(train, settings)) {
      signal.throwIfAborted();
      const trained = await side.train(batches, learningRates);
      seconds += trained.seconds;
      tokens += trained.tokens;
      peakMemoryBytes = trained.peakMemoryBytes;
      const heldOutLoss = await side.loss(heldOutBatches(heldOut));
      const file = path.join(folder, 'adapter.safetensors');
      await side.save(file);
      epochs.push({ seconds, trainLoss: trained.loss, heldOutLoss, tensors: decodeSafetensors(await readFile(file), file).tensors });
      log(`${side.name}: ${JSON.stringify({ ...epochs.at(-1), tensors: undefined })}`);
    }
    const { name, secondsToReady } = side;
    return { name, settings, secondsToReady, epochs, seconds: secondsToReady + seconds, tokensPerSecond: tokens / seconds, peakMemoryBytes };
  } finally {
    await side.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export interface GrowthRow {
  readonly examples: number;
  readonly rank: number;
  readonly layers: number;
  readonly tokensPerSecond: number;
  readonly peakMemoryBytes: number;
}

/** Our speed and memory in fresh processes: two epochs of so many examples, each until `seconds` are over. */
export async function measureGrowth({ train }: Material, cases: readonly Pick<GrowthRow, 'examples' | 'rank' | 'layers'>[], seconds: number, signal: AbortSignal, log: Log): Promise<GrowthRow[]> {
  const rows: GrowthRow[] = [];
  for (const { examples, rank, layers } of cases) {
    const settings = { ...DEFAULT_SETTINGS, rank, alpha: 2 * rank, layers, epochs: 2 };
    const side = await startOurs(settings);
    try {
      let [tokens, spent, peakMemoryBytes] = [0, 0, 0];
      for (const { batches } of epochsOf(manyExamples(train, examples), settings)) {
        for (let start = 0, before = spent; start < batches.length && spent - before < seconds; start += 8) {
          signal.throwIfAborted();
          const given = batches.slice(start, start + 8);
          const done = await side.train(given, given.map(() => 1e-4));
          [tokens, spent, peakMemoryBytes] = [tokens + done.tokens, spent + done.seconds, done.peakMemoryBytes];
        }
      }
      rows.push({ examples, rank, layers, tokensPerSecond: tokens / spent, peakMemoryBytes });
      log(JSON.stringify(rows.at(-1)));
    } finally {
      await side.close();
    }
  }
  return rows;
}

/** Memory after each of ten trainings in one process, and its peak. */
export async function measureTenRuns(signal: AbortSignal): Promise<{ readonly residentBytes: readonly number[]; readonly peakMemoryBytes: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, path.join(projectRoot(), HERE, 'ten-runs.ts')], { signal });
  return JSON.parse(stdout);
}

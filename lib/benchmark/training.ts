/** How fast an adapter is trained: the product's own fine-tuning on a few of the workspace's facts. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { makeDataset } from '../finetune/dataset.ts';
import { fineTune } from '../finetune/fine-tune.ts';
import { DEFAULT_SETTINGS } from '../finetune/settings.ts';
import { trainingExamples } from '../workspace/examples.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { WORKSPACE } from './material.ts';
import type { OpenBenchmark, Reading } from './types.ts';

const EXAMPLES = 48;
/** In the first, the layers below the trained ones are computed and kept; the others show the speed of a long run. */
const EPOCHS = 3;

/** A short fine-tuning: tokens a second, and seconds; opening the model is not counted. */
export async function openTraining(): Promise<OpenBenchmark> {
  const workspace = await openWorkspace(WORKSPACE);
  const rows = trainingExamples(await workspace.facts()).filter(({ split }) => split === 'train').slice(0, EXAMPLES);
  const dataset = makeDataset(rows, `The workspace "${WORKSPACE}"`);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dua-jawaban-bench-'));
  const run = async (round: number, signal: AbortSignal): Promise<Reading[]> => {
    const settings = { ...DEFAULT_SETTINGS, epochs: EPOCHS, seed: round + 1 };
    for await (const event of fineTune({ name: 'benchmark', dataset, settings, output: folder, stateFile: path.join(folder, 'state.safetensors'), signal })) {
      if (event.type !== 'run-end') continue;
      signal.throwIfAborted();
      return [
        { figure: 'training', unit: 'tokens/s', value: event.tokensPerSecond },
        { figure: `${EPOCHS} epochs of ${dataset.train.length} examples`, unit: 's', value: event.seconds },
      ];
    }
    throw new Error('The training ended without a last event.');
  };
  return { variants: [{ name: `rank ${DEFAULT_SETTINGS.rank}, top ${DEFAULT_SETTINGS.layers} layers`, run }], close: () => rm(folder, { recursive: true, force: true }) };
}

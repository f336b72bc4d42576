/** A worker like engine-worker.ts whose model spells scripts. The prompt is the number of the script. */
import { parentPort, workerData } from 'node:worker_threads';
import { setTimeout as pause } from 'node:timers/promises';
import { MissingArtifactError } from '../../system/errors.ts';
import type { WorkerData } from '../protocol.ts';
import { serveEngine } from '../worker-server.ts';
import { ScriptedModel, scriptedBytes } from './scripted-model.ts';

export interface ScriptedWorkerData extends WorkerData {
  readonly scripts: readonly string[];
  readonly failToLoad?: boolean;
  /** Milliseconds that each run of the model blocks its thread. */
  readonly pace?: number;
}

const { scripts, failToLoad, pace = 0, ...data } = workerData as ScriptedWorkerData;

await serveEngine(parentPort!, data, async () => {
  if (failToLoad) throw new MissingArtifactError('No model in models/.', { remedy: 'git checkout models' });
  const model = new ScriptedModel(scripts);
  model.before = () => (pace > 0 ? pause(pace) : undefined);
  return {
    model: Object.assign(model, { release: async () => {} }),
    baseHash: 'base',
    tokens: { ...scriptedBytes, beginToken: 0, encode: (text) => (text === 'crash' ? process.exit(3) : [Number(text)]) },
    adapters: {
      acquire: async (name) => {
        throw new MissingArtifactError(`No adapter "${name}".`, { remedy: `npm run finetune -- --name ${name}` });
      },
    },
  };
});

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import type { WeightsFile } from './directory.ts';
import { hashFileInto } from './hash-file.ts';

/**
 * SHA-256, in hex, of what a model computes with: config.json, weights.json and the shards it names, in that order. The
 * same in every clone; it names the base model on cards of adapters and with answers. Rejects when a file is missing.
 */
export async function modelHash(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const weights = await readFile(path.join(folder, 'weights.json'), 'utf8').catch((cause: unknown) => {
    throw new MissingArtifactError(`No weights in ${folder}: weights.json cannot be read.`, { remedy: 'git checkout -- models', cause });
  });
  for (const file of ['config.json', 'weights.json', ...shardNames(weights, folder)]) {
    try {
      await hashFileInto(hash, path.join(folder, file));
    } catch (cause) {
      throw new MissingArtifactError(`${path.join(folder, file)} cannot be read.`, { remedy: 'git checkout -- models', cause });
    }
  }
  return hash.digest('hex');
}

function shardNames(weights: string, folder: string): string[] {
  try {
    const { tensors } = JSON.parse(weights) as WeightsFile;
    return [...new Set(Object.values(tensors).map(({ file }) => file))].sort();
  } catch (cause) {
    throw new DamagedArtifactError(`${path.join(folder, 'weights.json')} cannot be read: ${(cause as Error).message}.`, { remedy: 'git checkout -- models', cause });
  }
}

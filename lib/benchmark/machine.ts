import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../system/paths.ts';

/** What a figure was measured on, without naming whose machine it is. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  /** E.g. `linux x64`. */
  readonly system: string;
}

/** The machine that measures, as results name it. */
export function describeMachine(): Machine {
  const processors = os.cpus();
  return {
    cpu: processors[0]?.model.replace(/\s+/g, ' ').trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
  };
}

const MEASURED_PACKAGES = ['onnxruntime-node', '@xenova/transformers', 'vectra', 'next'];

/** Versions of Node, the project and the packages that do the work, as installed. */
export async function describeVersions(): Promise<Readonly<Record<string, string>>> {
  const versionOf = async (folder: string): Promise<string> => JSON.parse(await readFile(path.join(projectRoot(), folder, 'package.json'), 'utf8')).version;
  const packages = await Promise.all(MEASURED_PACKAGES.map(async (name) => [name, await versionOf(`node_modules/${name}`)] as const));
  return { node: process.versions.node, 'dua-jawaban': await versionOf('.'), ...Object.fromEntries(packages) };
}

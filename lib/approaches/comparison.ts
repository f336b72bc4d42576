/** What the page's table and document views are told: the state of the workspace, its index and the model. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Bilingual, CommittedFigure, Comparison, DocumentStore } from '../answer/comparison.ts';
import type { AnswerProblem } from '../answer/events.ts';
import { readAdapterSummary } from '../generate/adapters.ts';
import { generationEngine } from '../generate/engine.ts';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { modelsDirectory, projectRoot } from '../system/paths.ts';
import { toProblem } from '../system/problem.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { DEFAULT_WORKSPACE, workspaceAdapter } from './index.ts';

const NO_NOTICE: Bilingual = { id: '', en: '' };

/** Also starts loading the model, so that it is ready when the first question comes. */
export async function comparison(name = DEFAULT_WORKSPACE): Promise<Comparison> {
  const problems: AnswerProblem[] = [];
  /** One part missing leaves the rest of the page working. */
  const attempt = async <Part>(part: () => Promise<Part>): Promise<Part | null> => {
    try {
      return await part();
    } catch (error) {
      problems.push(toProblem(error));
      return null;
    }
  };
  const engine = generationEngine();
  if (engine.status().state === 'idle') preload();
  const workspace = await attempt(() => openWorkspace(name));
  const definition = workspace?.definition;
  // Where the workspace does not open, its parts would only say so again.
  const adapter = workspace && (await attempt(async () => readAdapterSummary(await workspaceAdapter(name))));
  const index = workspace && (await attempt(() => workspace.index.statistics()));
  const { state, residentBytes, active, queued, queueLimit, problem } = engine.status();
  return {
    workspace: { id: name, title: definition?.title ?? { id: name, en: name }, notice: definition?.notice ?? NO_NOTICE, asOf: definition?.asOf ?? '' },
    samples: (definition?.samples ?? []).map(({ language, question }) => ({ language, text: question })),
    adapter,
    index,
    engine: { state, residentBytes, active, queued, queueLimit, problem },
    versions: await versions(),
    figures: (await attempt(() => committedFigures(name))) ?? [],
    problems,
  };
}

/** Loads both models ahead of the first question; what fails is told by the engine's status and by the answer that needs it. */
function preload(): void {
  generationEngine().preload().catch(() => undefined);
  sharedEmbedder().embed(['pajak'], 'query').catch(() => undefined);
}

/** Written by `npm run eval -- --workspace NAME --commit`; none for a workspace that was never evaluated. */
async function committedFigures(name: string): Promise<CommittedFigure[]> {
  const file = path.join(modelsDirectory(), 'workspaces', name, 'figures.json');
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as CommittedFigure[]) : [];
}

/** Installed versions of what does the work. */
async function versions(): Promise<Comparison['versions']> {
  const require = createRequire(path.join(projectRoot(), 'package.json'));
  const installed = async (dependency: string): Promise<string> => {
    const folder = require.resolve.paths(dependency)!.map((parent) => path.join(parent, dependency)).find((candidate) => existsSync(candidate));
    return folder ? (JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { version: string }).version : '?';
  };
  return [
    { name: 'Gemma 3 270M', version: '8-bit', approach: null },
    { name: 'ONNX Runtime', version: await installed('onnxruntime-node'), approach: null },
    { name: 'Vectra', version: await installed('vectra'), approach: 'rag' },
    { name: 'Transformers.js', version: await installed('@xenova/transformers'), approach: 'rag' },
    { name: 'LoRA (lib/finetune)', version: (JSON.parse(await readFile(path.join(projectRoot(), 'package.json'), 'utf8')) as { version: string }).version, approach: 'fine-tuned' },
  ];
}

/** The documents behind the answers, as the page lists, opens and changes them. */
export function documentStore(name = DEFAULT_WORKSPACE): DocumentStore {
  const index = async () => (await openWorkspace(name)).index;
  return {
    async list() {
      return (await index()).documents();
    },
    async read(id) {
      return (await index()).document(id);
    },
    async save(id, { title, text }) {
      const opened = await index();
      const old = await opened.document(id);
      const { chunks, milliseconds } = await opened.put([{ ...old, id, title: title ?? old?.title ?? id, text }]);
      return { chunks, milliseconds };
    },
    async remove(id) {
      const { removed, milliseconds } = await (await index()).remove([id]);
      return removed > 0 ? { chunks: 0, milliseconds } : null;
    },
  };
}

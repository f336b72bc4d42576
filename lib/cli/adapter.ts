/** `npm run adapter`: adapters and the base model to and from other programs. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ADAPTER_FILES, readAdapterArchive } from '../exchange/archive.ts';
import { BASE_PRECISIONS, exportBase, type BasePrecision } from '../exchange/export-base.ts';
import { exportOnnx, ONNX_PRECISIONS, type OnnxPrecision } from '../exchange/export-onnx.ts';
import { exportPeft } from '../exchange/export-peft.ts';
import { importPeft, LARGEST_ADAPTER_BYTES, type AdapterFolderFiles } from '../exchange/import-peft.ts';
import { BadInputError } from '../system/errors.ts';
import { checkName, listAdapterViews, refuseTaken, useAdapter } from '../training/adapter-library.ts';
import { readArguments, readChoice, runCommand, UsageError } from './arguments.ts';
import { ProgressLine } from './progress.ts';
import { textTable } from './text-table.ts';

const USAGE = `Usage: npm run adapter -- list
       npm run adapter -- use NAME --workspace WORKSPACE   the taught arms of that workspace answer with it from now on
       npm run adapter -- export NAME FOLDER        for PEFT and servers built on it (one adapter, also when it lies on another)
       npm run adapter -- export-base FOLDER        the base model as transformers and PEFT load it  [--precision ${BASE_PRECISIONS.join('|')}]
       npm run adapter -- export-onnx NAME FOLDER   merged with the base, for transformers.js; NAME "base" merges none  [--precision ${ONNX_PRECISIONS.join('|')}]
       npm run adapter -- import FOLDER|FILE.zip --name NAME   a LoRA adapter that PEFT saved  [--replace]

FOLDER is made; one that holds other files is not touched. NAME may be a checkpoint, such as run-3f2a9b1c@120.`;

/** How many words follow each action. */
const ACTIONS: Readonly<Record<string, number>> = { list: 0, use: 1, export: 2, 'export-base': 1, 'export-onnx': 2, import: 1 };

await runCommand(USAGE, async (signal) => {
  const { values, positionals: [action = '', ...words] } = readArguments({
    allowPositionals: true,
    options: { name: { type: 'string' }, workspace: { type: 'string' }, precision: { type: 'string' }, replace: { type: 'boolean', default: false } },
  });
  if (!(action in ACTIONS)) throw new UsageError(action ? `"${action}" is none of ${Object.keys(ACTIONS).join(', ')}.` : 'What shall be done?');
  if (words.length !== ACTIONS[action]) throw new UsageError(`${action} takes ${ACTIONS[action]} ${ACTIONS[action] === 1 ? 'word' : 'words'} after it, not ${words.length}.`);
  if (action === 'list') return list();
  if (action === 'use') return use(words[0], values.workspace);
  if (action === 'import') return take(words[0], values.name, values.replace);
  const [name, folder] = words.length === 2 ? words : ['', words[0]];
  const progress = new ProgressLine('Writing');
  const onProgress = (done: number, total: number): void => progress.update(done, total);
  if (action === 'export') await exportPeft(name, folder, signal);
  if (action === 'export-base') await exportBase(folder, { precision: readChoice<BasePrecision>('precision', values.precision, BASE_PRECISIONS), signal, onProgress });
  if (action === 'export-onnx') await exportOnnx(name === 'base' ? null : name, folder, { precision: readChoice<OnnxPrecision>('precision', values.precision, ONNX_PRECISIONS), signal, onProgress });
  progress.end();
  console.log(`Written to ${folder}`);
});

async function list(): Promise<void> {
  const views = await listAdapterViews();
  const rows = views.map(({ name, origin, usedBy, card, problem }) => [name, origin, card?.createdAt.slice(0, 10) ?? '', usedBy.join(' '), problem?.message ?? '']);
  console.log(textTable(['name', 'from', 'made', 'used by', 'problem'], rows, 5));
}

async function use(name: string, workspace: string | undefined): Promise<void> {
  if (workspace === undefined) throw new UsageError('Whose answers? Give --workspace NAME.');
  await useAdapter(name, workspace);
  console.log(`${workspace} answers with the adapter ${name}.`);
}

async function take(source: string, name: string | undefined, replace: boolean): Promise<void> {
  if (name === undefined) throw new UsageError('Give the adapter a name: --name NAME.');
  checkName(name);
  await refuseTaken(name, replace);
  const { folder, rank, layers } = await importPeft(await readSource(source), name);
  console.log(`${path.relative('.', folder)}: rank ${rank} on ${layers} layers`);
}

/** The files of a folder, or of a ZIP archive of one. */
async function readSource(source: string): Promise<AdapterFolderFiles> {
  const found = await stat(source).catch((cause: unknown) => {
    throw new BadInputError(`There is no ${source}.`, { cause, remedy: 'Name the folder that PEFT\'s save_pretrained wrote, or a ZIP of it.' });
  });
  if (found.isFile()) {
    if (found.size > LARGEST_ADAPTER_BYTES) throw tooLarge(source);
    return readAdapterArchive(await readFile(source));
  }
  const names = (await readdir(source)).filter((name) => (ADAPTER_FILES as readonly string[]).includes(name));
  const files = new Map<string, Uint8Array>();
  for (const name of names) {
    const file = path.join(source, name);
    if ((await stat(file)).size > LARGEST_ADAPTER_BYTES) throw tooLarge(file);
    files.set(name, await readFile(file));
  }
  return files;
}

const tooLarge = (file: string): BadInputError => new BadInputError(`${file} is larger than ${LARGEST_ADAPTER_BYTES >> 20} MiB.`, { remedy: 'Train with a lower rank.' });

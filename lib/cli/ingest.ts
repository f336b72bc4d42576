/** `npm run ingest -- FOLDER`: brings a folder of documents, or a JSON Lines file of them, into a workspace's index. */
import path from 'node:path';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { openDocumentIndex, type HybridIndex } from '../retrieve/index.ts';
import { modelsDirectory } from '../system/paths.ts';
import { ingest, type IngestReport } from '../workspace/ingest.ts';
import { indexFolder, openWorkspace } from '../workspace/workspace.ts';
import { readArguments, runCommand, UsageError } from './arguments.ts';
import { ingestProgress } from './ingest-progress.ts';

const USAGE = `Usage: npm run ingest -- FOLDER [--workspace NAME] [--json]

FOLDER is a folder of Markdown, text, HTML, PDF and DOCX files, or a .jsonl file with one {"id","title","text"} a line.
New and changed documents are indexed; those that came from FOLDER before and have vanished are removed.

  --workspace NAME  the workspace that takes them; made when it is not there (default: pajak)
  --shipped         write the index that ships with the project instead of your own copy
  --json            print one JSON object`;

function describe(report: IngestReport, workspace: string): string {
  const { added, changed, unchanged, removed, skipped, chunks, embedded, milliseconds } = report;
  const lines = skipped.map(({ file, reason }) => `skipped ${file}: ${reason}`);
  lines.push(`${workspace}: ${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed, ${skipped.length} skipped`);
  lines.push(`${chunks} chunks, ${embedded} of them embedded now, in ${(milliseconds / 1000).toFixed(1)} s`);
  return lines.join('\n');
}

async function indexToWrite(name: string, shipped: boolean): Promise<HybridIndex> {
  const { index } = await openWorkspace(name, { create: true });
  return shipped ? openDocumentIndex({ folder: indexFolder(path.join(modelsDirectory(), 'workspaces', name)), embedder: sharedEmbedder() }) : index;
}

await runCommand(USAGE, async (signal) => {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: { workspace: { type: 'string', default: 'pajak' }, shipped: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  if (positionals.length !== 1) throw new UsageError(positionals.length ? 'One folder at a time, please.' : 'Which folder?');
  const index = await indexToWrite(values.workspace, values.shipped);
  const bar = ingestProgress();
  try {
    const report = await ingest(index, positionals[0], bar.update, signal);
    console.log(values.json ? JSON.stringify({ workspace: values.workspace, ...report }) : describe(report, values.workspace));
  } catch (error) {
    if (signal.aborted) console.error('\nInterrupted; the index is as it was.');
    throw error;
  } finally {
    bar.end();
    await sharedEmbedder().close();
  }
});

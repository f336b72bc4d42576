/** `npm run ingest -- FOLDER`: brings a folder of documents, or a JSON Lines file of them, into a workspace's index. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { openDocumentIndex } from '../retrieve/index.ts';
import { ProductError } from '../system/errors.ts';
import { modelsDirectory } from '../system/paths.ts';
import { ingest, type IngestReport } from '../workspace/ingest.ts';
import { indexFolder, openWorkspace } from '../workspace/workspace.ts';

const USAGE = `Usage: npm run ingest -- FOLDER [--workspace NAME] [--json]

FOLDER is a folder of Markdown and text files, or a .jsonl file with one {"id","title","text"} a line.
New and changed documents are indexed; those that came from FOLDER before and have vanished are removed.

  --workspace NAME  the workspace that takes them; made when it is not there (default: pajak)
  --shipped         write the index that ships with the project instead of your own copy
  --json            print one JSON object`;

const PROGRESS_AFTER_MS = 1_000;

function readArguments(): { from: string; workspace: string; shipped: boolean; json: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { workspace: { type: 'string', default: 'pajak' }, shipped: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    });
    if (positionals.length === 1) return { from: positionals[0], ...values };
    console.error(positionals.length ? 'One folder at a time, please.\n' : 'Which folder?\n');
  } catch (error) {
    console.error(`${(error as Error).message}\n`);
  }
  return null;
}

/** A bar on the terminal's error output once the work has lasted a second. */
function progressBar(): { update(done: number, total: number): void; end(): void } {
  const started = performance.now();
  let shown = false;
  return {
    update(done, total) {
      if (!process.stderr.isTTY || (!shown && performance.now() - started < PROGRESS_AFTER_MS)) return;
      shown = true;
      const filled = Math.round((done / total) * 30);
      const left = Math.round((((performance.now() - started) / done) * (total - done)) / 1000);
      process.stderr.write(`\r[${'#'.repeat(filled)}${'.'.repeat(30 - filled)}] ${done} of ${total} chunks, ${left} s left  `);
    },
    end() {
      if (shown) process.stderr.write('\n');
    },
  };
}

function describe(report: IngestReport, workspace: string): string {
  const { added, changed, unchanged, removed, skipped, chunks, embedded, milliseconds } = report;
  const lines = skipped.map(({ file, reason }) => `skipped ${file}: ${reason}`);
  lines.push(`${workspace}: ${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed, ${skipped.length} skipped`);
  lines.push(`${chunks} chunks, ${embedded} of them embedded now, in ${(milliseconds / 1000).toFixed(1)} s`);
  return lines.join('\n');
}

async function main(): Promise<number> {
  const given = readArguments();
  if (!given) {
    console.error(USAGE);
    return 2;
  }
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort(new Error('Interrupted.'));
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const bar = progressBar();
  try {
    const workspace = await openWorkspace(given.workspace, { create: true });
    const { index } = given.shipped
      ? { index: openDocumentIndex({ folder: indexFolder(path.join(modelsDirectory(), 'workspaces', given.workspace)), embedder: sharedEmbedder() }) }
      : workspace;
    const report = await ingest(index, given.from, bar.update, interrupted.signal);
    bar.end();
    console.log(given.json ? JSON.stringify({ workspace: given.workspace, ...report }) : describe(report, given.workspace));
    return 0;
  } catch (error) {
    bar.end();
    if (interrupted.signal.aborted) {
      console.error('Interrupted; the index is as it was.');
      return 130;
    }
    if (!(error instanceof ProductError)) throw error;
    console.error([error.message, error.remedy].filter(Boolean).join('\n'));
    return 1;
  } finally {
    await sharedEmbedder().close();
  }
}

process.exitCode = await main();

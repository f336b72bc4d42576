/** `npm run workspace -- ...`: workspaces of one's own, made, listed, shared as one file, deleted. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { BadInputError } from '../system/errors.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { createWorkspace, type MadeWorkspace, type MakingOptions } from '../workspace/create.ts';
import { teachCommand, useCommand } from '../workspace/definition.ts';
import { readDocuments } from '../workspace/documents.ts';
import { exportWorkspace } from '../workspace/export.ts';
import { ARCHIVE_LIMITS, importWorkspace } from '../workspace/import.ts';
import { readRowFiles, type TextFile } from '../workspace/rows.ts';
import { deleteWorkspace, resetWorkspace } from '../workspace/staging.ts';
import { listWorkspaceViews } from '../workspace/view.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { readArguments, runCommand, UsageError } from './arguments.ts';
import { ingestProgress } from './ingest-progress.ts';
import { textTable } from './text-table.ts';

const USAGE = `Usage: npm run workspace -- COMMAND

  list                          all workspaces: those that come with the project and your own
  create NAME --documents FOLDER [--examples FILE] [--questions FILE] [--title TEXT] [--language id|en]
                                makes one from Markdown, text, HTML, PDF and DOCX files, or from a .jsonl file of documents;
                                examples are questions with answers to learn from (or facts with several phrasings)
  export NAME FILE.zip          documents, examples, questions and changes as one file
  import FILE.zip [--name NAME] makes a workspace from such a file
  delete NAME                   one of your own
  reset NAME                    takes your changes of one that comes with the project away

  --json  print one JSON object`;

const OPTIONS = {
  documents: { type: 'string' }, examples: { type: 'string' }, questions: { type: 'string' }, title: { type: 'string' },
  language: { type: 'string' }, name: { type: 'string' }, json: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof readArguments<{ options: typeof OPTIONS; allowPositionals: true }>>['values'];
/** What is printed: lines for people, an object for `--json`. */
interface Told {
  readonly lines: readonly string[];
  readonly json: object;
}
interface Command {
  /** What must stand after the command, in this order. */
  readonly takes: readonly string[];
  run(given: readonly string[], values: Values, signal: AbortSignal): Promise<Told>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  list: {
    takes: [],
    async run() {
      const views = await listWorkspaceViews();
      const rows = views.map(({ name, shipped, edited, adapter, documents, examples, questions }) => [
        name, shipped ? `comes with the project${edited ? ', changed' : ''}` : 'your own', adapter ?? '-',
        ...[documents, examples, questions].map((count) => (count === null ? '?' : String(count))),
      ]);
      const problems = views.flatMap(({ name, problem }) => (problem ? [`${name}: ${problem.message}${problem.remedy ? ` ${problem.remedy}` : ''}`] : []));
      return { lines: [textTable(['name', 'whose', 'adapter', 'documents', 'examples', 'questions'], rows, 3), ...problems], json: { workspaces: views } };
    },
  },
  create: {
    takes: ['NAME'],
    async run([name], { documents, examples, questions, title, language, json }, signal) {
      if (!documents) throw new UsageError('Which documents? Give --documents FOLDER.');
      if (title?.trim() === '') throw new UsageError('--title is blank. Give some words, or leave it out: the name is the title then.');
      if (language !== undefined && language !== 'id' && language !== 'en') throw new UsageError('--language is id or en.');
      const rows = readRowFiles({ ...(examples && { examples: await readText(examples) }), ...(questions && { questions: await readText(questions) }) });
      return withProgress(json, async (progress) => {
        const reading = (done: number, total: number) => progress(done, total, 'files');
        const made = await createWorkspace({ name, definition: { title, language }, rows, documents: () => readDocuments(documents, { signal, progress: reading }) }, { signal, progress });
        return { lines: describe(made, 'made'), json: made };
      });
    },
  },
  export: {
    takes: ['NAME', 'FILE.zip'],
    async run([name, file], _values, signal) {
      await writeFileAtomically(file, exportWorkspace(await openWorkspace(name), signal)).catch((cause: NodeJS.ErrnoException) => {
        // Only what the system refused; what is wrong with the workspace says so itself.
        if (cause.syscall === undefined) throw cause;
        throw new BadInputError(`${file} cannot be written: ${cause.message}.`, { cause, remedy: 'Give the path of a file in a folder that you may write to.' });
      });
      return { lines: [`${name} is in ${file}.`], json: { name, file } };
    },
  },
  import: {
    takes: ['FILE.zip'],
    async run([file], { name, json }, signal) {
      const bytes = await readArchive(file);
      return withProgress(json, async (progress) => {
        const made = await importWorkspace(bytes, path.basename(file), { ...(name !== undefined && { name }), signal, progress });
        return { lines: describe(made, 'imported'), json: made };
      });
    },
  },
  delete: {
    takes: ['NAME'],
    async run([name]) {
      await deleteWorkspace(name);
      return { lines: [`${name} is deleted.`], json: { deleted: name } };
    },
  },
  reset: {
    takes: ['NAME'],
    async run([name]) {
      await resetWorkspace(name);
      return { lines: [`${name} is as it came.`], json: { reset: name } };
    },
  },
};

async function withProgress<Result>(silent: boolean | undefined, work: (progress: NonNullable<MakingOptions['progress']>) => Promise<Result>): Promise<Result> {
  const bar = ingestProgress(silent);
  try {
    return await work(bar.update);
  } finally {
    bar.end();
  }
}

function describe({ name, documents, chunks, examples, questions, skipped }: MadeWorkspace, done: string): string[] {
  return [
    ...skipped.map(({ file, reason }) => `skipped ${file}: ${reason}`),
    `${name} ${done}: ${counted(documents, 'document')} in ${counted(chunks, 'passage')}, ${counted(examples, 'example')}, ${counted(questions, 'question')}, ${counted(skipped.length, 'file')} skipped`,
    `Ask it: npm run ask -- "..." --workspace ${name}${examples ? `   Teach it: ${teachCommand(name)} && ${useCommand(name)}` : ''}`,
  ];
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

async function readText(file: string): Promise<TextFile> {
  try {
    return { name: file, text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)) };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new BadInputError(code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read as UTF-8 text.`, { cause, remedy: 'Give the path of a JSON Lines file (.jsonl).' });
  }
}

async function readArchive(file: string): Promise<Buffer> {
  const failed = (reason: string, cause?: unknown) => new BadInputError(`${file} cannot be imported: ${reason}.`, { cause, remedy: 'Give the path of an exported workspace.' });
  const found = await stat(file).catch((cause: NodeJS.ErrnoException) => {
    throw failed(cause.code === 'ENOENT' ? 'there is no such file' : cause.message, cause);
  });
  if (found.size > ARCHIVE_LIMITS.bytes) throw failed(`larger than ${ARCHIVE_LIMITS.bytes / 1024 / 1024} MiB`);
  return readFile(file).catch((cause: Error) => {
    throw failed(cause.message, cause);
  });
}

await runCommand(USAGE, async (signal) => {
  const { values, positionals } = readArguments({ allowPositionals: true, options: OPTIONS });
  const [name, ...given] = positionals;
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(name === undefined ? 'What is to be done?' : `There is no command "${name}".`);
  if (given.length !== command.takes.length) throw new UsageError(`${name} takes ${command.takes.join(' and ') || 'nothing more'}.`);
  try {
    const { lines, json } = await command.run(given, values, signal);
    console.log(values.json ? JSON.stringify(json) : lines.join('\n'));
  } catch (error) {
    if (signal.aborted) console.error('\nInterrupted; nothing was changed.');
    throw error;
  } finally {
    await sharedEmbedder().close();
  }
});

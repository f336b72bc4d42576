/**
 * The examples of a workspace: the wordings of its facts as they ship, until a person changes them; from then on
 * `examples.jsonl` in the workspace's folder of the data directory.
 */
import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { plainQuestion } from '../finetune/dataset.ts';
import { EXAMPLE_LIMITS, type ExampleDraft, type ExampleImport, type ExampleImportReport, type ExampleList, type ExampleRow, type ExampleSplit } from '../messages/examples.ts';
import { detectLanguage } from '../question/language.ts';
import { BadInputError } from '../system/errors.ts';
import { withWriteLock } from '../system/file-lock.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { workspaceExamples } from '../workspace/examples.ts';
import { exists, foldersOf, isFolder, WORKSPACE_FILES } from '../workspace/folders.ts';
import { formatJsonLines } from '../workspace/json-lines.ts';
import type { WorkspaceExample } from '../workspace/schemas.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { checkExamples } from './example-check.ts';
import { readImport } from './example-import.ts';
import { exampleDraftSchema } from './example-schema.ts';

export interface ExampleQuery {
  readonly split?: ExampleSplit;
  readonly search?: string;
  readonly offset?: number;
  readonly limit?: number;
}

/** All examples of a workspace. MissingArtifactError when there is no such workspace. */
export async function readExamples(workspace: string): Promise<ExampleRow[]> {
  return (await workspaceExamples(await openWorkspace(workspace))).map((row) => {
    const { id, factId, ...fields } = row;
    return { ...complete(fields), id: id !== undefined && EXAMPLE_ID.test(id) ? id : idFromContent(row), factId: factId ?? null };
  });
}

/** Stays when facts before it are added or taken away. */
function idFromContent({ question, split, factId }: WorkspaceExample): string {
  const hash = createHash('sha256').update(`${split}\n${question}`).digest('hex').slice(0, 10);
  return `${factId?.replace(/[^\w.-]/g, '-').slice(0, 60) ?? 'x'}.${hash}`;
}

/** One page of the examples of a split that hold all words of `search`, in their order. Default: the first 50 of all. */
export async function listExamples(workspace: string, { split, search = '', offset = 0, limit = 50 }: ExampleQuery = {}): Promise<ExampleList> {
  const all = await readExamples(workspace);
  const words = search.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ question, answer, split: own }: ExampleRow): boolean => {
    const text = `${question}\n${answer}`.toLowerCase();
    return (split === undefined || own === split) && words.every((word) => text.includes(word));
  };
  const matching = all.filter(matches);
  return { workspace, edited: await isEdited(workspace), counts: count(all), matching: matching.length, offset, examples: matching.slice(offset, offset + Math.min(limit, EXAMPLE_LIMITS.listed)) };
}

/** BadInputError when the question is there already, or is held out and trained at once. */
export async function addExample(workspace: string, draft: unknown): Promise<ExampleRow> {
  const row: ExampleRow = { ...complete(parseDraft(draft, exampleDraftSchema)), id: newId(), factId: null };
  await change(workspace, (rows) => [...rows, row]);
  return row;
}

/** Changes the fields that the draft names. BadInputError when there is no such example (404), or when the draft or what becomes of the examples cannot be used. */
export async function editExample(workspace: string, id: string, draft: unknown): Promise<ExampleRow> {
  const given = parseDraft(draft, exampleDraftSchema.partial().refine((fields) => Object.keys(fields).length > 0, 'holds nothing to change'));
  let edited: ExampleRow | null = null;
  await change(workspace, (rows) =>
    rows.map((row) => {
      if (row.id !== id) return row;
      const language = given.language ?? (given.question ? detectLanguage(given.question) : row.language);
      edited = { ...complete({ ...row, ...given, language }), id, factId: row.factId };
      return edited;
    }),
  );
  if (!edited) throw noSuchExample(id);
  return edited;
}

/** Gives back what was removed: who wants it again may have seen an older state of it. */
export async function removeExample(workspace: string, id: string): Promise<ExampleRow> {
  let removed: ExampleRow | undefined;
  await change(workspace, (rows) => {
    removed = rows.find((row) => row.id === id);
    if (!removed) throw noSuchExample(id);
    return rows.filter((row) => row !== removed);
  });
  return removed!;
}

const importSchema = z.strictObject({
  format: z.enum(['jsonl', 'csv']),
  text: z.string().max(EXAMPLE_LIMITS.importBytes),
  mode: z.enum(['add', 'replace']).optional(),
});

/** The body of an import, checked. BadInputError names the field. */
export function parseImport(body: unknown): ExampleImport {
  const parsed = importSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BadInputError(`The import cannot be used: ${issue.path.map(String).join('.')}: ${issue.message}.`, { remedy: 'Send {"format": "jsonl" or "csv", "text": "…", "mode": "add" or "replace"}.' });
}

/** All or nothing: BadInputError names the line that cannot be used. */
export async function importExamples(workspace: string, { format, text, mode = 'add' }: ExampleImport): Promise<ExampleImportReport> {
  const drafts = readImport(format, text);
  const lines = new Map<ExampleRow, number>();
  let report: Omit<ExampleImportReport, 'counts'> = { added: 0, unchanged: 0, removed: 0 };
  const rows = await change(workspace, (before) => {
    const kept = mode === 'add' ? [...before] : [];
    const known = new Map(before.map((row) => [contentOf(row), row]));
    const ids = new Set(kept.map(({ id }) => id));
    let [added, unchanged] = [0, 0];
    for (const { line, draft, id } of drafts) {
      const content = complete(draft);
      const old = known.get(contentOf(content));
      if (old) unchanged += 1;
      else added += 1;
      if (old && mode === 'add') continue;
      const taken = id !== undefined && ids.has(id);
      const row: ExampleRow = { ...content, id: old?.id ?? (id !== undefined && !taken ? id : newId()), factId: old?.factId ?? null };
      ids.add(row.id);
      kept.push(row);
      lines.set(row, line);
    }
    report = { added, unchanged, removed: mode === 'add' ? 0 : before.length - unchanged };
    return kept;
  }, (row) => lines.get(row));
  return { ...report, counts: count(rows) };
}

/** Goes back to the examples that came with the workspace. BadInputError for one that has no others. */
export async function resetExamples(workspace: string): Promise<ExampleList> {
  if ((await hasOwnFile(workspace)) && !(await isEdited(workspace))) {
    throw new BadInputError(`The workspace "${workspace}" has no other examples to go back to.`, { httpStatus: 409, remedy: 'Remove examples one by one, or import a file in their place.' });
  }
  await openWorkspace(workspace);
  await withWriteLock(`${ownFile(workspace)}.lock`, () => rm(ownFile(workspace), { force: true }));
  return listExamples(workspace);
}

const ownFile = (workspace: string): string => path.join(foldersOf(workspace).own, WORKSPACE_FILES.examples);
const hasOwnFile = (workspace: string): Promise<boolean> => exists(ownFile(workspace));

/** Whether there are others to go back to. */
async function isEdited(workspace: string): Promise<boolean> {
  const { shipped, own } = foldersOf(workspace);
  return (await hasOwnFile(workspace)) && ((await isFolder(shipped)) || (await exists(path.join(own, WORKSPACE_FILES.facts))));
}

const EXAMPLE_ID = /^[\w.-]{1,80}$/;
const count = (rows: readonly ExampleRow[]): ExampleList['counts'] => ({ train: rows.filter(({ split }) => split === 'train').length, heldOut: rows.filter(({ split }) => split === 'held-out').length });
const newId = (): string => `x${randomBytes(6).toString('hex')}`;
const contentOf = ({ question, answer, split }: Pick<ExampleRow, 'question' | 'answer' | 'split'>): string => JSON.stringify([plainQuestion(question), answer, split]);

async function change(workspace: string, edit: (rows: readonly ExampleRow[]) => readonly ExampleRow[], lineOf?: (row: ExampleRow) => number | undefined): Promise<readonly ExampleRow[]> {
  await openWorkspace(workspace);
  return withWriteLock(`${ownFile(workspace)}.lock`, async () => {
    const rows = edit(await readExamples(workspace));
    checkExamples(rows, lineOf);
    await writeFileAtomically(ownFile(workspace), formatJsonLines(rows));
    return rows;
  });
}

function complete({ question, answer, split = 'train', language, accept = [], required = [], ...rest }: ExampleDraft & Partial<Pick<ExampleRow, 'id' | 'factId'>>): ExampleRow {
  const text = question.normalize('NFC').trim();
  return { id: rest.id ?? '', factId: rest.factId ?? null, question: text, answer: answer.normalize('NFC').trim(), split, language: language ?? detectLanguage(text), accept, required };
}

function parseDraft<Fields>(value: unknown, schema: z.ZodType<Fields>): Fields {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue.path.map(String).join('.');
  throw new BadInputError(`The example cannot be used: ${place ? `${place}: ` : ''}${issue.message}.`, { remedy: 'Give it a question and an answer, as {"question": "…", "answer": "…"}.' });
}

const noSuchExample = (id: string): BadInputError => new BadInputError(`There is no example "${id.slice(0, 80)}".`, { httpStatus: 404, remedy: 'GET /api/examples lists them.' });

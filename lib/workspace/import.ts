/** A workspace out of one ZIP file. The file may come from anybody: nothing of it is written before all of it is understood. */
import { setImmediate as turn } from 'node:timers/promises';
import { workspaceRefusalText, type WorkspaceRefusal } from '../messages/refused.ts';
import { BadInputError } from '../system/errors.ts';
import { FILE_MANAGER_FILES } from '../system/file-manager-files.ts';
import { createWorkspace, type MadeWorkspace, type MakingOptions } from './create.ts';
import { reasonOf } from './definition.ts';
import type { DocumentFile } from './document-file.ts';
import { readDocumentFiles } from './documents.ts';
import { staysInside, WORKSPACE_FILES } from './folders.ts';
import { mebibytes, UnreadableFile } from './formats/limits.ts';
import { readZip, shown, type ZipEntry } from './formats/zip.ts';
import { readRowFiles, type TextFile } from './rows.ts';
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, archiveSchema } from './schemas.ts';

const MIB = 1024 * 1024;
/** `textBytes` is for each file but the documents: its lines are checked at once, and nothing else answers meanwhile. */
export const ARCHIVE_LIMITS = { bytes: 200 * MIB, unpackedBytes: 500 * MIB, archiveEntries: 20_000, textBytes: 20 * MIB } as const;

const ROW_FILES = ['facts', 'examples', 'questions', 'changes'] as const;
/** What archivers of some systems add beside the files themselves. */
function isLitter(name: string): boolean {
  const parts = name.split('/');
  return parts.includes('__MACOSX') || FILE_MANAGER_FILES.includes(parts.at(-1)!);
}

export interface ImportOptions extends MakingOptions {
  /** Default: the name it was exported with. */
  readonly name?: string;
}

/**
 * Makes a workspace of a person's own from an exported file; `file` names it in errors. All or nothing. BadInputError for an
 * archive that is damaged, too large, not of a workspace, or names a place outside itself; and for a line that cannot be used,
 * with file, line and reason.
 */
export async function importWorkspace(bytes: Uint8Array, file: string, options: ImportOptions = {}): Promise<MadeWorkspace> {
  const entries = entriesOf(bytes, file);
  const definition = readArchiveDefinition(entries.get(WORKSPACE_FILES.definition)!, file);
  const rows = readRowFiles(Object.fromEntries(ROW_FILES.flatMap((kind) => {
    const entry = entries.get(WORKSPACE_FILES[kind]);
    return entry ? [[kind, { name: WORKSPACE_FILES[kind], text: textOf(entry, file) } satisfies TextFile]] : [];
  })));
  const documents = [...entries].filter(([name]) => name.startsWith(`${WORKSPACE_FILES.documents}/`)).map(([name, entry]): DocumentFile => ({
    path: name.slice(WORKSPACE_FILES.documents.length + 1),
    size: async () => entry.size,
    read: async () => unpack(entry, file),
  }));
  const { format: _format, version: _version, name, ...said } = definition;
  const { signal, progress } = options;
  await checkAll(entries, file, signal);
  return createWorkspace({
    name: options.name ?? name,
    definition: said,
    rows,
    documents: () => readDocumentFiles(documents, { signal, progress: (done, total) => progress?.(done, total, 'files') }),
  }, options);
}

/** Entries by their names below the folder that holds workspace.json. */
function entriesOf(bytes: Uint8Array, file: string): Map<string, ZipEntry> {
  if (bytes.length > ARCHIVE_LIMITS.bytes) throw refused(file, { id: 'unreadable', facts: { why: { id: 'too-large', facts: { limit: mebibytes(ARCHIVE_LIMITS.bytes) } } } });
  const entries = withSlashes(understood(file, () => readZip(bytes, ARCHIVE_LIMITS))).filter(({ name }) => !isLitter(name));
  for (const { name, isSymbolicLink } of entries) {
    if (isSymbolicLink) throw refused(file, { id: 'link', facts: { entry: shown(name) } });
    if (!staysInside(name)) throw refused(file, { id: 'outside', facts: { entry: shown(name) } });
  }
  // People pack a folder as often as what is in it.
  const definition = entries.map(({ name }) => name).find((name) => /^([^/]+\/)?workspace\.json$/.test(name));
  if (definition === undefined) throw refused(file, { id: 'no-definition', facts: { file: WORKSPACE_FILES.definition } });
  const above = definition.slice(0, -WORKSPACE_FILES.definition.length);
  const known = new Map<string, ZipEntry>();
  const expected = new Set<string>([WORKSPACE_FILES.definition, ...ROW_FILES.map((kind) => WORKSPACE_FILES[kind])]);
  for (const entry of entries) {
    const name = entry.name.slice(above.length);
    if (!entry.name.startsWith(above) || !(expected.has(name) || name.startsWith(`${WORKSPACE_FILES.documents}/`))) throw refused(file, { id: 'no-part', facts: { entry: shown(entry.name) } });
    known.set(name, entry);
  }
  return known;
}

/** PowerShell 5 packs with `\` between folders, and then with no `/` anywhere; folders of their own are left out here too. */
function withSlashes(entries: readonly ZipEntry[]): readonly ZipEntry[] {
  if (entries.some(({ name }) => name.includes('/'))) return entries;
  return entries.map((entry) => ({ ...entry, name: entry.name.replaceAll('\\', '/') })).filter(({ name, size }) => size > 0 || !name.endsWith('/'));
}

function readArchiveDefinition(entry: ZipEntry, file: string) {
  try {
    return archiveSchema.parse(JSON.parse(textOf(entry, file)));
  } catch (cause) {
    if (cause instanceof BadInputError) throw cause;
    throw refused(file, { id: 'definition', facts: { file: WORKSPACE_FILES.definition, cause: reasonOf(cause) } }, cause);
  }
}

/** Unpacks everything once: a damaged document would otherwise be one that is skipped, as an unreadable one is. */
async function checkAll(entries: ReadonlyMap<string, ZipEntry>, file: string, signal?: AbortSignal): Promise<void> {
  for (const entry of entries.values()) {
    signal?.throwIfAborted();
    unpack(entry, file);
    await turn();
  }
}

const unpack = (entry: ZipEntry, file: string): Uint8Array => understood(file, () => entry.read());

function textOf(entry: ZipEntry, file: string): string {
  if (entry.size > ARCHIVE_LIMITS.textBytes) throw refused(file, { id: 'entry-too-large', facts: { entry: shown(entry.name), limit: mebibytes(ARCHIVE_LIMITS.textBytes) } });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(unpack(entry, file));
  } catch (cause) {
    if (cause instanceof BadInputError) throw cause;
    throw refused(file, { id: 'entry-not-utf8', facts: { entry: shown(entry.name) } }, cause);
  }
}

function understood<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw refused(file, { id: 'unreadable', facts: { why: cause.why } }, cause);
    throw cause;
  }
}

const refused = (file: string, why: WorkspaceRefusal, cause?: unknown): BadInputError =>
  new BadInputError(`${file} cannot be imported: ${workspaceRefusalText(why)}.`, {
    cause,
    remedy: `Give a file that was exported from a workspace (version ${ARCHIVE_VERSION} of ${ARCHIVE_FORMAT}). Nothing was taken.`,
    detail: { id: 'workspace-refused', facts: { file, why } },
  });

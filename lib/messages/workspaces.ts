/**
 * What passes between the page and the server about workspaces.
 *
 *   GET    /api/workspaces                                -> WorkspaceList
 *   POST   /api/workspaces        multipart form           -> stream of MakingEvent
 *            fields name, title?, language?; files `documents` (any number, their paths as file names), examples?, questions?
 *   POST   /api/workspaces?name=&file=     a ZIP file      -> stream of MakingEvent: imported, under `name` where it is given
 *   GET    /api/workspaces/NAME                            -> WorkspaceView
 *   PATCH  /api/workspaces/NAME   {title}                  -> WorkspaceView
 *   DELETE /api/workspaces/NAME                            -> {removed: NAME} (own ones only)
 *   POST   /api/workspaces/NAME/reset                      -> WorkspaceView (those that come with the project only)
 *   GET    /api/workspaces/NAME/export                     -> a ZIP file
 *   POST   /api/workspaces/NAME/documents  multipart form  -> stream of MakingEvent: files added to its documents
 *
 * A stream is lines of JSON, one event each; it ends with `made` or `failed`. Leaving it stops the work, and nothing is changed.
 * Other routes take the workspace as `?workspace=NAME` or in their body; the page keeps the chosen one in a cookie.
 */
import type { Bilingual } from '../answer/comparison.ts';
import type { AnswerProblem } from '../answer/events.ts';
import type { SkippedDocument } from './skipped.ts';

export const DEFAULT_WORKSPACE = 'pajak';
/** Remembers the chosen workspace; a link's `?workspace=` comes before it. */
export const WORKSPACE_COOKIE = 'workspace';
export const WORKSPACE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Endings of files that documents are read from. */
export const DOCUMENT_ENDINGS = ['.md', '.markdown', '.txt', '.html', '.htm', '.xhtml', '.pdf', '.docx'] as const;

export const WORKSPACE_LIMITS = { uploadBytes: 200 * 1024 * 1024, files: 5_000, titleCharacters: 120 } as const;

export interface WorkspaceView {
  readonly name: string;
  readonly title: Bilingual;
  readonly notice: Bilingual | null;
  /** Whether it comes with the project; otherwise it is a person's own. */
  readonly shipped: boolean;
  /** Whether a person has changed a shipped one: a document, an example, its title or its adapter. */
  readonly edited: boolean;
  /** `null` where they cannot be read; `problem` then says why. */
  readonly documents: number | null;
  readonly chunks: number | null;
  readonly examples: number | null;
  readonly questions: number | null;
  readonly adapter: string | null;
  readonly problem: AnswerProblem | null;
}

export interface WorkspaceList {
  readonly workspaces: readonly WorkspaceView[];
}

export type MakingEvent =
  /** Files are read first, then their passages are embedded. */
  | { readonly type: 'progress'; readonly step: 'files' | 'chunks'; readonly done: number; readonly total: number }
  | { readonly type: 'made'; readonly workspace: WorkspaceView; readonly documents: number; readonly chunks: number; readonly skipped: readonly SkippedDocument[] }
  | { readonly type: 'failed'; readonly problem: AnswerProblem };


/** Why a file cannot be imported: an id with what is to be said about it, for a page to tell in its reader's language. */
import { skipReasonText, type SkipReason } from './skipped.ts';

/** A file that is to be a workspace. */
export interface WorkspaceRefusals {
  /** As a whole, or one of the files in it. */
  readonly unreadable: { readonly why: SkipReason };
  readonly link: { readonly entry: string };
  readonly outside: { readonly entry: string };
  readonly 'no-definition': { readonly file: string };
  readonly 'no-part': { readonly entry: string };
  readonly 'entry-too-large': { readonly entry: string; readonly limit: string };
  readonly 'entry-not-utf8': { readonly entry: string };
  /** By the words of whatever reads it, which name the field. */
  readonly definition: { readonly file: string; readonly cause: string };
}
export type WorkspaceRefusal = Of<WorkspaceRefusals>;
export type WorkspaceRefusalTexts = TextsOf<WorkspaceRefusals>;

/** A file that is to be an adapter. What cannot be used of it is told by the names that PEFT gives. */
export interface AdapterRefusals {
  readonly unreadable: { readonly why: SkipReason };
  readonly twice: { readonly file: string };
  readonly missing: { readonly file: string };
  readonly pickle: { readonly file: string };
  readonly 'not-json': { readonly file: string };
  /** By the words of whatever reads it, which name what is wrong with it. */
  readonly configuration: { readonly file: string; readonly cause: string };
  readonly weights: { readonly file: string; readonly cause: string };
  readonly 'upper-part': { readonly beneath: string };
  readonly 'other-base': Record<string, never>;
  readonly 'too-strong': { readonly module: string; readonly alpha: number };
  readonly 'other-tensor': { readonly tensor: string };
  readonly 'not-finite': { readonly tensor: string };
  readonly empty: Record<string, never>;
  readonly 'no-layer': { readonly module: string };
  readonly 'half-pair': { readonly module: string };
  /** The sizes of both its matrices, and the largest rank `R`. */
  readonly 'other-sizes': { readonly module: string; readonly have: string; readonly need: string; readonly rank: number };
}
export type AdapterRefusal = Of<AdapterRefusals>;

type Of<Refusals> = { readonly [Id in keyof Refusals]: { readonly id: Id; readonly facts: Refusals[Id] } }[keyof Refusals];
type TextsOf<Refusals> = { readonly [Id in keyof Refusals]: (facts: Refusals[Id]) => string };

const ENGLISH: WorkspaceRefusalTexts = {
  unreadable: ({ why }) => skipReasonText(why),
  link: ({ entry }) => `"${entry}" is a link, not a file`,
  outside: ({ entry }) => `"${entry}" names a place outside the workspace`,
  'no-definition': ({ file }) => `it holds no ${file}`,
  'no-part': ({ entry }) => `"${entry}" is no part of a workspace`,
  'entry-too-large': ({ entry, limit }) => `"${entry}" is larger than ${limit}`,
  'entry-not-utf8': ({ entry }) => `"${entry}" is not UTF-8 text`,
  definition: ({ file, cause }) => `${file}: ${cause}`,
};

/** The end of "FILE cannot be imported: ...", as `texts` has it; by default in English. */
export const workspaceRefusalText = ({ id, facts }: WorkspaceRefusal, texts: WorkspaceRefusalTexts = ENGLISH): string => (texts[id] as (facts: WorkspaceRefusal['facts']) => string)(facts);

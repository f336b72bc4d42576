import type { Language } from '@/lib/answer/events.ts';
import { workspacesEnglish } from './workspaces-en.ts';
import { workspacesIndonesian } from './workspaces-id.ts';

/** Every text about workspaces. Numbers come in already written in the language. */
export interface WorkspacesTexts {
  readonly headline: readonly [before: string, word: string, after: string];
  readonly lead: string;
  readonly list: string;
  readonly chooser: string;
  readonly askAbout: (title: string) => string;
  readonly whose: { readonly shipped: string; readonly edited: string; readonly own: string };
  readonly inUse: string;
  readonly use: string;
  readonly useName: (title: string) => string;
  readonly counts: Record<'documents' | 'chunks' | 'examples' | 'questions', (count: string) => string> & { readonly adapter: string; readonly noAdapter: string };
  readonly rename: string;
  readonly renameLabel: string;
  readonly save: string;
  readonly cancel: string;
  readonly add: string;
  readonly addNow: (count: string) => string;
  readonly addTooLarge: (limit: string, name: string) => string;
  readonly exportFile: string;
  readonly documents: { readonly show: string; readonly remove: string; readonly question: (title: string) => string; readonly confirm: string };
  readonly remove: { readonly action: string; readonly question: (title: string) => string; readonly confirm: string };
  readonly reset: { readonly action: string; readonly question: (title: string) => string; readonly confirm: string };
  readonly make: {
    readonly title: string;
    readonly lead: string;
    readonly titleLabel: string;
    readonly nameLabel: string;
    readonly nameRule: string;
    readonly nameTaken: (name: string) => string;
    readonly language: string;
    readonly languages: Record<Language | 'mixed', string>;
    readonly documents: string;
    readonly chooseFiles: string;
    readonly chooseFolder: string;
    readonly drop: string;
    readonly formats: string;
    readonly chosen: (count: string, size: string) => string;
    readonly forget: string;
    readonly forgetOne: string;
    readonly examples: string;
    readonly examplesHint: string;
    readonly questions: string;
    readonly questionsHint: string;
    readonly none: string;
    readonly choose: string;
    readonly submit: string;
    readonly missing: string;
    readonly tooLarge: (limit: string) => string;
  };
  readonly take: { readonly title: string; readonly lead: string; readonly file: string; readonly name: string; readonly nameHint: string; readonly submit: string; readonly missing: string };
  readonly work: {
    readonly sending: string;
    readonly files: (done: string, total: string) => string;
    readonly chunks: (done: string, total: string) => string;
    readonly stop: string;
    readonly stopped: string;
    readonly made: (title: string, documents: string, chunks: string) => string;
    readonly added: (documents: string, chunks: string) => string;
    readonly skipped: (count: string) => string;
    readonly askNow: string;
  };
}

export const WORKSPACES_TEXTS: Record<Language, WorkspacesTexts> = { id: workspacesIndonesian, en: workspacesEnglish };

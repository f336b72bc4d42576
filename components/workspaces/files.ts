/** Files that a person chose or dropped, with their places below the folder they came from. */
import { DOCUMENT_ENDINGS, WORKSPACE_LIMITS } from '@/lib/messages/workspaces.ts';

export interface ChosenFile {
  readonly path: string;
  readonly file: File;
}

const isHidden = (path: string): boolean => path.split('/').some((name) => name.startsWith('.'));

/** As an input of files, or of a folder, gives them; the folder's own name is left out. */
export function fromInput(list: FileList | null): ChosenFile[] {
  return [...(list ?? [])].map((file) => ({ file, path: file.webkitRelativePath.split('/').slice(1).join('/') || file.name })).filter(({ path }) => !isHidden(path));
}

/** As they are dropped: files, and whole folders with what is below them. */
export async function fromDrop(items: DataTransferItemList): Promise<ChosenFile[]> {
  // The list is emptied once the event is over, so every entry is taken first.
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const only = entries.length === 1 && entries[0].isDirectory ? entries[0].name : null;
  const found = (await Promise.all(entries.map((entry) => below(entry, '')))).flat();
  return found.map(({ path, file }) => ({ file, path: only === null ? path : path.slice(only.length + 1) })).filter(({ path }) => !isHidden(path));
}

async function below(entry: FileSystemEntry, folder: string): Promise<ChosenFile[]> {
  const path = folder + entry.name;
  if (entry.isFile) return [{ path, file: await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)) }];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: FileSystemEntry[] = [];
  // A reader gives a hundred entries at a time, and none when it is done.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) break;
    found.push(...part);
  }
  return (await Promise.all(found.map((one) => below(one, `${path}/`)))).flat();
}

/** One file a path; what is chosen later replaces what was chosen before. */
export const joinFiles = (before: readonly ChosenFile[], more: readonly ChosenFile[]): ChosenFile[] => [...new Map([...before, ...more].map((chosen) => [chosen.path, chosen])).values()];

/** Whether files are together more than one upload takes. */
export const isTooLarge = (files: readonly (Pick<File, 'size'> | null)[]): boolean => files.reduce((sum, file) => sum + (file?.size ?? 0), 0) > WORKSPACE_LIMITS.uploadBytes;

export const ACCEPTED = DOCUMENT_ENDINGS.join(',');

/** A title as a name in addresses and commands; empty when nothing of it can be one. */
export const nameFrom = (title: string): string => title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 64);

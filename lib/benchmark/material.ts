/** Text to measure with: the demo workspace's own documents. */
import path from 'node:path';
import type { SourceDocument } from '../retrieve/types.ts';
import { modelsDirectory } from '../system/paths.ts';
import { readDocuments } from '../workspace/documents.ts';

export const WORKSPACE = 'pajak';
const workspaceFolder = (): string => path.join(modelsDirectory(), 'workspaces', WORKSPACE);

export const workspaceDocuments = async (): Promise<readonly SourceDocument[]> => (await readDocuments(path.join(workspaceFolder(), 'documents'))).documents;

/** All words of the documents in their order. */
export const wordsOf = (documents: readonly SourceDocument[]): string[] => documents.flatMap(({ text }) => text.split(/\s+/)).filter(Boolean);

/** `count` words from `start` on, from the beginning again after the end. */
export const wordsFrom = (words: readonly string[], start: number, count: number): string => Array.from({ length: count }, (_, at) => words[(start + at) % words.length]).join(' ');

/**
 * The most words from `start` on for which `measure` stays within `limit`.
 * @param measure size of a text; grows with the number of its words.
 */
export async function wordsThatMeasure(words: readonly string[], start: number, limit: number, measure: (text: string) => Promise<number>): Promise<string> {
  let [fits, tooMany] = [1, limit + 1];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if ((await measure(wordsFrom(words, start, middle))) <= limit) fits = middle;
    else tooMany = middle;
  }
  return wordsFrom(words, start, fits);
}

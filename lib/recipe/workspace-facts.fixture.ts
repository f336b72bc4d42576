/** What the reader must not be taught: the questions of the workspaces it is measured on, and the facts that answer them. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { plainQuestion } from '../finetune/dataset.ts';
import { modelsDirectory } from '../system/paths.ts';

const RUN = 5;

export interface WorkspaceFacts {
  /** As `plainQuestion` writes them. */
  readonly questions: ReadonlySet<string>;
  /** So many words in a row of an accepted answer, a figure among them. */
  readonly runs: ReadonlySet<string>;
}

/** Of every workspace that ships: phrasings, questions, and what changes of its facts ask and accept. */
export async function workspaceFacts(): Promise<WorkspaceFacts> {
  const folder = path.join(modelsDirectory(), 'workspaces');
  const [questions, runs] = [new Set<string>(), new Set<string>()];
  for (const workspace of await readdir(folder)) {
    for (const name of (await readdir(path.join(folder, workspace))).filter((file) => file.endsWith('.jsonl'))) {
      const lines = (await readFile(path.join(folder, workspace, name), 'utf8')).split('\n').filter(Boolean);
      for (const line of lines) collect(JSON.parse(line));
    }
  }
  return { questions, runs };

  /** Whatever the shape of an entry: by the names of its fields. */
  function collect(value: unknown, field = ''): void {
    if (typeof value === 'string') {
      if (field === 'question') questions.add(plainQuestion(value));
      if (['answer', 'answers', 'accept'].includes(field)) for (const run of runsOf(value)) runs.add(run);
    } else if (Array.isArray(value)) value.forEach((each) => collect(each, field));
    else if (value !== null && typeof value === 'object') for (const [name, each] of Object.entries(value)) collect(each, name);
  }
}

/** Every five words in a row of a text with a figure among them, without the punctuation around words. */
export function runsOf(text: string): string[] {
  const words = text.toLowerCase().split(/\s+/).map((word) => word.replace(/^[^\p{L}\d]+|[^\p{L}\d%]+$/gu, ''));
  return words.map((_, start) => words.slice(start, start + RUN)).filter((run) => run.length === RUN && run.some((word) => /\d/.test(word))).map((run) => run.join(' '));
}

/** Questions and answers to learn from and to be tested with: read, checked, tokenised. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Language } from '../answer/events.ts';
import { ragPrompt } from '../prompt/rag.ts';
import { detectLanguage } from '../question/language.ts';
import { BadInputError } from '../system/errors.ts';
import { readJsonLines } from '../workspace/json-lines.ts';
import type { TokenizedExample } from './batches.ts';

const text = z.string().refine((value) => value.trim() !== '', 'is blank');

/** One line of an examples file. */
export const exampleSchema = z.object({
  id: z.string().optional(),
  question: text,
  answer: text,
  /** Default: guessed from the question. */
  language: z.enum(['id', 'en']).optional(),
  /** Texts to read the answer from, as retrieval would bring them; none when the answer is to be remembered. */
  passages: z.array(text).default([]),
  split: z.enum(['train', 'held-out']).default('train'),
  /** Other answers that count as exactly right. */
  accept: z.array(text).default([]),
  /** Groups of alternatives: an answer that has one of every group says the same in other words. */
  required: z.array(z.array(text).min(1)).default([]),
});

export interface Example {
  readonly question: string;
  readonly answer: string;
  readonly language: Language;
  readonly passages?: readonly string[];
  readonly accept: readonly string[];
  readonly required: readonly (readonly string[])[];
}

export interface Dataset {
  readonly train: readonly Example[];
  readonly heldOut: readonly Example[];
  /** SHA-256 of what is trained on and tested with. */
  readonly hash: string;
}

type Row = Omit<Example, 'language'> & { readonly language?: Language; readonly split: 'train' | 'held-out' };

/** Reads an examples file; every line of `heldOutFile`, where given, is held out. BadInputError names file, line and reason. */
export async function readDataset(file: string, heldOutFile?: string): Promise<Dataset> {
  const rows: Row[] = await readJsonLines(file, exampleSchema);
  const heldOut: Row[] = heldOutFile ? await readJsonLines(heldOutFile, exampleSchema) : [];
  return makeDataset([...rows, ...heldOut.map((row) => ({ ...row, split: 'held-out' as const }))], file);
}

/**
 * Divides rows by their split. Throws BadInputError, naming `source`, when there is nothing to train on, when a trained
 * question comes twice with different answers, or when a held-out question is also trained: its score would mean nothing.
 */
export function makeDataset(rows: readonly Row[], source: string): Dataset {
  const of = (split: Row['split']): Example[] => rows.filter((row) => row.split === split).map(toExample);
  const [train, heldOut] = [of('train'), of('held-out')];
  if (train.length === 0) throw new BadInputError(`${source} holds no example to train on.`, { remedy: 'Add lines such as {"question":"...","answer":"..."}.' });
  const answers = new Map<string, string>();
  for (const example of train) {
    const { question, answer } = example;
    const known = answers.get(identity(example));
    if (known !== undefined) {
      const difference = known === answer ? 'stands twice' : `has two answers, "${known}" and "${answer}"`;
      throw new BadInputError(`${source}: the question "${question}" ${difference}.`, { remedy: 'Keep one of the lines.' });
    }
    answers.set(identity(example), answer);
  }
  for (const example of heldOut) {
    const { question } = example;
    if (answers.has(identity(example))) {
      throw new BadInputError(`${source}: the held-out question "${question}" is also trained on.`, { remedy: 'Word the held-out question differently, or take it out of the training examples.' });
    }
  }
  const hash = createHash('sha256').update(JSON.stringify({ train, heldOut })).digest('hex');
  return { train, heldOut, hash };
}

const toExample = ({ question, answer, language, passages, accept, required }: Row): Example =>
  ({ question: question.trim(), answer: answer.trim(), language: language ?? detectLanguage(question), ...(passages?.length && { passages }), accept, required });

/** The same question may be asked of different passages. */
const identity = ({ question, passages = [] }: Example): string => [plain(question), ...passages].join('\n');

/** Case, punctuation and spacing do not make a question another one. */
const plain = (question: string): string => question.normalize('NFC').toLowerCase().replace(/[\p{P}\p{S}]/gu, ' ').replace(/\s+/g, ' ').trim();

/** Text to token ids, nothing added at either end. */
export type Encode = (text: string) => readonly number[];

export interface SpecialTokens {
  readonly begin: number;
  readonly end: number;
}

/**
 * Beginning token, prompt, answer, end token. Prompt and answer are encoded apart, as generation sees them. BadInputError
 * names an example longer than `maximumTokens`.
 */
export function tokenizeExamples(examples: readonly Example[], encode: Encode, special: SpecialTokens, maximumTokens: number): TokenizedExample[] {
  return examples.map(({ question, answer, language, passages = [] }) => {
    const prompt = [special.begin, ...encode(ragPrompt(question, passages.map((text) => ({ documentTitle: '', text })), language))];
    const tokens = [...prompt, ...encode(` ${answer}`), special.end];
    if (tokens.length > maximumTokens) {
      throw new BadInputError(`The example "${question}" is ${tokens.length} tokens long; ${maximumTokens} fit.`, { remedy: 'Shorten its answer, or split it into several examples.' });
    }
    return { tokens, promptLength: prompt.length };
  });
}

/** Questions and answers to learn from and to be tested with: read, checked, tokenised. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Language } from '../answer/events.ts';
import { oneLine } from '../prompt/fine-tuned.ts';
import { ragContext, ragPrompt, type PromptPassage } from '../prompt/rag.ts';
import type { TooLongReport } from '../messages/training.ts';
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
  /** What to read the answer from, as retrieval would bring it: texts, or texts with titles; none when the answer is to be remembered. */
  passages: z.array(z.union([text.transform((plain) => ({ documentTitle: '', text: plain })), z.object({ documentTitle: z.string(), text })])).default([]),
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
  readonly passages?: readonly PromptPassage[];
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
      throw new BadInputError(`${source}: the question "${question}" ${difference}.`, { remedy: 'Keep one of the lines.', detail: { id: 'question-twice', facts: { question, ...(known !== answer && { otherAnswer: known }) } } });
    }
    answers.set(identity(example), answer);
  }
  for (const example of heldOut) {
    const { question } = example;
    if (answers.has(identity(example))) {
      throw new BadInputError(`${source}: the held-out question "${question}" is also trained on.`, {
        remedy: 'Word the held-out question differently, or take it out of the training examples.',
        detail: { id: 'question-held-out-and-trained', facts: { question } },
      });
    }
  }
  const hash = createHash('sha256').update(JSON.stringify({ train, heldOut })).digest('hex');
  return { train, heldOut, hash };
}

const toExample = ({ question, answer, language, passages, accept, required }: Row): Example =>
  ({ question: question.trim(), answer: answerLine(answer.trim()), language: language ?? detectLanguage(question), ...(passages?.length && { passages }), accept: accept.map(answerLine), required });

/** Answering ends at the first line break, so what is learned and compared has none. An answer without one stays as it is, to the byte. */
const answerLine = (answer: string): string => (/[\n\v\f\r\u0085\u2028\u2029]/.test(answer) ? oneLine(answer) : answer);

/** The same question may be asked of different passages. */
export const identity = ({ question, passages = [] }: Pick<Example, 'question' | 'passages'>): string => [plainQuestion(question), ...passages.map(({ text }) => text)].join('\n');

/** Signs beside a figure or letter mean something: `> 500`, `5 %`, `C++`. Before a letter only those that touch it: `# Apa` is a heading. Other signs, and punctuation, do not. */
const SIGNS = /((?<=[\p{L}\p{N}]\s*)[<>≤≥=+%#]+|[<>≤≥=+%#]+(?=\p{L}|\s*\p{N}))|[\p{P}\p{S}]/gu;

/** Case, punctuation and spacing do not make a question another one. */
export const plainQuestion = (question: string): string => question.normalize('NFC').toLowerCase().replace(SIGNS, (_, meaning = '') => ` ${meaning} `).replace(/\s+/g, ' ').trim();

/** Text to token ids, nothing added at either end. */
export type Encode = (text: string) => readonly number[];

export interface SpecialTokens {
  readonly begin: number;
  readonly end: number;
}

/** What becomes of an example longer than the context. */
export type TooLong = 'refuse' | 'cut' | 'skip';

export interface TokenizedDataset {
  readonly train: readonly TokenizedExample[];
  readonly heldOut: readonly TokenizedExample[];
  /** `null` when everything fits. */
  readonly tooLong: TooLongReport | null;
}

/** How many questions are named. */
const NAMED = 20;

/**
 * Beginning token, prompt, answer, end token. Prompt and answer are encoded apart, as generation sees them. Of an example
 * longer than `maximumTokens` the end of the answer is cut, or it is left out; with `refuse`, and where not even the prompt
 * fits, a BadInputError names it and counts them all.
 */
export function tokenizeDataset({ train, heldOut }: Pick<Dataset, 'train' | 'heldOut'>, encode: Encode, special: SpecialTokens, maximumTokens: number, treatment: TooLong): TokenizedDataset {
  const long: { readonly question: string; readonly length: number; readonly promptLength: number }[] = [];
  const tokenize = (examples: readonly Example[]): TokenizedExample[] =>
    examples.flatMap((example) => {
      const tokenized = tokenizeExample(example, encode, special);
      const { tokens, promptLength } = tokenized;
      if (tokens.length <= maximumTokens) return [tokenized];
      long.push({ question: example.question, length: tokens.length, promptLength });
      return treatment === 'cut' ? [{ ...tokenized, tokens: tokens.slice(0, maximumTokens) }] : [];
    });
  const tokenized = { train: tokenize(train), heldOut: tokenize(heldOut) };
  if (long.length === 0) return { ...tokenized, tooLong: null };
  const hopeless = treatment === 'cut' ? long.filter(({ promptLength }) => promptLength >= maximumTokens) : treatment === 'refuse' ? long : [];
  if (hopeless.length > 0) throw refusal(hopeless, maximumTokens, treatment === 'cut' ? 'have a prompt' : 'are');
  if (tokenized.train.length === 0) throw new BadInputError(`Every example is longer than the ${maximumTokens} tokens that fit.`, { remedy: 'Shorten them, or let more tokens fit.' });
  return { ...tokenized, tooLong: { treatment: treatment === 'cut' ? 'cut' : 'skip', count: long.length, questions: long.slice(0, NAMED).map(({ question }) => question) } };
}

function tokenizeExample({ question, answer, language, passages = [] }: Example, encode: Encode, special: SpecialTokens): TokenizedExample {
  const prompt = [special.begin, ...encode(ragPrompt(question, passages, language))];
  const tokens = [...prompt, ...encode(` ${answer}`), special.end];
  if (passages.length === 0) return { tokens, promptLength: prompt.length };
  // Tokens may reach over the end of the passages into the question: those are not the same for every question.
  const context = [special.begin, ...encode(ragContext(passages, language))];
  const differs = context.findIndex((token, place) => token !== prompt[place]);
  return { tokens, promptLength: prompt.length, contextLength: differs < 0 ? context.length : differs };
}

function refusal(long: readonly { readonly question: string; readonly length: number }[], maximumTokens: number, are: string): BadInputError {
  const names = long.slice(0, NAMED).map(({ question, length }) => `"${question}" (${length} tokens)`).join(', ');
  return new BadInputError(`${long.length} ${long.length === 1 ? 'example' : 'examples'} ${long.length === 1 ? are.replace('are', 'is').replace('have', 'has') : are} longer than the ${maximumTokens} tokens that fit: ${names}${long.length > NAMED ? ' and others' : ''}.`, {
    remedy: 'Shorten them, split them, or choose that longer ones are cut or skipped.',
  });
}

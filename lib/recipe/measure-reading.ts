/**
 * How well a model reads: SQuAD F1 and exact match with the right passage given, in the prompt the product uses.
 * `npx tsx lib/recipe/measure-reading.ts --data tydiqa_id.valid.json [--model FOLDER] [--adapter reader] [--limit N] [--language id]`;
 * compare two precisions by running it on two folders. The last line is JSON.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Language } from '../answer/events.ts';
import { exactMatch, tokenF1 } from '../evaluate/score.ts';
import { readAdapter } from '../generate/adapters.ts';
import type { LanguageModel } from '../generate/model.ts';
import { openLanguageModel } from '../generate/open-model.ts';
import { packAdapter } from '../generate/pack-adapter.ts';
import { greedy } from '../generate/sampler.ts';
import { ragPrompt } from '../prompt/rag.ts';
import { modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL, loadTokenizer, type Tokenizer } from '../tokenizer/tokenizer.ts';

/** SQuAD's file format, as TyDi QA GoldP and XQuAD come: paragraphs with their questions, at the top or by article. */
const paragraph = z.object({ context: z.string(), qas: z.array(z.object({ question: z.string(), answers: z.array(z.object({ text: z.string() })).min(1) })) });
const articles = z.object({ data: z.array(z.object({ paragraphs: z.array(paragraph) })) });
const dataset = z.union([z.array(paragraph), articles.transform(({ data }) => data.flatMap((article) => article.paragraphs))]);

const MAX_NEW_TOKENS = 32;
const CHUNK = 128;

async function read(model: LanguageModel, tokenizer: Tokenizer, adapter: string | null, prompt: string): Promise<string | null> {
  const tokens = [model.configuration.beginToken, ...tokenizer.encode(prompt)];
  if (tokens.length + MAX_NEW_TOKENS > model.contextLength) return null;
  const row = model.openRow(adapter, 1);
  let logits = new Float32Array();
  for (let start = 0; start < tokens.length; start += CHUNK) logits = new Float32Array(await model.extend(row, tokens.slice(start, start + CHUNK)));
  const written: number[] = [];
  while (written.length < MAX_NEW_TOKENS) {
    const token = greedy(logits);
    if (model.configuration.endTokens.includes(token)) break;
    written.push(token);
    if (tokenizer.decode([token]).includes('\n')) break;
    logits = new Float32Array((await model.step([row], [token]))[0]);
  }
  model.closeRow(row);
  return tokenizer.decode(written).split('\n')[0].trim();
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { model: { type: 'string' }, data: { type: 'string' }, adapter: { type: 'string' }, limit: { type: 'string' }, language: { type: 'string', default: 'id' } } });
  if (!values.data) throw new Error('Name the questions with --data FILE (SQuAD format).');
  const folder = values.model ?? path.join(modelsDirectory(), LANGUAGE_MODEL);
  const questions = dataset.parse(JSON.parse(await readFile(values.data, 'utf8')))
    .flatMap(({ context, qas }) => qas.map(({ question, answers }) => ({ context, question, answers: answers.map((answer) => answer.text) })));
  const every = Math.max(1, Math.floor(questions.length / Number(values.limit ?? questions.length)));
  const chosen = questions.filter((_, index) => index % every === 0);

  const [model, tokenizer] = await Promise.all([openLanguageModel(folder), loadTokenizer()]);
  if (values.adapter) model.loadAdapter(values.adapter, packAdapter(await readAdapter(values.adapter), model.configuration));
  let [f1, exact, n, tooLong] = [0, 0, 0, 0];
  for (const { context, question, answers } of chosen) {
    const answer = await read(model, tokenizer, values.adapter ?? null, ragPrompt(question, [{ documentTitle: '', text: context }], values.language as Language));
    if (answer === null) {
      tooLong += 1;
      continue;
    }
    n += 1;
    f1 += tokenF1(answer, answers);
    exact += Number(exactMatch(answer, answers));
    process.stderr.write(`\r${n}/${chosen.length}  F1 ${((100 * f1) / n).toFixed(2)}`);
  }
  process.stderr.write('\n');
  await model.release();
  console.log(JSON.stringify({ model: path.basename(folder), adapter: values.adapter ?? null, data: path.basename(values.data), n, tooLong, f1: (100 * f1) / n, exactMatch: (100 * exact) / n }));
}

await main();

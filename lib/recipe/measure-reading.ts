/**
 * How well a model reads: given the passage, in the prompt the product uses, decoded greedily. Token F1 and exact match, of the
 * answerable questions and, as SQuAD 2.0 has it, of all; refusals where the file marks unanswerable questions (`is_impossible`),
 * figures found in the passage cited, right citations (they say something with --others only).
 * `npx tsx lib/recipe/measure-reading.ts --data tydiqa_id.valid.json [--language id] [--others 0] [--limit N] [--adapter reader] [--model FOLDER] [--output FILE.json] [--answers FILE.jsonl]`;
 * --others puts so many misleading paragraphs beside the right one; --adapter none measures the base model; one adapter is merged into the weights, as the page
 * has the reader; several, the lowest first, joined by commas, and all with --model, whose weights may be others, are added per token. The last line is JSON. --output takes it with the scores of every question but no text, which
 * belongs to others; --answers takes questions, answers and passages, for reading them.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Language } from '../answer/events.ts';
import { readAdapter } from '../generate/adapters.ts';
import type { LanguageModel } from '../generate/model.ts';
import { openLanguageModel, openMergedModel } from '../generate/open-model.ts';
import { packAdapter } from '../generate/pack-adapter.ts';
import type { RowAdapter } from '../generate/step-model.ts';
import { ragPrompt } from '../prompt/rag.ts';
import { modelsDirectory } from '../system/paths.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { LANGUAGE_MODEL, loadTokenizer } from '../tokenizer/tokenizer.ts';
import { formatJsonLines } from '../workspace/json-lines.ts';
import { readAnswers } from './read-answers.ts';
import { evenly, readingQuestions } from './reading-questions.ts';
import { scoreReading, scoreRow, type ReadAnswer } from './reading-scores.ts';

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { model: text, data: text, adapter: { ...text, default: 'reader' }, limit: text, others: { ...text, default: '0' }, language: { ...text, default: 'id' }, output: text, answers: text } });
  if (!values.data) throw new Error('Name the questions with --data FILE (SQuAD format).');
  const folder = values.model ?? path.join(modelsDirectory(), LANGUAGE_MODEL);
  const data = await readFile(values.data, 'utf8');
  const all = readingQuestions(JSON.parse(data), values.language as Language, Number(values.others));
  const chosen = evenly(all, Number(values.limit ?? all.length));

  const names = values.adapter === 'none' ? [] : values.adapter.split(',');
  const { model, adapters } = await openWith(folder, names, values.model === undefined);
  const tokenizer = await loadTokenizer();
  const prompts = chosen.map(({ question, passages, language }) => ragPrompt(question, passages, language));
  const answers: ReadAnswer[] = [];
  let asked = 0;
  const started = performance.now();
  for await (const batch of readAnswers(model, tokenizer, adapters, prompts)) {
    batch.forEach((written, index) => {
      if (written !== null) answers.push({ ...chosen[asked + index], written });
    });
    asked += batch.length;
    process.stderr.write(`\r${asked}/${chosen.length}  F1 ${scoreReading(answers).f1?.toFixed(2) ?? '-'}`);
  }
  process.stderr.write('\n');
  await model.release();
  const result = {
    model: path.basename(folder), adapters: names, data: path.basename(values.data), dataHash: createHash('sha256').update(data).digest('hex'), of: all.length,
    others: Number(values.others), tooLong: chosen.length - answers.length, seconds: Math.round((performance.now() - started) / 1000), ...scoreReading(answers),
  };
  if (values.output) {
    await writeFileAtomically(values.output, `${JSON.stringify({ ...result, rows: answers.map(scoreRow) })}\n`);
  }
  if (values.answers) {
    await writeFileAtomically(values.answers, formatJsonLines(answers.map(({ question, answers: accepted, right, written, passages }) => ({ question, accepted, right, written, passages }))));
  }
  console.log(JSON.stringify(result));
}

/** The model, and what must be added to it per token. */
async function openWith(folder: string, names: readonly string[], merged: boolean): Promise<{ model: LanguageModel; adapters: RowAdapter[] }> {
  const adapters = await Promise.all(names.map(readAdapter));
  if (merged && adapters.length === 1) return { model: await openMergedModel(folder, adapters[0]), adapters: [] };
  const model = await openLanguageModel(folder);
  adapters.forEach((adapter, index) => model.loadAdapter(names[index], packAdapter(adapter, model.configuration)));
  return { model, adapters: names.map((key) => ({ key, scale: 1 })) };
}

await main();

/** Has a freshly trained adapter answer questions it was not trained on, and scores the answers. */
import path from 'node:path';
import { isRefusal } from '../evaluate/refusal.ts';
import { equivalent, exactMatch } from '../evaluate/score.ts';
import type { Example } from '../finetune/dataset.ts';
import type { AnswerHeldOut, TrainedAdapter } from '../finetune/fine-tune.ts';
import type { LanguageModel } from '../generate/model.ts';
import { openLanguageModel } from '../generate/open-model.ts';
import { packAdapter } from '../generate/pack-adapter.ts';
import { greedy } from '../generate/sampler.ts';
import type { RowAdapter } from '../generate/step-model.ts';
import { STOP } from '../prompt/fine-tuned.ts';
import { ragPrompt } from '../prompt/rag.ts';
import { modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL, loadTokenizer, type Tokenizer } from '../tokenizer/tokenizer.ts';

const BATCH = 16;
const MAXIMUM_NEW_TOKENS = 96;

/** Answers come from the 8-bit model that the page asks, not from the weights of the training. */
export const answerHeldOut: AnswerHeldOut = async function* (adapter, questions, signal) {
  const model = await openLanguageModel(path.join(modelsDirectory(), LANGUAGE_MODEL));
  try {
    return yield* scoreHeldOut(model, await loadTokenizer(), adapter, questions, signal);
  } finally {
    await model.release();
  }
};

async function* scoreHeldOut(model: LanguageModel, tokenizer: Tokenizer, adapter: TrainedAdapter, questions: readonly Example[], signal?: AbortSignal): ReturnType<AnswerHeldOut> {
  model.loadAdapter('trained', packAdapter(adapter, model.configuration));
  if (adapter.beneath) model.loadAdapter('beneath', packAdapter(adapter.beneath, model.configuration));
  const stack = [...(adapter.beneath ? ['beneath'] : []), 'trained'].map((key) => ({ key, scale: 1 }));
  let exact = 0;
  let same = 0;
  let decidable = 0;
  // Answers of like length end together, and none of a batch waits long for the others.
  const order = questions.toSorted((one, other) => one.answer.length - other.answer.length);
  for (let start = 0; start < order.length; start += BATCH) {
    if (signal?.aborted) return null;
    const batch = order.slice(start, start + BATCH);
    const answers = await answerGreedily(model, tokenizer, stack, batch.map(({ question, passages = [], language }) => ragPrompt(question, passages, language)));
    batch.forEach(({ question, answer, accept, required }, index) => {
      const accepted = [answer, ...accept];
      const isExact = exactMatch(answers[index], accepted);
      const said = equivalent(answers[index], { question, accepted, required });
      // A refusal says nothing, though its "not" may be all that is required.
      const says = said === null ? null : said && !isRefusal(answers[index]);
      if (isExact) exact += 1;
      if (says !== null) decidable += 1;
      if (says !== null && (says || isExact)) same += 1;
    });
    yield start + batch.length;
  }
  return { exactMatch: exact / questions.length, equivalent: decidable > 0 ? same / decidable : null };
}

/** The likeliest continuation of each prompt, all decoded together, with a stack of adapters. */
async function answerGreedily(model: LanguageModel, tokenizer: Tokenizer, stack: readonly RowAdapter[], prompts: readonly string[]): Promise<string[]> {
  const { beginToken, endTokens } = model.configuration;
  const answers = await Promise.all(prompts.map(async () => ({ row: model.openRow(stack), tokens: [] as number[] })));
  const finished = ({ tokens }: { tokens: number[] }): boolean =>
    endTokens.includes(tokens.at(-1)!) || tokens.length >= MAXIMUM_NEW_TOKENS || STOP.some((stop) => tokenizer.decode(tokens.slice(-1)).includes(stop));
  for (const [index, { row, tokens }] of answers.entries()) tokens.push(greedy(await model.extend(row, [beginToken, ...tokenizer.encode(prompts[index])])));
  for (let going = answers.filter((answer) => !finished(answer)); going.length > 0; going = going.filter((answer) => !finished(answer))) {
    const logits = await model.step(going.map(({ row }) => row), going.map(({ tokens }) => tokens.at(-1)!));
    going.forEach(({ tokens }, index) => tokens.push(greedy(logits[index])));
  }
  for (const { row } of answers) model.closeRow(row);
  return answers.map(({ tokens }) => tokenizer.decode(tokens).split('\n')[0].trim());
}

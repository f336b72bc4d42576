/** Has a freshly trained adapter answer questions it was not trained on, and scores the answers. */
import { equivalent, exactMatch } from '../evaluate/score.ts';
import type { HeldOutResult } from '../finetune/adapter-folder.ts';
import type { Example } from '../finetune/dataset.ts';
import type { TrainedAdapter } from '../finetune/fine-tune.ts';
import type { LanguageModel } from '../generate/model.ts';
import { packAdapter } from '../generate/pack-adapter.ts';
import { greedy } from '../generate/sampler.ts';
import { fineTunedPrompt, STOP } from '../prompt/fine-tuned.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';

const BATCH = 8;
const MAXIMUM_NEW_TOKENS = 96;

export async function scoreHeldOut(model: LanguageModel, tokenizer: Tokenizer, adapter: TrainedAdapter, questions: readonly Example[]): Promise<Pick<HeldOutResult, 'exactMatch' | 'equivalent'>> {
  model.loadAdapter('trained', packAdapter(adapter, model.configuration));
  let exact = 0;
  let same = 0;
  let decidable = 0;
  for (let start = 0; start < questions.length; start += BATCH) {
    const batch = questions.slice(start, start + BATCH);
    const answers = await answerGreedily(model, tokenizer, batch.map(({ question, language }) => fineTunedPrompt(question, language)));
    batch.forEach(({ question, answer, accept, required }, index) => {
      const accepted = [answer, ...accept];
      const isExact = exactMatch(answers[index], accepted);
      const says = equivalent(answers[index], { question, accepted, required });
      if (isExact) exact += 1;
      if (says !== null) decidable += 1;
      if (says !== null && (says || isExact)) same += 1;
    });
  }
  return { exactMatch: exact / questions.length, equivalent: decidable > 0 ? same / decidable : null };
}

/** The likeliest continuation of each prompt, all decoded together, with the adapter called `trained`. */
async function answerGreedily(model: LanguageModel, tokenizer: Tokenizer, prompts: readonly string[]): Promise<string[]> {
  const { beginToken, endTokens } = model.configuration;
  const answers = await Promise.all(prompts.map(async () => ({ row: model.openRow('trained', 1), tokens: [] as number[] })));
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

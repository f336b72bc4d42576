/** Has the model answer many prompts greedily, several rows decoded together. */
import type { LanguageModel } from '../generate/model.ts';
import { DEFAULT_SETTINGS } from '../generate/scheduler.ts';
import { greedy } from '../generate/sampler.ts';
import type { RowAdapter } from '../generate/step-model.ts';
import { STOP } from '../prompt/fine-tuned.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';

const BATCH = 8;
const MAXIMUM_NEW_TOKENS = 64;
/** Prompt tokens read at once, as the page's scheduler does: rounding to 8 bits makes an answer here and there depend on it. */
const CHUNK = DEFAULT_SETTINGS.chunkTokens;

/** Answers in the order of the prompts, batch by batch; `null` for a prompt that does not fit the model's context. */
export async function* readAnswers(model: LanguageModel, tokenizer: Tokenizer, adapters: readonly RowAdapter[], prompts: readonly string[]): AsyncGenerator<(string | null)[]> {
  for (let start = 0; start < prompts.length; start += BATCH) yield answerTogether(model, tokenizer, adapters, prompts.slice(start, start + BATCH));
}

async function answerTogether(model: LanguageModel, tokenizer: Tokenizer, adapters: readonly RowAdapter[], prompts: readonly string[]): Promise<(string | null)[]> {
  const { beginToken, endTokens } = model.configuration;
  const answers = prompts.map((prompt) => ({ prompt: [beginToken, ...tokenizer.encode(prompt)], row: model.openRow(adapters), tokens: [] as number[] }));
  const reading = answers.filter(({ prompt }) => prompt.length + MAXIMUM_NEW_TOKENS <= model.contextLength);
  const finished = ({ tokens }: { tokens: number[] }): boolean =>
    endTokens.includes(tokens.at(-1)!) || tokens.length >= MAXIMUM_NEW_TOKENS || STOP.some((stop) => tokenizer.decode(tokens.slice(-1)).includes(stop));
  for (const { prompt, row, tokens } of reading) {
    // Questions of the same passage follow each other: it is read once for them.
    for (let place = await model.resume(row, prompt, CHUNK); place < prompt.length; place += CHUNK) {
      const logits = await model.extend(row, prompt.slice(place, place + CHUNK));
      if (place + CHUNK >= prompt.length) tokens.push(greedy(logits));
    }
    model.keepPrompt(row);
  }
  for (let going = reading.filter((answer) => !finished(answer)); going.length > 0; going = going.filter((answer) => !finished(answer))) {
    const logits = await model.step(going.map(({ row }) => row), going.map(({ tokens }) => tokens.at(-1)!));
    going.forEach(({ tokens }, index) => tokens.push(greedy(logits[index])));
  }
  for (const { row } of answers) model.closeRow(row);
  return answers.map(({ tokens }) => (tokens.length === 0 ? null : tokenizer.decode(tokens.filter((token) => !endTokens.includes(token))).split(STOP[0])[0].trim()));
}

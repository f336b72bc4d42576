/** `npm run ask`: one question to several arms at once, in the terminal or as JSON. */
import type { AnswerOptions, Approach, Question } from '../answer/approach.ts';
import type { ApproachId } from '../answer/events.ts';
import { collect, NOTHING_YET, type CollectedAnswer } from '../answer/collect.ts';
import { STRENGTH_LIMIT } from '../question/limit.ts';
import { answerLines, LiveLines, type ArmView } from './answer-view.ts';
import { readArguments, readArms, readNumber, runCommand, UsageError } from './arguments.ts';

const USAGE = `Usage: npm run ask -- "QUESTION" [options]
  --arms A,B         who answers: rag, fine-tuned, base, rag-fine-tuned (default rag,fine-tuned)
  --workspace NAME   whose documents and adapter (default pajak)
  --adapter NAME     adapter of the taught arms, or a checkpoint RUN@STEP (default the workspace's)
  --strength S       how strongly it acts: 0 to ${STRENGTH_LIMIT} (default 1)
  --temperature T    0 to 2; 0 always takes the likeliest token (default 0)
  --seed N           for a temperature above 0 (default 0)
  --max-tokens N     longest answer (default 96)
  --json             one JSON object: per arm answer, passages, timings, hashes`;

const REDRAW_MS = 50;
const PLAIN_WIDTH = 100;

interface AskArguments {
  readonly question: Question;
  readonly options: AnswerOptions;
  readonly arms: readonly ApproachId[];
  readonly json: boolean;
}

await runCommand(USAGE, async (signal) => {
  const { question, options, arms, json } = await readAskArguments();
  const { approach } = await import('../approaches/index.ts');
  const { generationEngine } = await import('../generate/engine.ts');
  try {
    const approaches = arms.map((id) => approach(id));
    const answering = json ? collectAll(approaches, question, options, signal) : showAll(approaches, question, options, signal);
    // Whoever presses Ctrl-C does not wait for a model that is still loading.
    const answers = await Promise.race([answering, rejectWhenAborted(signal)]);
    if (json) console.log(JSON.stringify(toJson(question, options, approaches, answers)));
    return answers.some(({ problem }) => problem !== null) ? 1 : 0;
  } finally {
    if (!signal.aborted) await generationEngine().close();
  }
});

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

async function readAskArguments(): Promise<AskArguments> {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: {
      arms: { type: 'string', default: 'rag,fine-tuned' },
      workspace: { type: 'string' },
      adapter: { type: 'string' },
      strength: { type: 'string' },
      temperature: { type: 'string' },
      seed: { type: 'string' },
      'max-tokens': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (positionals.length !== 1) throw new UsageError(positionals.length === 0 ? 'There is no question.' : 'There is more than one question: put it between quotation marks.');
  const arms = readArms(values.arms);
  const strength = readNumber('strength', values.strength, { most: STRENGTH_LIMIT });
  const temperature = readNumber('temperature', values.temperature, { most: 2 });
  const seed = readNumber('seed', values.seed, { most: 0xffffffff, whole: true });
  const maxNewTokens = readNumber('max-tokens', values['max-tokens'], { least: 1, most: 1024, whole: true });
  const { parseQuestion } = await import('../question/question.ts');
  try {
    const { question, options } = parseQuestion({ question: positionals[0], temperature, seed, workspace: values.workspace, adapter: values.adapter, strength });
    return { question, arms, json: values.json, options: { ...options, maxNewTokens } };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

type Tell = (arm: number, collected: CollectedAnswer) => void;

function collectAll(approaches: readonly Approach[], question: Question, options: AnswerOptions, signal: AbortSignal, tell: Tell = () => {}): Promise<CollectedAnswer[]> {
  return Promise.all(approaches.map((approach, arm) => collect(approach.answer(question, options, signal), (collected) => tell(arm, collected))));
}

/** In a terminal the answers grow side by side in time, one below the other in place; elsewhere they come whole. */
async function showAll(approaches: readonly Approach[], question: Question, options: AnswerOptions, signal: AbortSignal): Promise<CollectedAnswer[]> {
  const { stdout } = process;
  const state = approaches.map(() => NOTHING_YET);
  const view = (): ArmView[] => approaches.map(({ label }, arm) => ({ label: label[question.language], collected: state[arm] }));
  const live = stdout.isTTY ? new LiveLines(stdout) : null;
  const width = () => (stdout.isTTY ? stdout.columns : PLAIN_WIDTH);
  let drawnAt = -Infinity;
  const answers = await collectAll(approaches, question, options, signal, (arm, collected) => {
    state[arm] = collected;
    if (!live || performance.now() - drawnAt < REDRAW_MS) return;
    live.draw(answerLines(view(), width()));
    drawnAt = performance.now();
  });
  const lines = answerLines(view(), width());
  if (live) live.finish(lines);
  else console.log(lines.join('\n'));
  return answers;
}

function toJson(question: Question, options: AnswerOptions, approaches: readonly Approach[], answers: readonly CollectedAnswer[]): object {
  return { question, options, arms: Object.fromEntries(approaches.map(({ id }, arm) => [id, answers[arm]])) };
}

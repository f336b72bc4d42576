/**
 * What asking costs while a training runs: `npx tsx lib/training/measure-asking-cost.ts`. A real training of the demo's facts
 * is halted and let go in turn, and each question is asked of both panes at once in either state, so that whatever else the
 * machine does weighs on both alike. Writes asking-cost.json beside this file.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { approach, DEFAULT_WORKSPACE } from '../approaches/index.ts';
import { generationEngine } from '../generate/engine.ts';
import type { AskingCost } from '../messages/training.ts';
import { lockHolder } from '../system/file-lock.ts';
import { writeFileAtomically } from '../system/write-file.ts';
import { TrainingManager } from './manager.ts';
import { trainingProcesses } from './process.ts';
import { readExamples } from './examples.ts';
import { trainingDirectory } from './run-folder.ts';
import { startRun } from './start-run.ts';

const QUESTIONS = 12;
/** A step under way ends, and the other state is reached. */
const SETTLING_MS = 500;

interface Asked {
  readonly answerMs: number;
  readonly firstTokenMs: number;
}

/** Both panes at once: until both have ended, and until the taught one begins. */
async function ask(text: string, id: string): Promise<Asked> {
  const began = performance.now();
  const question = { id, text, language: 'id' } as const;
  let firstTokenMs = 0;
  await Promise.all(
    (['rag', 'fine-tuned'] as const).map(async (arm) => {
      for await (const event of approach(arm).answer(question, {}, new AbortController().signal)) {
        if (event.type === 'answer-error') throw new Error(event.problem.message);
        if (event.type === 'answer-end' && arm === 'fine-tuned') firstTokenMs = event.timings.timeToFirstTokenMs ?? 0;
      }
    }),
  );
  return { answerMs: performance.now() - began, firstTokenMs };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const halt = (pid: number, stop: boolean): void => void spawnSync('kill', [stop ? '-STOP' : '-CONT', String(pid)]);

const folder = await mkdtemp(path.join(os.tmpdir(), 'asking-cost-'));
process.env.DATA_DIRECTORY = folder;
const manager = new TrainingManager({ start: trainingProcesses('lib/cli/training-process.ts') });
const engine = generationEngine();
try {
  await engine.preload();
  const examples = (await readExamples(DEFAULT_WORKSPACE)).filter(({ split, language }) => split === 'held-out' && language === 'id');
  const questions = Array.from({ length: QUESTIONS }, (_, index) => examples[Math.floor((index * examples.length) / QUESTIONS)].question);
  const { id } = await startRun(manager, { name: 'cost', workspace: DEFAULT_WORKSPACE });
  while ((await manager.detail(id)).progress.step < 3) await sleep(500);
  const { pid } = (await lockHolder(path.join(trainingDirectory(), 'training.lock')))!;

  const rounds: { readonly alone: Asked; readonly during: Asked }[] = [];
  for (const [index, question] of questions.entries()) {
    // Once before, so that what is kept from an earlier prompt helps both states alike.
    await ask(question, `warm-${index}`);
    const measure = async (stop: boolean): Promise<Asked> => {
      halt(pid, stop);
      await sleep(SETTLING_MS);
      return ask(question, `${index}-${stop}`);
    };
    const [first, second] = index % 2 === 0 ? [true, false] : [false, true];
    const [one, other] = [await measure(first), await measure(second)];
    halt(pid, false);
    rounds.push(first ? { alone: one, during: other } : { alone: other, during: one });
    console.error(question, rounds.at(-1));
  }
  const of = (state: 'alone' | 'during', figure: keyof Asked): number => Math.round(median(rounds.map((round) => round[state][figure])));
  const [processor] = os.cpus();
  const cost: AskingCost = {
    answerMsAlone: of('alone', 'answerMs'),
    answerMsDuringTraining: of('during', 'answerMs'),
    firstTokenMsAlone: of('alone', 'firstTokenMs'),
    firstTokenMsDuringTraining: of('during', 'firstTokenMs'),
    questions: QUESTIONS,
    machine: `${os.cpus().length} cores, ${processor?.model.replace(/\s+/g, ' ').trim() ?? 'unknown'}, ${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    measuredAt: new Date().toISOString(),
    command: 'npx tsx lib/training/measure-asking-cost.ts',
  };
  await writeFileAtomically(path.join(import.meta.dirname, 'asking-cost.json'), `${JSON.stringify({ ...cost, rounds }, null, 2)}\n`);
  console.log(JSON.stringify(cost));
} finally {
  await manager.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

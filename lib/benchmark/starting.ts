/** From the command a person types to the first words of both answers. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { decodeAnswer } from '../stream/decode.ts';
import { projectRoot } from '../system/paths.ts';
import type { OpenBenchmark, Reading } from './types.ts';

const QUESTION = 'Apa perbedaan PPN dan PPh?';
const ADDRESS = /Dua Jawaban is at (http:\S+)/;

/** The warm-up round installs and builds what is missing, so that the others start what is there. */
export async function openStarting(): Promise<OpenBenchmark> {
  const run = async (_round: number, signal: AbortSignal): Promise<Reading[]> => {
    const started = performance.now();
    const server = spawn(process.execPath, ['lib/cli/start.mjs'], { cwd: projectRoot(), stdio: ['ignore', 'pipe', 'inherit'] });
    const stop = () => server.kill('SIGTERM');
    signal.addEventListener('abort', stop);
    try {
      const address = await addressOf(server);
      const addressAt = seconds(started);
      await Promise.all(['rag', 'fine-tuned'].map((arm) => firstWords(`${address}/api/${arm}`, signal)));
      return [
        { figure: 'page answers', unit: 's', value: addressAt },
        { figure: 'first words of both answers', unit: 's', value: seconds(started), goal: { atMost: 10 } },
      ];
    } finally {
      signal.removeEventListener('abort', stop);
      const ended = once(server, 'exit');
      if (server.exitCode === null && stop()) await ended;
    }
  };
  return { variants: [{ name: 'npm start', run }], close: async () => {} };
}

/** The address that the server prints once it answers. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    server.stdout!.setEncoding('utf8').on('data', (text) => {
      output += text;
      const address = ADDRESS.exec(output)?.[1];
      if (address) resolve(address);
    });
    server.on('exit', () => reject(new Error(`The server ended before it served:\n${output}`)));
  });
}

/** Resolves at the first words of an answer, and leaves it there. */
async function firstWords(route: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(route, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ question: QUESTION }), signal });
  if (!response.ok || !response.body) throw new Error(`${route} answered ${response.status}.`);
  for await (const event of decodeAnswer(response.body)) {
    if (event.type === 'text-delta') return;
    if (event.type === 'answer-error') throw new Error(`${route}: ${event.problem.message}`);
  }
  throw new Error(`${route} ended without a word.`);
}

const seconds = (started: number): number => (performance.now() - started) / 1000;

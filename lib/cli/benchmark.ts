/** `npm run bench`: measures the product on this machine, keeps every raw round, shows medians beside their goals. */
import { measureRounds } from '../benchmark/measure.ts';
import { BENCHMARKS, type Benchmark } from '../benchmark/suite.ts';
import { summarise, summaryCells } from '../benchmark/summarise.ts';
import type { BenchmarkResult } from '../benchmark/store.ts';
import { commandLine, readArguments, readNumber, runCommand, UsageError } from './arguments.ts';
import { ProgressLine } from './progress.ts';
import { textTable } from './text-table.ts';

const USAGE = `Usage: npm run bench -- [options]
  --only A,B    which to run (default all):
${BENCHMARKS.map(({ name, title }) => `                  ${name.padEnd(10)} ${title}`).join('\n')}
  --rounds N    measured rounds, after one to warm up (default 5)
  --write       write the results into docs/benchmarks/latest.json
  --json        one JSON object as the last line`;

const DEFAULT_ROUNDS = 5;

await runCommand(USAGE, async (signal) => {
  const { benchmarks, rounds, write, json } = readBenchmarkArguments();
  const { describeMachine, describeVersions } = await import('../benchmark/machine.ts');
  const context = { command: commandLine('bench'), machine: describeMachine(), versions: await describeVersions(), rounds };
  const results: Record<string, BenchmarkResult> = {};
  let failed = 0;
  for (const benchmark of benchmarks) {
    try {
      const figures = await runBenchmark(benchmark, rounds, signal);
      results[benchmark.name] = { ...context, measuredAt: new Date().toISOString(), figures };
      console.log(`${benchmark.title}\n${textTable(['', 'figure', 'median', 'range', 'unit', 'goal'], figures.map(summaryCells), 2)}\n`);
    } catch (error) {
      if (signal.aborted) throw error;
      failed += 1;
      const { message, remedy } = error as Error & { remedy?: string };
      console.error(`${benchmark.name}: ${message}${remedy ? ` ${remedy}` : ''}`);
    }
  }
  if (write) {
    const { storeResults } = await import('../benchmark/store.ts');
    await storeResults(results);
  }
  if (json) console.log(JSON.stringify(results));
  return failed > 0 ? 1 : 0;
});

function readBenchmarkArguments(): { benchmarks: readonly Benchmark[]; rounds: number; write: boolean; json: boolean } {
  const { values } = readArguments({
    options: { only: { type: 'string' }, rounds: { type: 'string' }, write: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const rounds = readNumber('rounds', values.rounds, { least: 1, most: 1000, whole: true }) ?? DEFAULT_ROUNDS;
  const names = values.only?.split(',').map((name) => name.trim());
  const unknown = names?.find((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
  if (unknown !== undefined) throw new UsageError(`--only takes ${BENCHMARKS.map(({ name }) => name).join(', ')}, with commas between; "${unknown}" is none of them.`);
  return { benchmarks: BENCHMARKS.filter(({ name }) => !names || names.includes(name)), rounds, write: values.write, json: values.json };
}

async function runBenchmark(benchmark: Benchmark, rounds: number, signal: AbortSignal) {
  const progress = new ProgressLine(benchmark.name);
  const { variants, close } = await benchmark.open();
  try {
    return (await measureRounds(variants, rounds, signal, (done, total, variant) => progress.update(done, total, variant))).map(summarise);
  } finally {
    progress.end();
    await close();
  }
}

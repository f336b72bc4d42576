/** `npx tsx lib/cli/compare-training.ts`: our fine-tuning beside PyTorch and PEFT, in one run; every raw round is kept. */
import path from 'node:path';
import { readArguments, readNumber, runCommand, UsageError } from './arguments.ts';
import { textTable } from './text-table.ts';

const PARTS = ['speed', 'retrain', 'growth'] as const;
const USAGE = `Usage: npx tsx lib/cli/compare-training.ts --peer PYTHON [options]
  --peer PYTHON  a Python that has torch, transformers, peft and safetensors; without it, only growth is measured
  --only A,B     which parts (default all): speed (tokens/s, in turn), retrain (all facts of Pajak to the end, scored),
                 growth (our speed and memory by examples, rank and layers)
  --rounds N     measured rounds of speed, after one to warm up (default 3)
  --layers A,B   trained layers at which speed is measured (default 18,8)
  --batches N    batches of 8 examples in a round of speed (default 4)
  --write        keep the results in docs/benchmarks/training-peer.json`;

const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

await runCommand(USAGE, async (signal) => {
  const { values } = readArguments({ options: { peer: { type: 'string' }, only: { type: 'string' }, rounds: { type: 'string' }, layers: { type: 'string' }, batches: { type: 'string' }, write: { type: 'boolean', default: false } } });
  const parts = values.only?.split(',') ?? [...PARTS];
  const unknown = parts.find((part) => !(PARTS as readonly string[]).includes(part));
  if (unknown !== undefined) throw new UsageError(`--only takes ${PARTS.join(', ')}; "${unknown}" is none of them.`);
  const rounds = readNumber('rounds', values.rounds, { least: 1, most: 100, whole: true }) ?? 3;
  const batches = readNumber('batches', values.batches, { least: 1, most: 20, whole: true }) ?? 4;
  const layerCounts = (values.layers ?? '18,8').split(',').map((text) => readNumber('layers', text, { least: 1, most: 18, whole: true })!);
  const python = values.peer;
  if (!python && parts.some((part) => part !== 'growth')) throw new UsageError('Give the --peer, or --only growth.');

  const { compareSpeed, measureGrowth, measureTenRuns, retrain, startOurs, startPeer } = await import('../benchmark/peer/compare.ts');
  const { openMaterial } = await import('../benchmark/peer/recipe.ts');
  const { describeMachine, describeVersions } = await import('../benchmark/machine.ts');
  const { DEFAULT_SETTINGS } = await import('../finetune/settings.ts');
  const material = await openMaterial();
  const log = (line: string): void => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`);
  // Without the place where the Python lies: that is this machine's own.
  const command = `npx tsx lib/cli/compare-training.ts --peer PYTHON${values.only ? ` --only ${values.only}` : ''} --rounds ${rounds} --layers ${layerCounts.join()} --batches ${batches}`;
  const context = { command, measuredAt: new Date().toISOString(), machine: describeMachine(), versions: await describeVersions() };
  const results: Record<string, unknown> = {};

  if (parts.includes('speed')) {
    const speed = [];
    for (const layers of layerCounts) speed.push(await compareSpeed(python!, material, { rounds, layers, batches }, signal, log));
    results.speed = { ...context, results: speed };
    const rows = speed.flatMap(({ layers, sides }) => sides.map(({ name, tokensPerSecond, tokensPerProcessorSecond, peakMemoryBytes }) => [String(layers), name, median(tokensPerSecond).toFixed(0), median(tokensPerProcessorSecond).toFixed(0), mib(peakMemoryBytes)]));
    console.log(`${textTable(['layers', 'side', 'tokens/s', 'a processor second', 'peak MiB'], rows, 2)}\n`);
  }
  if (parts.includes('retrain')) {
    const { answerHeldOut } = await import('./held-out.ts');
    // The peer by our recipe, and by the one that is usual for it: all layers, at the lower rate that so many can take.
    const usual = { ...DEFAULT_SETTINGS, layers: 18, learningRate: 1e-3 };
    const sides = [
      { start: () => startOurs(DEFAULT_SETTINGS), settings: DEFAULT_SETTINGS },
      { start: () => startPeer(python!, DEFAULT_SETTINGS, 'bfloat16'), settings: DEFAULT_SETTINGS },
      { start: () => startPeer(python!, usual, 'bfloat16'), settings: usual },
    ];
    const retrained = [];
    for (const { start, settings } of sides) {
      const { epochs, ...figures } = await retrain(start, material, settings, signal, log);
      const scored = [];
      for (const { tensors, ...epoch } of epochs) {
        const scoring = answerHeldOut({ rank: settings.rank, alpha: settings.alpha, tensors, beneath: null }, material.dataset.heldOut, signal);
        let next = await scoring.next();
        while (!next.done) next = await scoring.next();
        scored.push({ ...epoch, heldOut: { questions: material.dataset.heldOut.length, ...next.value } });
        log(`${figures.name}, after ${epoch.seconds.toFixed(0)} s of training: ${JSON.stringify(next.value)}`);
      }
      retrained.push({ ...figures, epochs: scored });
    }
    results.retrain = { ...context, results: retrained };
    const percent = (share: number | null | undefined): string => ((share ?? 0) * 100).toFixed(1);
    const rows = retrained.flatMap(({ name, secondsToReady, tokensPerSecond, peakMemoryBytes, epochs }) => epochs.map(({ seconds, heldOutLoss, heldOut }, index) =>
      [name, String(index + 1), (secondsToReady + seconds).toFixed(1), tokensPerSecond.toFixed(0), mib(peakMemoryBytes), heldOutLoss.toFixed(3), percent(heldOut.exactMatch), percent(heldOut.equivalent)]));
    console.log(`${textTable(['side', 'epoch', 'seconds from start', 'tokens/s', 'peak MiB', 'held-out loss', 'exact %', 'same %'], rows)}\n`);
  }
  if (parts.includes('growth')) {
    const cases = [
      ...[100, 1000, 10_000].map((examples) => ({ examples, rank: 16, layers: 8 })),
      ...[4, 64].map((rank) => ({ examples: 100, rank, layers: 8 })),
      ...[4, 18].map((layers) => ({ examples: 100, rank: 16, layers })),
    ];
    const growth = await measureGrowth(material, cases, 15, signal, log);
    const tenRuns = await measureTenRuns(signal);
    results.growth = { ...context, results: growth, tenRuns };
    console.log(textTable(['examples', 'rank', 'layers', 'tokens/s', 'peak MiB'], growth.map(({ examples, rank, layers, tokensPerSecond, peakMemoryBytes }) =>
      [examples, rank, layers, tokensPerSecond.toFixed(0), mib(peakMemoryBytes)].map(String)), 0));
    console.log(`Memory after each of ten runs in one process, MiB: ${tenRuns.residentBytes.map(mib).join(' ')}\n`);
  }
  if (values.write) {
    const { projectRoot } = await import('../system/paths.ts');
    const { keepResults } = await import('../benchmark/peer/keep-results.ts');
    await keepResults(path.join(projectRoot(), 'docs', 'benchmarks', 'training-peer.json'), results);
  }
});

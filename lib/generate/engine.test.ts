import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EngineError, MissingArtifactError } from '../system/errors.ts';
import { WorkerEngine } from './engine.ts';
import type { ScriptedWorkerData } from './testing/scripted-worker.ts';
import { startTypeScriptWorker } from './typescript-worker.ts';
import type { GenerationEvent, GenerationRequest } from './types.ts';

// Starting threads and processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const SCRIPTS = ['satu dua tiga', 'PPN adalah pajak atas konsumsi.'];
const workerFile = new URL('./testing/scripted-worker.ts', import.meta.url);

let engine: WorkerEngine | null = null;
afterEach(async () => engine?.close());

function start(options: Partial<ScriptedWorkerData> = {}): WorkerEngine {
  engine = new WorkerEngine((data) => startTypeScriptWorker(workerFile, { ...data, scripts: SCRIPTS, ...options }));
  return engine;
}

const ask = (script: number): GenerationRequest => ({ prompt: String(script) });

async function textOf(events: AsyncIterable<GenerationEvent>): Promise<string> {
  let text = '';
  for await (const event of events) if (event.type === 'text') text += event.text;
  return text;
}

describe('the engine', () => {
  it('answers two questions at once from its worker, loading at the first', async () => {
    const engine = start();
    expect(engine.status()).toMatchObject({ state: 'idle', loadMs: null, residentBytes: null });
    expect(await Promise.all([textOf(engine.generate(ask(0))), textOf(engine.generate(ask(1)))])).toEqual(SCRIPTS);
    expect(engine.status()).toMatchObject({ state: 'ready', loadMs: expect.any(Number), active: 0, queued: 0, problem: null });
    expect(engine.status().residentBytes).toBeGreaterThan(1e6);
    expect(await engine.countTokens('1')).toBe(1);
  });

  it('stops when the reader leaves', async () => {
    const engine = start({ pace: 5 });
    for await (const event of engine.generate(ask(1))) if (event.type === 'text') break;
    const controller = new AbortController();
    const finishes: string[] = [];
    for await (const event of engine.generate(ask(1), controller.signal)) {
      if (event.type === 'text') controller.abort();
      if (event.type === 'ended') finishes.push(event.finish);
    }
    expect(finishes).toEqual(['cancelled']);
    expect(engine.status()).toMatchObject({ active: 0, queued: 0 });
  });

  it('passes errors on with their class and remedy, and goes on', async () => {
    const engine = start();
    const error = await textOf(engine.generate({ prompt: '0', adapters: [{ name: 'pajak' }] })).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MissingArtifactError);
    expect(error).toMatchObject({ code: 'missing-artifact', httpStatus: 503, remedy: 'npm run finetune -- --name pajak' });
    expect(await textOf(engine.generate(ask(0)))).toBe(SCRIPTS[0]);
  });

  it('tries again after a failure to load', async () => {
    let broken = true;
    engine = new WorkerEngine((data) => startTypeScriptWorker(workerFile, { ...data, scripts: SCRIPTS, failToLoad: broken }));
    await expect(textOf(engine.generate(ask(0)))).rejects.toBeInstanceOf(MissingArtifactError);
    expect(engine.status()).toMatchObject({ state: 'failed', problem: 'No model in models/.' });
    broken = false;
    expect(await textOf(engine.generate(ask(0)))).toBe(SCRIPTS[0]);
    expect(engine.status()).toMatchObject({ state: 'ready', problem: null });
  });

  it('tells everybody when its worker dies, and starts another', async () => {
    const engine = start({ pace: 5 });
    const writing = textOf(engine.generate(ask(1))).catch((reason: unknown) => reason);
    await expect(engine.countTokens('crash')).rejects.toThrow('code 3');
    expect(await writing).toBeInstanceOf(EngineError);
    expect(await textOf(engine.generate(ask(0)))).toBe(SCRIPTS[0]);
  });

  it('ends what is under way when it closes', async () => {
    const engine = start({ pace: 20 });
    const finishes: string[] = [];
    for await (const event of engine.generate(ask(1))) {
      if (event.type === 'text') void engine.close();
      if (event.type === 'ended') finishes.push(event.finish);
    }
    expect(finishes).toEqual(['cancelled']);
    await engine.close();
    expect(engine.status()).toMatchObject({ state: 'idle', residentBytes: null });
  });
});

describe('a process that ends', () => {
  const script = (body: string): string => `
    import { startTypeScriptWorker } from ${JSON.stringify(new URL('./typescript-worker.ts', import.meta.url).href)};
    import { WorkerEngine } from ${JSON.stringify(new URL('./engine.ts', import.meta.url).href)};
    const engine = new WorkerEngine((data) => startTypeScriptWorker(new URL(${JSON.stringify(workerFile.href)}), { ...data, scripts: ['satu dua'], pace: 300 }));
    ${body}`;
  const run = (body: string) => spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script(body)], { encoding: 'utf8', timeout: 20_000 });

  it('is not kept alive by an idle engine', () => {
    const { status, stdout } = run("await engine.preload(); console.log('loaded');");
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'loaded\n' });
  });

  it('waits for the engine it closes', () => {
    const { status, stdout } = run(`
      for await (const event of engine.generate({ prompt: '0' })) if (event.type === 'text') break;
      await engine.close();
      console.log(engine.status().state);`);
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'idle\n' });
  });

  it('waits for the running step before it goes', () => {
    const { status, stderr } = run(`
      for await (const event of engine.generate({ prompt: '0' })) if (event.type === 'text') {
        const began = performance.now();
        process.on('exit', () => { if (performance.now() - began < 50) process.exitCode = 9; });
        process.exit(7);
      }`);
    expect({ status, stderr }).toEqual({ status: 7, stderr: '' });
  });
});

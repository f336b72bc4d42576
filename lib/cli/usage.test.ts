/** The commands as a person calls them wrongly: what is wrong, how to call them, status 2, and nothing loaded. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

function call(script: string, args: readonly string[]) {
  const runner = script.endsWith('.mjs') ? [] : [path.join(root, 'node_modules/tsx/dist/cli.mjs')];
  return spawnSync(process.execPath, [...runner, path.join('lib/cli', script), ...args], { cwd: root, encoding: 'utf8', timeout: 120_000 });
}

describe('wrong arguments', () => {
  it.each([
    ['ask.ts', [], 'There is no question.'],
    ['ask.ts', ['   '], 'The question is empty.'],
    ['ask.ts', ['satu', 'dua'], 'more than one question'],
    ['ask.ts', ['Apa itu PPN?', '--arms', 'rag,oracle'], '"oracle" is none of them'],
    ['ask.ts', ['Apa itu PPN?', '--temperature', 'warm'], '--temperature takes a number from 0 to 2, not "warm"'],
    ['ask.ts', ['Apa itu PPN?', '--colour'], '--colour'],
    ['evaluate.ts', [], 'Give --documents and --questions, or --workspace.'],
    ['evaluate.ts', ['--documents', 'docs'], '--documents needs --questions.'],
    ['evaluate.ts', ['--workspace', 'pajak', '--limit', '0'], '--limit takes a whole number 1 or more'],
    ['benchmark.ts', ['--only', 'weather'], '"weather" is none of them'],
    ['benchmark.ts', ['--rounds', '1.5'], '--rounds takes a whole number'],
    ['finetune.ts', [], 'Give either --examples or --workspace.'],
    ['finetune.ts', ['--examples', 'a.jsonl'], 'Give the adapter a --name.'],
    ['finetune.ts', ['--examples', 'a.jsonl', '--name', '../x'], 'is no adapter name'],
    ['finetune.ts', ['--workspace', 'pajak', '--rank', '0'], '--rank takes a whole number from 1 to 256'],
    ['start.mjs', ['--port', '70000'], 'not a number from 1 to 65535'],
    ['test.mjs', ['--everything'], '--everything'],
  ])('%s %j', (script, args, complaint) => {
    const { status, stdout, stderr } = call(script, args);
    expect(stderr).toContain(complaint);
    expect(stderr).toContain('Usage: npm');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it.each(['ask.ts', 'evaluate.ts', 'benchmark.ts', 'finetune.ts', 'start.mjs', 'test.mjs'])('%s --help shows its usage', (script) => {
    const { status, stdout } = call(script, ['--help']);
    expect(stdout).toMatch(/^Usage: npm/);
    expect(status).toBe(0);
  });

  it('names the line of a questions file that cannot be used', () => {
    const { status, stderr } = call('evaluate.ts', ['--documents', 'lib', '--questions', 'package.json']);
    expect(stderr).toMatch(/package\.json, line 1: /);
    expect(status).toBe(1);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { commandLine } from './arguments.ts';

const argv = process.argv;
afterEach(() => void (process.argv = argv));

describe('a command as it is told beside its results', () => {
  it.each([
    [['--all', '--commit'], 'npm run eval -- --all --commit'],
    [['--questions', 'my questions.jsonl'], 'npm run eval -- --questions "my questions.jsonl"'],
    [['--public', '/srv/sets'], 'npm run eval -- --public sets'],
    [['--public', 'data/sets'], 'npm run eval -- --public data/sets'],
  ])('%j: %s', (given, told) => {
    process.argv = ['node', 'evaluate.ts', ...given];
    expect(commandLine('eval')).toBe(told);
  });
});

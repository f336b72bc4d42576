import { afterEach, describe, expect, it } from 'vitest';
import { answersWritten, type ApproachId } from '../answer/events.ts';
import { DEFAULT_SETTINGS } from '../generate/scheduler.ts';
import { readEvaluateCommand, type EvaluateCommand } from './evaluate-arguments.ts';

const argv = process.argv;
afterEach(() => void (process.argv = argv));
const read = (...given: string[]): EvaluateCommand => {
  process.argv = ['node', 'evaluate.ts', ...given];
  return readEvaluateCommand();
};

describe('npm run eval', () => {
  it.each([
    [[], 'Give --documents and --questions, or --workspace.'],
    [['--documents', 'd', '--workspace', 'w'], 'not both'],
    [['--documents', 'd'], '--documents needs --questions'],
    [['--documents', 'd', '--questions', 'q', '--through-page'], 'the page does not know documents of a run'],
    [['--workspace', 'w', '--questions', 'q', '--commit'], '--commit keeps the result of a workspace'],
    [['--workspace', 'w', '--seeds', '3', '--temperature', '0'], '--seeds repeats what sampling changes'],
    [['--workspace', 'w', '--seeds', '0'], '--seeds takes a whole number from 1 to 100'],
    [['--workspace', 'w', '--concurrency', '5'], '--concurrency takes a whole number from 1 to 4'],
    [['--workspace', 'w', '--temperature', 'warm'], '--temperature takes a number'],
    [['--workspace', 'w', '--adapter', 'a', '--through-page'], 'without sampling and with the workspace'],
    [['--workspace', 'w', '--page', 'http://x'], '--page is for --through-page'],
    [['--workspace', 'w', '--public', 'f'], '--public is for --all'],
    [['--all', '--output', 'all.json'], '--output takes one run, and --all makes one of each workspace'],
    [['--resume', 'r', '--all'], '--resume and --all do not go together'],
    [['--resume', 'r', '--workspace', 'w'], '--resume stands without --workspace'],
    [['--resume', 'r', '--arms', 'rag'], 'A run is resumed as it was begun: leave --arms out'],
    [['--workspace', 'w', '--arms', 'rag,oracle'], '"oracle" is none of them'],
  ])('%j: %s', (given, complaint) => expect(() => read(...given)).toThrow(complaint));

  it('asks all four arms of a workspace, greedily, several questions at once', () =>
    expect(read('--workspace', 'pajak')).toMatchObject({ type: 'run', subject: { workspace: 'pajak', documents: null }, settings: { arms: ['rag', 'fine-tuned', 'base', 'rag-fine-tuned'], seeds: 1, temperature: 0, concurrency: 4, timed: 40, sample: null, quick: false }, commit: false }));
  it('asks the two of before of a person\'s own documents', () => expect(read('--documents', 'd', '--questions', 'q', '--limit', '5')).toMatchObject({ settings: { arms: ['rag', 'fine-tuned'], limit: 5 } }));
  it('takes a sample when it is to be quick', () => expect(read('--workspace', 'w', '--quick')).toMatchObject({ settings: { quick: true, sample: 36 } }));
  it('samples answers when they are repeated', () => expect(read('--workspace', 'w', '--seeds', '3')).toMatchObject({ settings: { seeds: 3, temperature: 0.7 } }));
  it('lets more questions go together when fewer arms are asked', () => expect(read('--workspace', 'w', '--arms', 'rag', '--concurrency', '16')).toMatchObject({ settings: { concurrency: 16 } }));
  it('counts an arm that writes two answers twice', () => {
    expect(read('--workspace', 'w', '--arms', 'rag-fine-tuned', '--concurrency', '10')).toMatchObject({ settings: { concurrency: 10 } });
    expect(() => read('--workspace', 'w', '--arms', 'rag-fine-tuned', '--concurrency', '11')).toThrow('from 1 to 10');
  });
  it('never asks more at once than the engine takes', () => {
    const { activeLimit, queueLimit } = DEFAULT_SETTINGS;
    for (const arms of ['rag', 'rag-fine-tuned', 'rag,fine-tuned,base,rag-fine-tuned']) {
      const answers = arms.split(',').reduce((sum, arm) => sum + answersWritten(arm as ApproachId), 0);
      const most = Array.from({ length: 30 }, (_, at) => at + 1).filter((concurrency) => { try { return read('--workspace', 'w', '--arms', arms, '--concurrency', String(concurrency)); } catch { return false; } }).length;
      expect(most * answers).toBeLessThanOrEqual(activeLimit + queueLimit);
    }
  });
  it('goes on with a run, or makes the README anew', () => {
    expect(read('--resume', 'pajak-1', '--commit')).toMatchObject({ type: 'resume', run: 'pajak-1', commit: true });
    expect(read('--readme')).toEqual({ type: 'readme' });
  });
});

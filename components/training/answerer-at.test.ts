import { describe, expect, it } from 'vitest';
import { answererAt } from './answerer-at.ts';

const run = (beneath: string) => ({ id: 'run-aaaaaaaa', workspace: 'pajak', settings: { beneath } });

describe('who answers', () => {
  it('before the first step is what the run was trained on top of, and nothing else', () => {
    expect(answererAt(run('reader'), 0, 0.5)).toEqual({ approach: 'base', workspace: 'pajak' });
    expect(answererAt(run('none'), 0, 0.5)).toEqual({ approach: 'fine-tuned', workspace: 'pajak', adapter: 'reader', strength: 0 });
  });

  it('at a step is its checkpoint, at the strength chosen', () => {
    expect(answererAt(run('none'), 12, 1)).toEqual({ approach: 'fine-tuned', workspace: 'pajak', adapter: 'run-aaaaaaaa@12' });
    expect(answererAt(run('none'), 12, 0.5)).toMatchObject({ strength: 0.5 });
  });
});

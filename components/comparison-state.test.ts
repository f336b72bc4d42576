import { describe, expect, it } from 'vitest';
import type { AnswerEvent } from '@/lib/answer/events.ts';
import { heldWords, NOTHING_ASKED, reduceComparison, type ComparisonAction } from './comparison-state.ts';

const asked = (run: string, at = 1000): ComparisonAction => ({ type: 'asked', run, text: 'PPN?', approaches: ['rag', 'fine-tuned'], at });
const told = (run: string, event: AnswerEvent, at = 1200): ComparisonAction => ({ type: 'told', run, approach: 'rag', event, at });
const text = (text: string): AnswerEvent => ({ type: 'text-delta', text });
const end: AnswerEvent = {
  type: 'answer-end',
  finish: 'stop',
  timings: { queuedMs: 0, timeToFirstTokenMs: 90, totalMs: 300, promptTokens: 9, cachedPromptTokens: 0, completionTokens: 2, tokensPerSecond: 50 },
};
const play = (...actions: ComparisonAction[]) => actions.reduce(reduceComparison, NOTHING_ASKED);

describe('reduceComparison', () => {
  it('grows the text and keeps the browser’s own clock', () => {
    const { panes, metrics } = play(asked('a'), told('a', text('11 '), 1200), told('a', text('persen'), 1250), told('a', end, 1400));
    expect(panes.rag).toMatchObject({ phase: 'done', answer: '11 persen', wait: { firstTextMs: 200, totalMs: 400 } });
    expect(metrics.rag?.totalMs).toEqual([300]);
    expect(panes['fine-tuned']?.phase).toBe('waiting');
  });

  it('keeps the passage that the answer cites', () => {
    expect(play(asked('a'), told('a', text('12%')), told('a', { type: 'citation-available', passageId: 'ppn#1' }), told('a', end)).panes.rag).toMatchObject({ phase: 'done', answer: '12%', citedPassageId: 'ppn#1' });
  });

  it('lets one pane fail while the other goes on', () => {
    const { panes } = play(asked('a'), told('a', { type: 'answer-error', problem: { code: 'x', message: 'No.' } }), { type: 'told', run: 'a', approach: 'fine-tuned', event: text('ya'), at: 1300 });
    expect(panes.rag).toMatchObject({ phase: 'failed', problem: { message: 'No.' } });
    expect(panes['fine-tuned']).toMatchObject({ phase: 'writing', answer: 'ya' });
  });

  it('ignores words of a question that was replaced, and words after a stop', () => {
    expect(play(asked('a'), asked('b'), told('a', text('lama'))).panes.rag?.answer).toBe('');
    const stopped = play(asked('a'), told('a', text('se')), { type: 'stopped' }, told('a', text('sudah')), told('a', end));
    expect(stopped.panes.rag).toMatchObject({ phase: 'cancelled', answer: 'se' });
    expect(stopped.metrics.rag?.answers).toBe(0);
  });

  it('ends one answer and leaves the other', () => {
    const { panes } = play(asked('a'), told('a', text('se')), { type: 'stopped', approaches: ['fine-tuned'] }, told('a', text('belas')));
    expect(panes['fine-tuned']).toMatchObject({ phase: 'cancelled', finish: 'cancelled' });
    expect(panes.rag).toMatchObject({ phase: 'writing', answer: 'sebelas' });
  });

  it('asks one pane again without touching the other', () => {
    const { panes } = play(asked('a'), told('a', text('lama')), told('a', end), { type: 'asked', run: 'b', text: 'PPN?', approaches: ['fine-tuned'], at: 2000 });
    expect(panes.rag).toMatchObject({ phase: 'done', answer: 'lama' });
    expect(panes['fine-tuned']?.phase).toBe('waiting');
  });

  it('does not measure an answer that is only looked at', () => {
    const { panes, metrics } = play({ ...asked('a'), aside: ['rag'] } as ComparisonAction, told('a', text('11')), told('a', end));
    expect(panes.rag).toMatchObject({ phase: 'done', aside: true });
    expect(panes['fine-tuned']?.aside).toBe(false);
    expect(metrics.rag?.answers).toBe(0);
  });

  it('lets the words of the last answer stand while a slider moves, and those of another question never', () => {
    const moved = (run: string, text = 'PPN?'): ComparisonAction => ({ type: 'asked', run, text, approaches: ['rag'], at: 2000, aside: ['rag'] });
    const answered = [asked('a'), told('a', text('lama')), told('a', end)];
    expect(play(...answered, moved('b')).panes.rag).toMatchObject({ answer: '', held: 'lama' });
    // Moved on before a word came.
    expect(play(...answered, moved('b'), moved('c')).panes.rag?.held).toBe('lama');
    expect(play(...answered, moved('b'), told('b', text('baru')), moved('c')).panes.rag?.held).toBe('baru');
    expect(play(...answered, moved('b'), moved('c', 'PPh?')).panes.rag?.held).toBe('');
    // What ended without a word leaves none to stand, of itself or of the one before.
    expect(play(...answered, moved('b'), told('b', end), moved('c')).panes.rag?.held).toBe('');
    // The pane was put away while another question was asked.
    expect(play(...answered, { ...asked('b'), text: 'PPh?', approaches: ['fine-tuned'] } as ComparisonAction, moved('c', 'PPh?')).panes.rag?.held).toBe('');
  });

  it('shows the words of the last answer only until the next has some, or has ended', () => {
    const shown = (...actions: ComparisonAction[]) => heldWords(play(asked('a'), told('a', text('lama')), told('a', end), { type: 'asked', run: 'b', text: 'PPN?', approaches: ['rag'], at: 2000, aside: ['rag'] }, ...actions).panes.rag!);
    expect(shown()).toBe('lama');
    expect(shown(told('b', text('baru')))).toBe('');
    expect(shown(told('b', end))).toBe('');
    expect(shown({ type: 'stopped' })).toBe('');
  });

  it('records how long an edited fact took once the next answer has ended', () => {
    const indexed: ComparisonAction = { type: 'fact-indexed', approaches: ['rag', 'rag-fine-tuned'], seconds: 0.2 };
    expect(play(indexed).metrics.rag?.updateSeconds).toEqual([]);
    const { metrics } = play(indexed, asked('a'), told('a', end));
    expect(metrics.rag?.updateSeconds).toEqual([0.5]);
    // An arm that looks up as well, and is asked only later, has its own time from the same edit.
    const both: ComparisonAction[] = [{ type: 'asked', run: 'b', text: 'PPN?', approaches: ['rag-fine-tuned'], at: 2000 }, { type: 'told', run: 'b', approach: 'rag-fine-tuned', event: end, at: 2400 }];
    expect(play(indexed, asked('a'), told('a', end), ...both).metrics['rag-fine-tuned']?.updateSeconds).toEqual([0.5]);
  });
});

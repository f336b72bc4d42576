import { describe, expect, it } from 'vitest';
import { NOTHING_YET, type CollectedAnswer } from '../answer/collect.ts';
import { answerLines } from './answer-view.ts';

const passage = { id: 'ppn#0', documentId: 'ppn', documentTitle: 'PPN', headings: ['Tarif'], text: 'x', rank: 1, score: 0.0312, cosine: null, bm25: null, used: true, source: 'UU 7/2021' };
const finished: CollectedAnswer = {
  ...NOTHING_YET,
  answer: 'Tarif PPN adalah 11 persen.',
  passages: [passage, { ...passage, id: 'ppn#1', rank: 2 }, { ...passage, id: 'ppn#2', rank: 3, used: false, source: undefined }],
  citedPassageId: 'ppn#1',
  finish: 'stop',
  timings: { queuedMs: 0, retrievalMs: 40, timeToFirstTokenMs: 420, totalMs: 1234, promptTokens: 480, cachedPromptTokens: 0, completionTokens: 9, tokensPerSecond: 48.06 },
};

describe('answerLines', () => {
  it('shows passages, the answer and what was measured', () => {
    expect(answerLines([{ label: 'RAG', collected: finished }], 120)).toEqual([
      'RAG',
      '  1*  0.0312  PPN › Tarif (UU 7/2021)',
      '  2** 0.0312  PPN › Tarif (UU 7/2021)',
      '  3   0.0312  PPN › Tarif',
      '  Tarif PPN adalah 11 persen.',
      '  first token 0.42 s · 48.1 tokens/s · total 1.23 s · retrieval 0.04 s · prompt 480 tokens · answer 9 tokens',
      '',
    ]);
  });

  it('names the figures that no passage has, as the page does', () => {
    const lines = answerLines([{ label: 'RAG', collected: { ...finished, passages: [], figuresNotFound: ['99 persen', '1 Mei\x1b 1999'] } }], 80);
    expect(lines.slice(1, 4)).toEqual([
      '  Tarif PPN adalah 11 persen.',
      '  No passage that was read has these figures or dates: 99 persen, 1 Mei  1999.',
      '  Check them before you rely on them.',
    ]);
  });

  it('tells of two answers which was kept and what the other says, and of two that are alike that they are', () => {
    const view = (...drafts: CollectedAnswer['drafts']): string => answerLines([{ label: 'both', collected: { ...finished, passages: [], drafts } }], 400)[2];
    expect(view({ taught: false, text: '12%', leastLikely: 0.864 }, { taught: true, text: '11\x1b%', leastLikely: 0.4 })).toBe('  Answered twice: from these passages (kept), least likely token 86 %; from memory, "11 %", least likely token 40 %. Memory is kept if its least likely token is at least 1.2 times as likely as the other\'s and, where it names figures, a sentence of these passages has them and half of its words.');
    expect(view({ taught: false, text: '12%', leastLikely: 0.5 }, { taught: true, text: '11%', leastLikely: 0.99, ruledOut: 'figures' })).toContain('from memory, "11%", least likely token 99 %, ruled out: no sentence of these passages has its figures and half of its words.');
    expect(view({ taught: true, text: '12%', leastLikely: 0.9 }, { taught: false, text: '12%', leastLikely: 0.4 })).toBe('  Answered twice, from these passages and from memory: both say the same.');
  });

  it('waits with an ellipsis, and tells a failure with its remedy', () => {
    const failed = { ...NOTHING_YET, problem: { code: 'missing-artifact', message: 'No index.', remedy: 'npm run ingest' } };
    expect(answerLines([{ label: 'A', collected: NOTHING_YET }, { label: 'B', collected: failed }], 80)).toEqual(['A', '  …', '', 'B', '  ! No index. npm run ingest', '']);
  });

  it('keeps to the width and lets no control sequence through', () => {
    const collected = { ...NOTHING_YET, answer: `\x1b[2Jlorem ${'ipsum '.repeat(20)}${'x'.repeat(50)}` };
    const lines = answerLines([{ label: 'A', collected }], 30);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(30);
    expect(lines.join('')).not.toContain('\x1b');
  });
});

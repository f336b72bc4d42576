import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { IDLE_PANE, type PaneState } from './comparison-state.ts';
import { Meters } from './meters.tsx';

const TIMINGS = { queuedMs: 0, promptTokens: 200, cachedPromptTokens: 0, completionTokens: 9, timeToFirstTokenMs: 400, totalMs: 900, tokensPerSecond: 60 };
const drafts = [{ taught: true, text: '12%', leastLikely: 0.9 }, { taught: false, text: '11%', leastLikely: 0.4 }];
const textOf = (pane: Partial<PaneState>): string =>
  renderToStaticMarkup(<Meters pane={{ ...IDLE_PANE, phase: 'done', timings: TIMINGS, ...pane }} slowestMs={900} />).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('what an answer took', () => {
  it('has a speed where its tokens came one by one', () => {
    const text = textOf({});
    expect(text).toContain('kecepatan 60,0 token/detik');
    expect(text).toContain('baca prompt 400 ms tulis 500 ms');
    expect(text).not.toContain('dipilih dari dua');
  });

  it('has none where it was chosen from two, and says why', () => {
    const chosen = textOf({ drafts, timings: { ...TIMINGS, tokensPerSecond: null } });
    expect(chosen).toMatch(/kecepatan \S+ dipilih dari dua/);
    expect(chosen).toContain('baca dan pilih 400 ms tulis 500 ms');
  });
});

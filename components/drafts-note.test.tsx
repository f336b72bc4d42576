import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Draft } from '@/lib/answer/events.ts';
import { DraftsNote } from './drafts-note.tsx';

const drawn = (...drafts: Draft[]): string => renderToStaticMarkup(<DraftsNote drafts={drafts} spoken="en" />);
const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim();

describe('what an answer was chosen from', () => {
  it('is told with the kept one first, each with how likely its least likely token was', () => {
    const html = drawn({ taught: false, text: '12%', leastLikely: 0.864 }, { taught: true, text: '11%', leastLikely: 0.4 });
    expect(textOf(html)).toBe('Dijawab dua kali: dari potongan ini, dan dari hafalan tanpa potongan. Hafalan dipakai bila peluang token terlemahnya paling sedikit 1,2 kali peluang token terlemah jawaban lainnya dan, bila hafalan itu menyebut angka, ada kalimat di potongan yang memuat angka itu dan separuh katanya. Dari potongan · dipakai token terlemah 86% Dari hafalan token terlemah 40% 11%');
    expect(textOf(drawn({ taught: false, text: '12%', leastLikely: 0.5 }, { taught: true, text: '11%', leastLikely: 0.99, ruledOut: 'figures' }))).toContain('Dari hafalan · tidak ada kalimat di potongan yang memuat angkanya dan separuh katanya token terlemah 99% 11%');
    expect(html).toMatch(/<dd lang="en"[^>]*>11%/);
  });

  it('is one sentence where both say the same, and nothing for an arm that answers once', () => {
    expect(textOf(drawn({ taught: true, text: '12%', leastLikely: 0.9 }, { taught: false, text: '12%', leastLikely: 0.4 }))).toBe('Dijawab dua kali, dari potongan ini dan dari hafalan: isinya sama.');
    expect(drawn()).toBe('');
  });

  it('shows an answer without words as one, and words as words', () => {
    expect(textOf(drawn({ taught: false, text: '12%', leastLikely: 0.8 }, { taught: true, text: '', leastLikely: 0.4 }))).toMatch(/Model menutup jawabannya tanpa menulis apa pun\.$/);
    expect(drawn({ taught: false, text: '12%', leastLikely: 0.8 }, { taught: true, text: '<b>11%</b>', leastLikely: 0.4 })).toContain('>&lt;b&gt;11%');
  });
});

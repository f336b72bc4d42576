import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { Passage } from '@/lib/answer/passage.ts';
import { AnswerText } from './answer-text.tsx';
import { IDLE_PANE, NOTHING_ASKED, type PaneState } from './comparison-state.ts';
import { LanguageContext } from './language.tsx';
import { PassageList } from './passage-list.tsx';
import { Spread } from './spread.tsx';

const passage: Passage = { id: 'a#0', documentId: 'a', documentTitle: 'PPN', headings: [], text: 'Tarif umum PPN adalah 12% dari harga jual.', rank: 1, score: 1, cosine: 1, bm25: 1, used: true };
const figures: Passage = { ...passage, id: 'b#0', text: '11% | 12%', rank: 2 };
const pane: PaneState = { ...IDLE_PANE, phase: 'done', question: 'What is the VAT rate now?', answer: '12%.', passages: [passage, figures], citedPassageId: 'a#0' };
const drawn = (element: React.ReactNode) => renderToStaticMarkup(<LanguageContext value="id">{element}</LanguageContext>);
/** The language that an element of this beginning is marked with. */
const language = (html: string, beginning: RegExp) => /lang="(\w+)"/.exec(beginning.exec(html)?.[0] ?? '')?.[1];

it('of an answer is that of its question, the marks in it are in that of the page', () => {
  const html = drawn(<AnswerText pane={pane} onOpen={() => undefined} />);
  expect(language(html, /<p [^>]*data-testid="answer"[^>]*>/)).toBe('en');
  expect(language(html, /<button[^>]*>/)).toBe('id');
});

it('of the question above the answers is its own', () => {
  const state = { ...NOTHING_ASKED, asked: { text: pane.question } };
  expect(language(drawn(<Spread arms={[]} state={state} comparison={null} onOpen={() => undefined} onRetry={() => undefined} teaching={null} />), /<p [^>]*>What/)).toBe('en');
});

it('of a passage is its own, where its words tell it', () => {
  const html = drawn(<PassageList pane={pane} passages={[passage, figures]} onOpen={() => undefined} />);
  expect(language(html, /<p [^>]*>Tarif/)).toBe('id');
  expect(language(html, /<p [^>]*>11%/)).toBeUndefined();
});

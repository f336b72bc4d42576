import { expect, test } from 'vitest';
import { seededRandom } from '../finetune/random.ts';
import { splitCitation } from '../prompt/citation.ts';
import { REFUSAL } from '../prompt/refusal.ts';
import { wordCount } from './reader-row.ts';
import { around, tydiRows } from './reader-tydi.ts';

const NAMES = ['Melati', 'Wirama', 'Kencana', 'Lelana', 'Puspita', 'Damar', 'Arum', 'Sagara', 'Bayu', 'Tirta', 'Guntur', 'Laras'];
const data = NAMES.map((name, index) => {
  const context = `Kerajaan ${name} terletak di tepi laut. Raja ${name} lahir pada ${1700 + index} di istana, menurut kitab lama.`;
  return { context, qas: [{ question: `Kapan Raja ${name} lahir?`, answers: [{ text: String(1700 + index), answer_start: context.indexOf('17') }] }] };
});
const rows = tydiRows(data, { alone: 6, among: 6, altered: 8, misled: 6 }, seededRandom(1));
const answered = rows.filter(({ answer }) => answer !== REFUSAL.id);

test('answers cite the passage that has them, among others too', () => {
  expect(answered).toHaveLength(12);
  expect(answered.some(({ passages }) => passages.length > 1)).toBe(true);
  for (const { question, answer, passages } of answered) {
    const { text, cited } = splitCitation(answer, passages.length);
    expect(passages[cited! - 1].text).toContain(text);
    expect(passages[cited! - 1].text).toContain(/Raja (\S+)/.exec(question)![1]);
  }
});

test('what is refused is altered, or shown without the passage that answers', () => {
  const refused = rows.filter(({ answer }) => answer === REFUSAL.id);
  expect(refused.length).toBeGreaterThan(10);
  const asked = new Map(data.map(({ context, qas }) => [qas[0].question, context]));
  for (const { question, passages } of refused) {
    const right = asked.get(question);
    if (right !== undefined) expect(passages.map(({ text }) => text)).not.toContain(right);
  }
});

test('the seed alone decides', () => {
  expect(tydiRows(data, { alone: 6, among: 6, altered: 8, misled: 6 }, seededRandom(1))).toEqual(rows);
});

test('a long paragraph is cut to whole sentences that hold the answer', () => {
  const sentences = Array.from({ length: 30 }, (_, index) => `Kalimat nomor ${index} berisi tepat tujuh kata.`);
  const text = sentences.join(' ');
  for (let seed = 0; seed < 10; seed++) {
    const start = text.indexOf('nomor 17 berisi');
    const cut = around(text, start, start + 8, 50, seededRandom(seed));
    expect(cut).toContain('nomor 17 berisi');
    expect(wordCount(cut)).toBeLessThanOrEqual(50);
    expect(wordCount(cut)).toBeGreaterThan(40);
    expect(cut).toMatch(/^Kalimat .*kata\.$/);
  }
});

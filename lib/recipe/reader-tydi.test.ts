import { expect, test } from 'vitest';
import { seededRandom } from '../finetune/random.ts';
import { splitCitation } from '../prompt/citation.ts';
import { REFUSAL } from '../prompt/refusal.ts';
import { wordCount } from './reader-row.ts';
import { answersItsKind, around, tydiRows } from './reader-tydi.ts';

const NAMES = ['Melati', 'Wirama', 'Kencana', 'Lelana', 'Puspita', 'Damar', 'Arum', 'Sagara', 'Bayu', 'Tirta', 'Guntur', 'Laras'];
const data = NAMES.map((name, index) => {
  const context = `Kerajaan ${name} terletak di tepi laut. Raja ${name} lahir pada ${1700 + index} di istana, menurut kitab lama.`;
  return { context, qas: [{ id: name, question: `Kapan Raja ${name} lahir?`, answers: [{ text: String(1700 + index), answer_start: context.indexOf('17') }] }] };
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

test.each([
  ['Kapan Raja Melati lahir?', '4 Mei 1901', true], ['Kapan Raja Melati lahir?', 'Istana Timur', false], ['Dimanakah Raja Melati wafat?', '28 Agustus 1950', false],
  ['Dimanakah Raja Melati wafat?', 'Kota Lama', true], ['Berapa luas Danau Biru?', 'dua belas hektar', true], ['Berapa luas Danau Biru?', 'Jawa Tengah', false],
  ['Siapa raja pertama?', '1701', false], ['Siapa raja pertama?', 'Bayu', true], ['Mengapa langit biru?', '1701', true], ['Pada tahun apa ia naik takhta?', '1701', true],
])('%s %s: of the kind asked for, %s', (question, answer, fits) => {
  expect(answersItsKind(question, answer)).toBe(fits);
});

test('a strict set leaves out what is answered by another kind', () => {
  const wrong = { context: 'Istana Timur roboh.', qas: [{ id: 'wrong', question: 'Kapan Raja Suralaya lahir?', answers: [{ text: 'Istana Timur', answer_start: 0 }] }] };
  const shares = { alone: 13, among: 0, altered: 0, misled: 0 };
  const asks = (strict: boolean): boolean => tydiRows([...data, wrong], { ...shares, strict }, seededRandom(1)).some(({ question }) => question.includes('Suralaya'));
  expect([asks(false), asks(true)]).toEqual([true, false]);
});

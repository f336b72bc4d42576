import { expect, test } from 'vitest';
import { seededRandom } from '../finetune/random.ts';
import { REFUSAL } from '../prompt/refusal.ts';
import { FACTS } from './reader-facts.ts';
import { readerMaterial } from './reader-material.ts';

const rows = readerMaterial(600, seededRandom(7));
const refused = (answer: string): boolean => Object.values(REFUSAL).includes(answer);
/** The fact whose wording a question is, whatever fills the slots. */
const factAsked = (question: string) => FACTS.find(({ questions }) => [...questions.id, ...questions.en].some((pattern) => {
  const parts = pattern.replace(/\ba(?= \{s\})/g, '{a}').split(/\{\w\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 'i').test(question);
}));

test('figures are answered as they stand in a passage', () => {
  const figures = rows.filter(({ answer }) => /^(Rp[\d.]+|[\d,]+%|\d\d\.\d\d|Pasal .*)$/.test(answer));
  expect(figures.length).toBeGreaterThan(150);
  for (const { answer, passages } of figures) expect(passages.join('\n')).toContain(answer);
  const durations = rows.filter(({ answer, language }) => language === 'id' && /^\d+ \S+( \S+)?$/.test(answer));
  expect(durations.length).toBeGreaterThan(50);
  for (const { answer, passages } of durations) expect(passages.join('\n')).toContain(answer);
});

test('only what no passage says is refused', () => {
  const share = rows.filter(({ answer }) => refused(answer)).length / rows.length;
  expect(share).toBeGreaterThan(0.07);
  expect(share).toBeLessThan(0.18);
  let checked = 0;
  for (const { question, answer, passages } of rows.filter((row) => refused(row.answer))) {
    const fact = factAsked(question);
    if (!fact) continue;
    checked += 1;
    for (const pattern of fact.sentences) {
      const fixed = pattern.split(/\{\w\}/).filter((part) => part.trim() !== '').map((part) => part.trim());
      for (const sentence of passages.flatMap((passage) => passage.split(/\.\s/))) {
        expect(fixed.every((part) => sentence.includes(part)), `${question} ${answer} ${sentence}`).toBe(false);
      }
    }
  }
  expect(checked).toBeGreaterThan(20);
});

test('nothing is about taxes', () => {
  for (const row of rows) expect(JSON.stringify(row)).not.toMatch(/pajak|\btax|ppn|pph|npwp|ptkp|\bspt\b|\bpkp\b|umkm|\bdjp\b|\bvat\b/i);
});

test('contexts are short, rows differ, and the seed alone decides', () => {
  expect(new Set(rows.map(({ question, passages }) => [question, ...passages].join('\n'))).size).toBe(rows.length);
  for (const { passages } of rows) expect(passages.join(' ').split(/\s+/).length).toBeLessThanOrEqual(210);
  expect(readerMaterial(20, seededRandom(7))).toEqual(rows.slice(0, 20));
  expect(readerMaterial(20, seededRandom(8))).not.toEqual(rows.slice(0, 20));
});

import { expect, test } from 'vitest';
import { REFUSAL } from '../prompt/refusal.ts';
import { untitled } from './reader-row.ts';
import { evenly, readingQuestions } from './reading-questions.ts';
import { figuresAndDates, scoreReading, type ReadAnswer } from './reading-scores.ts';

const passages = ['Tarif parkir mobil Rp5.000 sejak 4 Mei 2019.', 'Tarif parkir motor Rp2.000.'].map(untitled);
const row = (written: string, answers: string[], right: number | null): ReadAnswer => ({ question: 'Berapa?', language: 'id', passages, answers, right, written });

test('dates are compared across languages, as a whole', () => {
  expect([...figuresAndDates('Sejak 4 Mei 2019')].sort()).toEqual(['2019', '4/5']);
  expect(figuresAndDates('May 4, 2019')).toEqual(figuresAndDates('4 May 2019'));
  expect(figuresAndDates('Rp 5 ribu')).toEqual(figuresAndDates('Rp5.000'));
});

test('answers, refusals, citations and figures are counted apart', () => {
  const scores = scoreReading([
    row('Rp5.000 [1]', ['Rp5.000'], 1),
    row('Rp2.000 [1]', ['Rp2.000'], 2), // right, but the passage cited does not say so
    row(REFUSAL.id, ['Rp2.000'], 2),
    row(REFUSAL.id, [], null),
    row('4 Mei 2018 [1]', [], null), // the year is not there
  ]);
  expect(scores.f1).toBeCloseTo(200 / 3);
  expect(scores.exactMatch).toBeCloseTo(200 / 3);
  expect(scores.refusal).toEqual({ precision: 0.5, recall: 0.5, refused: 2, unanswerable: 2 });
  expect(scores.faithful).toEqual({ figures: 4, inCited: 2, share: 0.5 });
  expect(scores.citation).toEqual({ answered: 2, right: 1, share: 0.5 });
});

test('an answer without a citation stands in no passage', () => {
  expect(scoreReading([row('Rp5.000', ['Rp5.000'], 1)])).toMatchObject({ f1: 100, faithful: { figures: 1, inCited: 0 }, citation: { right: 0 } });
});

test('nothing to count gives null', () => {
  expect(scoreReading([row('ya [1]', [], null)])).toMatchObject({ f1: null, faithful: { share: null }, citation: { share: null }, refusal: { precision: null, recall: 0 } });
});

test('the right passage stands among others that do not hold the answer', () => {
  const data = ['merah', 'biru', 'hijau', 'kuning'].map((colour) => ({ context: `Warna bendera kota ${colour} adalah ${colour}.`, qas: [{ id: colour, question: 'Apa warna bendera kota?', answers: [{ text: colour, answer_start: 0 }, { text: colour, answer_start: 6 }] }] }));
  const questions = readingQuestions(data, 'id', 2);
  expect(questions.map(({ right }) => right)).toEqual([1, 2, 3, 1]);
  for (const { passages: shown, right, answers } of questions) {
    expect(answers).toHaveLength(1);
    expect(shown.map(({ text }) => text.includes(answers[0]))).toEqual([1, 2, 3].map((place) => place === right));
  }
  expect(readingQuestions([{ context: 'x', qas: [{ id: 'y', question: 'y', is_impossible: true, answers: [{ text: 'z', answer_start: 0 }] }] }], 'id')).toMatchObject([{ answers: [], right: null }]);
});

test('a sample is spread evenly', () => {
  expect(evenly([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 2, 5, 7]);
  expect(evenly([1, 2], 4)).toEqual([1, 2]);
});

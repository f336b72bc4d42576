import { expect, test } from 'vitest';
import { REFUSAL } from '../prompt/refusal.ts';
import { untitled } from './reader-row.ts';
import { evenly, readingQuestions } from './reading-questions.ts';
import { scoreReading, scoreRow, type ReadAnswer } from './reading-scores.ts';

const passages = ['Tarif parkir mobil Rp5.000 sejak 4 Mei 2019.', 'Tarif parkir motor Rp2.000.'].map(untitled);
const row = (written: string, answers: string[], right: number | null): ReadAnswer => ({ question: 'Berapa?', language: 'id', passages, answers, right, cluster: 7, written });

test('answers, refusals, citations and figures are counted apart', () => {
  const scores = scoreReading([
    row('Rp5.000 [1]', ['Rp5.000'], 1),
    row('Rp2.000 [1]', ['Rp2.000'], 2), // right, but the passage cited does not say so
    row(REFUSAL.id, ['Rp2.000'], 2),
    row(REFUSAL.id, [], null),
    row('4 Mei 2018, Rp 5 ribu [1]', [], null), // the date does not stand there, nor do its parts count alone
  ]);
  expect(scores.f1).toBeCloseTo(200 / 3);
  expect(scores.exactMatch).toBeCloseTo(200 / 3);
  expect(scores.refusal).toEqual({ precision: 0.5, recall: 0.5, refused: 2, unanswerable: 2 });
  expect(scores.faithful).toEqual({ figures: 4, inCited: 2, share: 0.5 });
  expect(scores.citation).toEqual({ answered: 2, right: 1, share: 0.5 });
});

test('over all questions a refusal is right where nothing answers, and only there', () => {
  const answers = [row('Rp5.000 [1]', ['Rp5.000'], 1), row('Rp5.000 mobil [1]', ['Rp5.000'], 1), row(REFUSAL.id, ['Rp2.000'], 2), row(REFUSAL.id, [], null), row('4 Mei 2018 [1]', [], null)];
  const { overall, f1, exactMatch } = scoreReading(answers);
  expect([f1, exactMatch, overall.f1, overall.exactMatch]).toEqual([100 * (1 + 2 / 3) / 3, 100 / 3, 100 * (2 + 2 / 3) / 5, 40].map((percent) => expect.closeTo(percent, 9)));
  expect(scoreReading([])).toMatchObject({ overall: { f1: null, exactMatch: null } });
});

test('a refusal scores 0 even where it shares words with an accepted answer', () => {
  const refusal = row(REFUSAL.id, ['jawabannya dalam lampiran'], 1);
  expect(scoreReading([refusal])).toMatchObject({ f1: 0, exactMatch: 0, overall: { f1: 0 } });
  expect(scoreRow(refusal)).toMatchObject({ f1: 0, exact: false, refused: true });
});

test('the scores of a question name its cluster and nothing of its text', () => {
  expect(scoreRow(row('Rp5.000 mobil [1]', ['Rp5.000'], 1))).toEqual({ f1: 0.6667, exact: false, refused: false, cited: 1, right: 1, cluster: 7 });
  expect(scoreRow(row(REFUSAL.id, [], null))).toEqual({ f1: null, exact: null, refused: true, cited: null, right: null, cluster: 7 });
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

test('questions of an article are a cluster, where there are none those of a paragraph', () => {
  const paragraphs = ['a', 'b', 'c'].map((context) => ({ context, qas: [1, 2].map((number) => ({ id: `${context}${number}`, question: 'y', answers: [{ text: context, answer_start: 0 }] })) }));
  const clusters = (data: unknown): number[] => readingQuestions(data, 'en').map(({ cluster }) => cluster);
  expect(clusters(paragraphs)).toEqual([0, 0, 1, 1, 2, 2]);
  expect(clusters({ data: [{ paragraphs: paragraphs.slice(0, 2) }, { paragraphs: paragraphs.slice(2) }] })).toEqual([0, 0, 0, 0, 1, 1]);
});

test('a sample is spread evenly', () => {
  expect(evenly([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 2, 5, 7]);
  expect(evenly([1, 2], 4)).toEqual([1, 2]);
});

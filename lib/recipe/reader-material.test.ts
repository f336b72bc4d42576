import { expect, test } from 'vitest';
import { plainQuestion } from '../finetune/dataset.ts';
import { seededRandom } from '../finetune/random.ts';
import { splitCitation } from '../prompt/citation.ts';
import { REFUSAL } from '../prompt/refusal.ts';
import { englishMaterial } from './reader-english.ts';
import { FACTS } from './reader-facts.ts';
import { readerMaterial } from './reader-material.ts';
import { contextWords, type ReaderRow } from './reader-row.ts';
import { statuteMaterial } from './reader-statutes.ts';
import { TOPICS } from './reader-topics.ts';
import { runsOf, workspaceFacts } from './workspace-facts.fixture.ts';

const regulations = readerMaterial(600, seededRandom(7));
const english = englishMaterial(600, seededRandom(7));
const statutes = statuteMaterial(600, seededRandom(7));
const refused = ({ answer, language }: ReaderRow): boolean => answer === REFUSAL[language];
const textOf = ({ passages }: ReaderRow): string => passages.map(({ documentTitle, text }) => `${documentTitle} ${text}`).join('\n');
/** The passage an answer cites. */
const cited = (row: ReaderRow): string => row.passages[splitCitation(row.answer, row.passages.length).cited! - 1]?.text ?? '';
const shape = (pattern: string): RegExp => {
  const parts = pattern.replace(/\ba(?= \{s\})/g, '{a}').split(/\{\w\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 'i');
};
const WORDINGS = FACTS.flatMap((fact) => [...fact.questions.id, ...fact.questions.en].map((pattern) => ({ fact, pattern, shape: shape(pattern) }))).sort((one, other) => other.pattern.length - one.pattern.length);
/** The fact whose wording a question is, whatever fills the slots; the wording with most words of its own, where several fit. */
const factAsked = (question: string) => WORDINGS.find((wording) => wording.shape.test(question))?.fact;

test('figures are answered as they stand in the passage cited', () => {
  for (const [rows, pattern, least] of [[regulations, /^(?:Rp[\d.]+|[\d,]+%|\d\d\.\d\d|Pasal [^;]*)$/, 120], [english, /^(?:[$€£]?[\d,.]+%?|\d{4})$/, 40], [statutes, /^(?:Rp[\d.]+|[\d,]+%|\d+\/\d+)$/, 150]] as const) {
    const figures = rows.filter((row) => pattern.test(splitCitation(row.answer).text));
    expect(figures.length).toBeGreaterThan(least);
    for (const row of figures) expect(cited(row)).toContain(splitCitation(row.answer).text);
  }
});

test('every answer cites a passage that was shown, and no refusal does', () => {
  for (const row of [...regulations, ...english, ...statutes]) {
    if (refused(row)) expect(splitCitation(row.answer).cited).toBeNull();
    else expect(cited(row)).not.toBe('');
  }
  for (const place of [1, 2, 3]) expect(regulations.filter(({ answer }) => answer.endsWith(` [${place}]`)).length).toBeGreaterThan(5);
});

test('short English answers stand word for word in the passage cited, when the question is English too', () => {
  const short = english.filter((row) => row.language === 'en' && !refused(row) && !/\. \[\d\]$/.test(row.answer));
  expect(short.length).toBeGreaterThan(200);
  for (const row of short) expect(cited(row)).toContain(splitCitation(row.answer).text);
});

test('about three in ten are refused', () => {
  for (const rows of [regulations, english]) {
    const share = rows.filter(refused).length / rows.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.38);
  }
});

test('only what no passage says of the subject is refused', () => {
  let checked = 0;
  for (const row of regulations.filter(refused)) {
    const fact = factAsked(row.question);
    const asked = TOPICS.flatMap(({ variants }) => variants).filter(({ id, en }) => row.question.includes(id) || row.question.includes(en));
    // Asked of another subject, whose figure may well be there.
    if (!fact || asked.some(({ id }) => !textOf(row).includes(id))) continue;
    checked += 1;
    for (const pattern of fact.sentences) {
      const fixed = pattern.split(/\{\w\}/).filter((part) => part.trim() !== '').map((part) => part.trim());
      for (const sentence of row.passages.flatMap(({ text }) => text.split(/\.\s/))) {
        expect(fixed.every((part) => sentence.includes(part)), `${row.question} ${sentence}`).toBe(false);
      }
    }
  }
  expect(checked).toBeGreaterThan(20);
});

test('a statute is asked only what its passages say, and says of a thing either yes or no', () => {
  let [denied, affirmed, checked] = [0, 0, 0];
  for (const row of statutes) {
    const [, thing, levy] = /^(?:Ya|Tidak), (.+?) (?:tidak )?dikenai (\w+)/.exec(row.answer) ?? [];
    if (thing) {
      // The sentence of that levy which names the thing.
      const sentence = cited(row).split(/\.\s/).find((each) => each.toLowerCase().includes(thing) && each.includes(levy))!;
      const free = new RegExp(`(?:tidak dikenai|dibebaskan dari|bukan objek) ${levy}`).test(sentence);
      expect(row.answer.startsWith(free ? 'Tidak' : 'Ya'), row.answer).toBe(true);
      if (free) denied += 1;
      else affirmed += 1;
    }
    // Refused: no levy that is there was asked what its passages say; one asked by a name that stands nowhere is a stranger.
    if (refused(row) && /bunga|interest/i.test(row.question)) {
      checked += 1;
      const asked = row.passages.filter(({ text }) => [...text.matchAll(/membayar (\w+) dikenai bunga/g)].some(([, short]) => row.question.includes(short)));
      expect(asked).toEqual([]);
    }
  }
  expect(Math.min(denied, affirmed)).toBeGreaterThan(10);
  expect(checked).toBeGreaterThan(3);
});

test('nothing is about taxes', () => {
  for (const row of [...regulations, ...english, ...statutes]) expect(JSON.stringify(row)).not.toMatch(/pajak|\btax|ppn|pph|npwp|ptkp|\bspt\b|\bpkp\b|umkm|\bdjp\b|\bvat\b/i);
});

test('no question of a workspace, and no five words of its answers with a figure, stand in the material', async () => {
  const { questions, runs } = await workspaceFacts();
  const rows = [...regulations, ...english, ...statutes];
  expect(rows.filter(({ question }) => questions.has(plainQuestion(question)))).toEqual([]);
  expect(rows.flatMap((row) => runsOf(`${textOf(row)} ${row.answer}`)).filter((run) => runs.has(run))).toEqual([]);
});

test('contexts are short, rows differ, and the seed alone decides', () => {
  for (const rows of [regulations, english, statutes]) {
    expect(new Set(rows.map((row) => `${row.question}\n${textOf(row)}`)).size).toBe(rows.length);
    for (const { passages } of rows) expect(contextWords(passages)).toBeLessThanOrEqual(260);
  }
  expect(readerMaterial(20, seededRandom(7))).toEqual(regulations.slice(0, 20));
  expect(statuteMaterial(20, seededRandom(7))).toEqual(statutes.slice(0, 20));
  expect(readerMaterial(20, seededRandom(8))).not.toEqual(regulations.slice(0, 20));
  expect(englishMaterial(20, seededRandom(7))).toEqual(english.slice(0, 20));
  expect(englishMaterial(20, seededRandom(8))).not.toEqual(english.slice(0, 20));
});

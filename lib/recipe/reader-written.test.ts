import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { plainQuestion } from '../finetune/dataset.ts';
import { seededRandom } from '../finetune/random.ts';
import { splitCitation } from '../prompt/citation.ts';
import { REFUSAL } from '../prompt/refusal.ts';
import { contextWords, wordCount } from './reader-row.ts';
import { ARTICLES, GUIDES, writtenArticleRows, writtenArticles, writtenGuideRows, writtenTydiQuestions, writtenTydiRows, type Article, type ArticleKind, type WrittenQuestions } from './reader-written.ts';
import { runsOf, workspaceFacts } from './workspace-facts.fixture.ts';

const english = await writtenArticles('english-articles');
const rules = await writtenArticles('indonesian-rules');
const articles = (await Promise.all((Object.keys(ARTICLES) as ArticleKind[]).map(writtenArticles))).flat();
const questions = await writtenTydiQuestions();
const plain = (text: string): string => text.replace(/\s+/g, ' ');

/** As whole words, wherever it stands. */
function standsIn(passage: string, answer: string): boolean {
  const part = /[\p{L}\p{N}]/u;
  for (let at = passage.indexOf(answer); at >= 0; at = passage.indexOf(answer, at + 1)) {
    if (!part.test(passage.charAt(at - 1)) && !part.test(passage.charAt(at + answer.length))) return true;
  }
  return false;
}

test('answers stand in their article, word for word', () => {
  expect(articles.length).toBeGreaterThan(1700);
  for (const { title, passage, answerable, unanswerable } of articles) {
    expect(answerable.length, title).toBeGreaterThan(0);
    for (const { answer } of answerable) expect(standsIn(plain(passage), plain(answer)), `${title}: ${answer}`).toBe(true);
    expect(wordCount(passage), title).toBeLessThanOrEqual(260);
    expect(unanswerable.length, title).toBeGreaterThan(0);
  }
  expect(new Set(articles.map(({ passage }) => passage)).size).toBe(articles.length);
});

/** Every question of a passage, in whichever language. */
const asked = ({ answerable, unanswerable, inOwnWords = [], unanswerableInEnglish = [] }: WrittenQuestions & Partial<Pick<Article, 'inOwnWords' | 'unanswerableInEnglish'>>): string[] =>
  [...[...answerable, ...inOwnWords].map(({ question }) => question), ...unanswerable, ...unanswerableInEnglish].map(plainQuestion);

test('no question is answered and refused of the same passage', () => {
  for (const source of [...articles, ...questions]) {
    const all = asked(source);
    expect(new Set(all).size, all.join(' | ')).toBe(all.length);
  }
});

test('subjects of XQuAD, which is measured on, are left out', () => {
  const measured = /super bowl|warsaw|normans?\b|tesla|martin luther|southern california|huguenot|steam engine|\boxygen|1973 oil|apollo program|european union law|amazon rainforest|ctenophora|fresno|packet switching|black death|newcastle upon tyne|victoria and albert|american broadcasting|genghis|yuan dynasty|immune system|civil disobedience|harvard|jacksonville|doctor who|university of chicago|\bkenya|chloroplast|prime number|\brhine\b|scottish parliament|islamism|methodist|french and indian war/i;
  for (const { title } of articles) expect(title).not.toMatch(measured);
});

test('no question of a workspace, and no five words of its answers with a figure, stand among them', async () => {
  const { questions: theirs, runs } = await workspaceFacts();
  expect(Math.min(theirs.size, runs.size)).toBeGreaterThan(500);
  const written = [...articles, ...questions];
  expect(written.flatMap(asked).filter((question) => theirs.has(question))).toEqual([]);
  const texts = [...articles.map(({ passage }) => passage), ...written.flatMap((each) => [...each.answerable, ...('inOwnWords' in each ? each.inOwnWords : [])]).map(({ question, answer }) => `${question} ${answer}`)];
  expect(texts.flatMap(runsOf).filter((run) => runs.has(run))).toEqual([]);
});

const data = questions.slice(0, 40).map(({ id }, index) => ({ context: `Kota Nomor ${index} didirikan pada tahun ${1500 + index}.`, qas: [{ id, question: `Kapan Kota Nomor ${index} berdiri?`, answers: [{ text: String(1500 + index), answer_start: 0 }] }] }));

test("the set's own question stands beside those written on its paragraph, and all are asked of the same text", () => {
  const chosen = questions.slice(0, 40);
  const rows = writtenTydiRows(data, chosen, 1, 0.12, seededRandom(1));
  expect(rows).toHaveLength(chosen.reduce((sum, { answerable, unanswerable }) => sum + 1 + answerable.length + unanswerable.length, 0));
  const own = rows.filter(({ question }) => question.startsWith('Kapan Kota Nomor'));
  expect(own).toHaveLength(40);
  for (const { answer, passages, question } of own) {
    const { text, cited } = splitCitation(answer, passages.length);
    expect(passages[cited! - 1].text).toBe(`Kota Nomor ${Number(text) - 1500} didirikan pada tahun ${text}.`);
    expect(question).toContain(`Nomor ${Number(text) - 1500} `);
  }
  expect(new Set(rows.map(({ passages }) => passages)).size).toBe(40);
  expect(rows.some(({ passages }) => passages.length === 2)).toBe(true);
  expect(rows.filter(({ answer }) => answer === REFUSAL.id)).toHaveLength(chosen.reduce((sum, { unanswerable }) => sum + unanswerable.length, 0));
});

test('fewer are refused where fewer are wanted, and long paragraphs are left out', () => {
  const refused = (share: number): number => writtenArticleRows(english, share, 0.12, seededRandom(1)).filter(({ answer }) => answer === REFUSAL.en).length;
  const all = english.reduce((sum, { unanswerable }) => sum + unanswerable.length, 0);
  expect(refused(1)).toBe(all);
  expect(refused(0)).toBe(0);
  expect(refused(0.5) / all).toBeCloseTo(0.5, 1);
  expect(writtenTydiRows(data, questions.slice(0, 40), 1, 0.12, seededRandom(1), 6)).toEqual([]);
  for (const { passages } of writtenArticleRows(english, 1, 0.12, seededRandom(1))) if (passages.length > 1) expect(contextWords(passages)).toBeLessThanOrEqual(260);
});

test('rows are in the language of their question, and refuse in it', () => {
  const rows = writtenArticleRows(rules, 1, 0.12, seededRandom(1));
  const count = (of: (article: Article) => number): number => rules.reduce((sum, article) => sum + of(article), 0);
  expect(rows.filter(({ answer }) => answer === REFUSAL.id)).toHaveLength(count(({ unanswerable }) => unanswerable.length));
  expect(rows.filter(({ answer }) => answer === REFUSAL.en)).toHaveLength(count(({ unanswerableInEnglish }) => unanswerableInEnglish.length));
  const english = count(({ unanswerableInEnglish, inOwnWords }) => unanswerableInEnglish.length + inOwnWords.filter(({ language }) => language === 'en').length);
  expect(english).toBeGreaterThan(500);
  expect(rows.filter(({ language }) => language === 'en')).toHaveLength(english);
});

test('the sections of a guide are shown together, in either order, and each answers its own questions', async () => {
  const sections = await writtenArticles(GUIDES);
  const sectionsOf = (title: string): string[] => sections.filter((section) => section.title === title).map(({ passage }) => passage);
  const rows = writtenGuideRows(sections, 1, seededRandom(1), (shown) => contextWords(shown) <= 205);
  expect(rows).toHaveLength(sections.reduce((sum, section) => sum + asked(section).length, 0));
  const together = rows.filter(({ passages }) => passages.length > 1);
  expect(together.length / rows.length).toBeGreaterThan(0.5);
  for (const { passages: [{ documentTitle, text }, other] } of together) {
    expect(other.documentTitle).toBe(documentTitle);
    expect(sectionsOf(documentTitle)).toEqual(expect.arrayContaining([text, other.text]));
  }
  const first = new Set(sections.filter((_, index) => index % 2 === 0).map(({ passage }) => passage));
  const inOrder = together.filter(({ passages: [{ text }] }) => first.has(text)).length / together.length;
  expect(inOrder).toBeGreaterThan(0.35);
  expect(inOrder).toBeLessThan(0.65);
  for (const { passage, answerable, unanswerable } of sections) {
    for (const { question, answer } of answerable) {
      const row = rows.find((found) => found.question === question && found.passages.some(({ text }) => text === passage))!;
      const { text, cited } = splitCitation(row.answer, row.passages.length);
      expect([text, row.passages[cited! - 1].text]).toEqual([answer, passage]);
    }
    for (const question of unanswerable) expect(rows.find((found) => found.question === question)!.answer).toBe(REFUSAL.id);
  }
});

test('a passage stands alone where none is wanted beside it', () => {
  const shown = (accompanied: number): number => writtenArticleRows(rules, 0, accompanied, seededRandom(1)).filter(({ passages }) => passages.length > 1).length;
  expect(shown(0)).toBe(0);
  expect(shown(0.6)).toBeGreaterThan(2 * shown(0.12));
});

test('passages with planted words are asked both ways, and are not those that measure what gets through', async () => {
  const planted = [...(await writtenArticles('planted-english')), ...(await writtenArticles('planted-indonesian'))];
  expect(planted.length).toBeGreaterThan(100);
  const tested = (await readFile(path.join(import.meta.dirname, 'order-documents.jsonl'), 'utf8')).toLowerCase();
  for (const { title, unanswerable, answerable } of planted) {
    expect(unanswerable.length, title).toBeGreaterThan(0);
    expect(answerable.length, title).toBeGreaterThan(0);
    expect(tested).not.toContain(`"${title.toLowerCase()}"`);
  }
});

test('an answer of the set is taught without the marks around it, and not at all when it is too long', () => {
  const [{ id }] = questions;
  const own = (text: string): string[] => writtenTydiRows([{ context: `Ia lahir di ${text} pada tahun 1901.`, qas: [{ id, question: 'Di mana ia lahir?', answers: [{ text, answer_start: 0 }] }] }], [{ id, answerable: [], unanswerable: [] }], 1, 0.12, seededRandom(1)).map(({ answer }) => splitCitation(answer, 1).text);
  expect(own('\u200e Surabaya,')).toEqual(['Surabaya']);
  expect(own(Array(41).fill('kata').join(' '))).toEqual([]);
});

test('a question that the data does not have is named', () => {
  expect(() => writtenTydiRows([], [{ id: 'indonesian-0', answerable: [], unanswerable: ['Siapa?'] }], 1, 0.12, seededRandom(1))).toThrow('"indonesian-0"');
});

/** Training examples from a question-answering set in SQuAD's format, as TyDi QA GoldP comes: answered, misled, and altered so that they cannot be answered. */
import MiniSearch from 'minisearch';
import type { z } from 'zod';
import type { Language } from '../answer/events.ts';
import { shuffled, type Random } from '../finetune/random.ts';
import { sentences } from '../retrieve/sentences.ts';
import { alteredQuestion, interrogative, NamePool, type Alteration } from './reader-alterations.ts';
import { QuestionForms } from './reader-relations.ts';
import { readerRow, untitled, wordCount, type ReaderRow } from './reader-row.ts';
import { inEnglish } from './reader-translations.ts';
import { answeredParagraphs } from './squad.ts';

interface Source {
  readonly article: number;
  readonly question: string;
  readonly answer: string;
  /** The paragraph, cut to about 200 words around the answer where it is longer. */
  readonly passage: string;
}

/** Longer answers are whole lists and sentences: they teach little and cost the most. */
const LONGEST_ANSWER_WORDS = 40;
const LONGEST_PASSAGE_WORDS = 200;
/** How often changing what is asked stands among the eleven other kinds of alteration. */
const RELATIONS_AMONG_KINDS = 6;
/** Other passages beside the right one are cut to this, so that three of them are not the most of what is trained. */
const LONGEST_OTHER_WORDS = 75;

export interface Shares {
  /** How many questions of the shuffled set to leave out at its beginning: those of an earlier round. */
  readonly from?: number;
  /** Share of the answered rows that are asked in English where the question is of a known form. Default: none. */
  readonly inEnglish?: number;
  /** Words a passage is cut to around its answer. Default: 200. */
  readonly longestPassage?: number;
  /** Whether questions are left out whose answer is not of the kind they ask for, and altered ones may ask what other questions ask, or in English. Default: no. */
  readonly strict?: boolean;
  /** Rows that are answered from the right passage alone. */
  readonly alone: number;
  /** Rows that are answered from the right passage among one to three others. */
  readonly among: number;
  /** Rows whose question was altered; the passage is the one that answered the question before. */
  readonly altered: number;
  /** Rows whose passages are only like the right one. */
  readonly misled: number;
}

/** Rows of the kinds in the numbers asked for, or fewer where the set has too few. */
export function tydiRows(data: unknown, shares: Shares, random: Random): ReaderRow[] {
  const { questions: all, passages } = readSources(answeredParagraphs.parse(data), shares.longestPassage ?? LONGEST_PASSAGE_WORDS, random);
  const questions = shares.strict ? all.filter(({ question, answer }) => answersItsKind(question, answer)) : all;
  const search = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] });
  search.addAll(passages);
  const pool = new NamePool(questions.map(({ question }) => question));
  const further = shares.strict ? new QuestionForms(questions.map(({ question }) => question), pool).anotherRelation : null;
  /** Passages of other paragraphs that look most like an answer: what a wrong retrieval brings. */
  const misleading = (source: Source, count: number): string[] =>
    search.search(source.question).slice(0, 12).map(({ id }) => passages[id as number])
      .filter(({ article, text }) => article !== source.article && !text.toLowerCase().includes(source.answer.toLowerCase()) && !mayAnswer(source.question, text, pool))
      .slice(0, count).map(({ text }) => shortened(text, LONGEST_OTHER_WORDS, random));

  const order = shuffled(questions, random).slice(shares.from ?? 0);
  const rows: ReaderRow[] = [];
  for (const source of order.slice(0, shares.alone)) rows.push(answeredAmong(source, [], random, shares.inEnglish));
  for (const source of order.slice(shares.alone, shares.alone + shares.among)) {
    const draw = random();
    rows.push(answeredAmong(source, misleading(source, draw < 0.55 ? 1 : draw < 0.85 ? 2 : 3), random, shares.inEnglish));
  }
  // Altered questions are of passages whose own question is answered in another row: only the question tells them apart.
  const beside = shuffled(order.slice(0, shares.alone + shares.among), random);
  for (const source of beside) {
    if (rows.length === shares.alone + shares.among + shares.altered) break;
    const altered = alteredQuestion(source, pool, random, further ? Array<Alteration>(RELATIONS_AMONG_KINDS).fill(further) : []);
    if (!altered) continue;
    const others = random() < 0.12 ? misleading(source, 1) : [];
    const { question, language } = asked(altered, random, shares.strict ? shares.inEnglish : 0);
    rows.push(readerRow(question, '', language, shuffled([source.passage, ...others].map(untitled), random), null));
  }
  for (const source of shuffled(order, random).slice(0, shares.misled)) {
    const others = misleading(source, random() < 0.7 ? 1 : 2);
    if (others.length > 0) rows.push(readerRow(source.question, '', 'id', others.map(untitled), null));
  }
  return rows;
}

/** Whether a passage speaks of the question's name and also of what is asked of it: then it may answer in other words. */
function mayAnswer(question: string, passage: string, pool: NamePool): boolean {
  const name = pool.nameIn(question) ?? '';
  const there = passage.toLowerCase();
  const has = (words: readonly string[]): boolean[] => words.map((word) => there.includes(word.slice(0, 5)));
  const relation = question.replace(name, ' ').toLowerCase().match(/\p{L}{4,}/gu)?.filter((word) => !/^(?:apakah|siapa|kapan|berapa|dimana|mana|yang|dari|nama|pada|dalam|tahun)/.test(word)) ?? [];
  return has(name.toLowerCase().split(/\s+/)).every(Boolean) && (relation.length === 0 || has(relation).some(Boolean));
}

/** In English with the probability `english`, where the question is of a known form. */
function asked(question: string, random: Random, english = 0): { question: string; language: Language } {
  const translated = english > 0 && random() < english ? inEnglish(question) : null;
  return translated ? { question: translated, language: 'en' } : { question, language: 'id' };
}

const MONTHS = 'januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember';
const TIME = new RegExp(`\\d|abad|tahun|hari|bulan|minggu|jam|menit|masa|zaman|${MONTHS}|ketika|saat|setelah|sejak`, 'i');
const NUMBER = /\d|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas|puluh|ratus|ribu|juta|setengah|seper|banyak|tunggal|seorang/i;
const DATE_ALONE = new RegExp(`^(?:tanggal |tahun |pada )*\\d{0,2} ?(?:${MONTHS})? ?\\d{0,4}$`, 'i');

/** Whether an answer is a time, a number, a name where one is asked for: some of the set's are not, and teach to answer with whatever is there. */
export function answersItsKind(question: string, answer: string): boolean {
  switch (interrogative(question)) {
    case 'kapan': return TIME.test(answer);
    case 'berapa': return NUMBER.test(answer);
    case 'siapa': return /\p{Lu}/u.test(answer) && !DATE_ALONE.test(answer);
    case 'mana': case 'apa': return !DATE_ALONE.test(answer) || /tahun|tanggal|nomor|angka|kode|tingkat/i.test(question);
    default: return true;
  }
}

function answeredAmong(source: Source, others: readonly string[], random: Random, english = 0): ReaderRow {
  const right = untitled(source.passage);
  const { question, language } = asked(source.question, random, english);
  return readerRow(question, source.answer, language, shuffled([right, ...others.map(untitled)], random), right);
}

function readSources(all: z.output<typeof answeredParagraphs>, longestPassage: number, random: Random): { questions: Source[]; passages: { id: number; article: number; text: string }[] } {
  const questions = new Map<string, Source>();
  const passages: { id: number; article: number; text: string }[] = [];
  for (const [article, { context, qas }] of all.entries()) {
    passages.push({ id: article, article, text: context });
    for (const { question, answers: [{ text, answer_start: start }] } of qas) {
      const answer = taughtAnswer(text);
      if (answer === null) continue;
      const passage = around(context, start, start + text.length, longestPassage, random);
      questions.set(`${question.toLowerCase().replace(/\W+/g, ' ').trim()}`, { article, question: question.trim(), answer, passage });
    }
  }
  return { questions: [...questions.values()], passages };
}

/** An answer of the set without the marks around it; null where nothing is left or it is too long to teach. */
export function taughtAnswer(text: string): string | null {
  const answer = text.replace(/^[\s\u200e;,]+|[\s\u200e;,]+$/g, '');
  return answer === '' || wordCount(answer) > LONGEST_ANSWER_WORDS ? null : answer;
}

/** Whole sentences around a span, up to a number of words; more before or more after it, as it falls. */
export function around(text: string, start: number, end: number, most: number, random: Random): string {
  if (wordCount(text) <= most) return text;
  const spans = sentences(text);
  let first = Math.max(0, spans.findLastIndex((span) => span.start <= start));
  let last = Math.max(first, spans.findIndex((span) => span.end >= end));
  const words = (from: number, to: number): number => wordCount(text.slice(spans[from].start, spans[to].end));
  for (let before = random() < 0.5; ; before = random() < 0.5) {
    const [earlier, later] = [first > 0 && words(first - 1, last) <= most, last < spans.length - 1 && words(first, last + 1) <= most];
    if (!earlier && !later) return text.slice(spans[first].start, spans[last].end).trim();
    if (earlier && (before || !later)) first -= 1;
    else last += 1;
  }
}

function shortened(text: string, most: number, random: Random): string {
  const middle = Math.floor(random() * text.length * 0.5);
  return around(text, middle, middle, most, random);
}

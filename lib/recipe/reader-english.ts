/**
 * English reading material of our own: paragraphs on invented companies, bridges, treaties and the like, and questions in both
 * languages. A question goes unanswered when its fact was left out of the paragraph, is told of another subject, when it assumes
 * something the paragraph denies, or when it asks what is never told.
 */
import type { Language } from '../answer/events.ts';
import { shuffled, type Random } from '../finetune/random.ts';
import type { PromptPassage } from '../prompt/rag.ts';
import { capital, pick } from './reader-names.ts';
import { contextWords, readerRow, type ReaderRow } from './reader-row.ts';
import type { Subject } from './reader-subject.ts';
import { PEOPLE_SUBJECTS } from './reader-subjects-people.ts';
import { THING_SUBJECTS } from './reader-subjects-things.ts';
import type { Words } from './reader-topics.ts';

const INDONESIAN_QUESTION = 0.25;
const EXPLAIN = 0.12;
/** Shares of contexts of two and of three paragraphs. */
const TWO = 0.2;
const THREE = 0.06;
const MOST_WORDS = 260;

/** "Before 2015" with another year than the text's may still be answered by it. */
const SPAN_OF_TIME = /\b(?:since|before|until|sejak|sebelum|sampai)\b/i;

const SUBJECTS: readonly Subject[] = [...PEOPLE_SUBJECTS, ...THING_SUBJECTS];

interface Paragraph {
  readonly subject: Subject;
  readonly name: Words;
  readonly values: Readonly<Record<string, Words>>;
  /** Slots that the text tells. */
  readonly told: ReadonlySet<string>;
  readonly passage: PromptPassage;
}

const slotsOf = (pattern: string): string[] => [...pattern.matchAll(/\{(\w{2,})\}/g)].map((match) => match[1]);

function fill(pattern: string, subject: Subject, name: Words, values: Paragraph['values'], language: Language): string {
  const known: Readonly<Record<string, string>> = { s: name[language], n: subject.noun, N: capital(subject.noun) };
  return capital(pattern.replace(/\{(\w+)\}/g, (_, slot: string) => known[slot] ?? values[slot][language]));
}

function paragraph(subject: Subject, random: Random): Paragraph {
  const name = subject.name(random);
  const values: Record<string, Words> = {};
  const taken = new Set<string>([name.en]);
  for (const [slot, draw] of Object.entries(subject.slots)) {
    let value = draw(random);
    for (let attempt = 0; taken.has(value.en) && attempt < 20; attempt++) value = draw(random);
    taken.add(value.en);
    values[slot] = value;
  }
  const keep = 0.55 + random() * 0.45;
  const patterns = subject.sentences.filter((_, index) => index === 0 || random() < keep);
  if (random() < 0.3) patterns.push(...shuffled(patterns.splice(1), random));
  const text = patterns.map((pattern) => fill(pattern, subject, name, values, 'en')).join(' ');
  return { subject, name, values, told: new Set(patterns.flatMap(slotsOf)), passage: { documentTitle: random() < 0.3 ? name.en : '', text } };
}

/** A question whose other slots are told; `null` where there is none of that kind. */
type Ask = (about: Paragraph, others: readonly Paragraph[], language: Language, random: Random) => { question: string; answer: string } | null;

const asksOnlyTold = (pattern: string, about: Paragraph, others: readonly Paragraph[]): boolean =>
  slotsOf(pattern).every((slot) => about.told.has(slot)) && (others.length === 0 || pattern.includes('{s}'));

const forSlots = (wanted: (slot: string, about: Paragraph) => boolean): Ask => (about, others, language, random) => {
  const slot = pick(Object.keys(about.subject.questions).filter((candidate) => wanted(candidate, about)), random);
  const patterns = slot === undefined ? [] : about.subject.questions[slot][language].filter((pattern) => asksOnlyTold(pattern, about, others));
  if (patterns.length === 0) return null;
  return { question: fill(pick(patterns, random), about.subject, about.name, about.values, language), answer: about.values[slot][language] };
};

const told: Ask = forSlots((slot, about) => about.told.has(slot));
const leftOut: Ask = forSlots((slot, about) => !about.told.has(slot));

const explained: Ask = (about, _others, language, random) => {
  const possible = about.subject.explain.filter(({ needs }) => needs.every((slot) => about.told.has(slot)));
  if (possible.length === 0) return null;
  const [question, answer] = pick(pick(possible, random)[language], random);
  const say = (pattern: string): string => fill(pattern, about.subject, about.name, about.values, language);
  return { question: say(question), answer: say(answer) };
};

const ofAnother: Ask = (about, others, language, random) => {
  const another = { ...about, name: about.subject.name(random) };
  const asked = told(another, others, language, random);
  return asked && asked.question.includes(another.name[language]) ? asked : null;
};

const wronglyAssumed: Ask = (about, _others, language, random) => {
  const patterns = Object.entries(about.subject.questions).filter(([slot]) => about.told.has(slot)).flatMap(([, questions]) => questions[language])
    .filter((pattern) => slotsOf(pattern).length > 0 && slotsOf(pattern).every((slot) => about.told.has(slot)) && !SPAN_OF_TIME.test(pattern));
  if (patterns.length === 0) return null;
  const pattern = pick(patterns, random);
  const slot = pick(slotsOf(pattern), random);
  const wrong = about.subject.slots[slot](random);
  if (about.passage.text.includes(wrong.en)) return null;
  return { question: fill(pattern, about.subject, about.name, { ...about.values, [slot]: wrong }, language), answer: '' };
};

const neverTold: Ask = (about, _others, language, random) =>
  ({ question: fill(pick(about.subject.never[language], random), about.subject, about.name, about.values, language), answer: '' });

/** `count` different rows, about the share `unanswered` of them refused; the same random source gives the same ones. */
export function englishMaterial(count: number, random: Random, unanswered = 0.3): ReaderRow[] {
  const rows = new Map<string, ReaderRow>();
  while (rows.size < count) {
    const subject = pick(SUBJECTS, random);
    const about = paragraph(subject, random);
    const draw = random();
    const others = Array.from({ length: draw < THREE ? 2 : draw < THREE + TWO ? 1 : 0 }, () => paragraph(random() < 0.75 ? subject : pick(SUBJECTS, random), random));
    const shown = shuffled([about, ...others], random).map(({ passage }) => passage);
    if (contextWords(shown) > MOST_WORDS) continue;
    for (let turn = 0; turn < 2 && rows.size < count; turn++) {
      const language: Language = random() < INDONESIAN_QUESTION ? 'id' : 'en';
      const unanswerable = random() < unanswered;
      const kind = unanswerable ? pick([leftOut, leftOut, ofAnother, wronglyAssumed, wronglyAssumed, neverTold], random) : random() < EXPLAIN ? explained : told;
      const asked = kind(about, others, language, random);
      if (!asked) continue;
      const row = readerRow(asked.question, asked.answer, language, shown, unanswerable ? null : about.passage);
      rows.set([row.question, ...shown.map(({ text }) => text)].join('\n'), row);
    }
  }
  return [...rows.values()];
}

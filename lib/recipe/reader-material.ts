/**
 * Training examples for reading, of our own making: invented regulations with a figure or a condition in every sentence,
 * and questions for one of them, so that the reader learns to choose the right figure and to answer shortly.
 */
import type { Language } from '../answer/events.ts';
import { shuffled } from '../finetune/random.ts';
import type { Random } from '../finetune/random.ts';
import type { PromptPassage } from '../prompt/rag.ts';
import { amendment } from './reader-amendments.ts';
import { FACTS, RULES } from './reader-facts.ts';
import { capital, pick } from './reader-names.ts';
import { contextWords, readerRow, wordCount, type ReaderRow } from './reader-row.ts';
import { TOPICS, TOWNS } from './reader-topics.ts';
import type { Topic, Words } from './reader-topics.ts';

const ENGLISH = 0.35;
const UNANSWERABLE = 0.3;
/** Shares of contexts of two and of three passages. */
const TWO = 0.3;
const THREE = 0.1;
const AMENDED = 0.45;
/** Figures take many tokens: more words than this may not fit the trainer's 512. */
const LONGEST_CONTEXT_WORDS = 210;
const SHORTEST_PASSAGE_WORDS = 50;
const LONGEST_PASSAGE_WORDS = 130;

type Questions = { readonly id: readonly string[]; readonly en: readonly string[] };

/** What one sentence of a passage says; its answers in both languages. */
interface Statement {
  readonly kind: string;
  readonly about: Words;
  readonly variant: Words;
  readonly questions: Questions;
  readonly answer: Words;
  /** The value alone, for comparing two variants. */
  readonly value?: Words;
  readonly article?: string;
  readonly sentence: string;
}

interface Document {
  readonly topic: Topic;
  readonly variants: readonly Words[];
  readonly abbreviated: boolean;
  readonly statements: readonly Statement[];
  readonly passage: PromptPassage;
}

const fill = (pattern: string, slots: Readonly<Record<string, string>>): string => capital(pattern.replace(/\{(\w)\}/g, (_, slot: string) => slots[slot]));

/** "izin parkir untuk mobil", "parking permit for cars"; the variant is left out where there is no choice. */
function subject(topic: Topic, variant: Words | undefined, language: Language, random: Random, abbreviated: boolean): string {
  const name = abbreviated && random() < 0.4 ? topic.short : topic.name[language];
  if (!variant) return name;
  const repeats = topic.name.id.split(' ').some((part) => variant.id.split(' ').includes(part));
  return language === 'en' ? `${name} for ${variant.en}` : `${name} ${repeats || random() < 0.6 ? 'untuk ' : ''}${variant.id}`;
}

/** A passage of about `size` facts on one or two variants of a topic; no figure stands in `taken`, and its own join it. */
function makeDocument(topic: Topic, variants: readonly Words[], size: number, taken: Set<string>, random: Random): Document {
  const town = pick(TOWNS, random);
  const abbreviated = random() < 0.3;
  const statements: Statement[] = [];
  let article = 2 + Math.floor(random() * 30);
  const cite = (): string | undefined => (random() < 0.6 ? `Pasal ${(article += 1)}${random() < 0.6 ? ` ayat (${1 + Math.floor(random() * 5)})` : ''}` : undefined);
  const parts: string[] = [];
  const add = (statement: Omit<Statement, 'sentence' | 'article'>, pattern: string, label: string, value: string): void => {
    const named = subject(topic, variants.length > 1 || random() < 0.6 ? statement.variant : undefined, 'id', random, abbreviated);
    const reference = cite();
    const sentence = `${fill(pattern, { s: named, h: topic.holder.id, v: value })}${reference ? ` (${reference})` : ''}.`;
    parts.push(`${random() < 0.15 ? `${label}: ` : ''}${sentence}`);
    statements.push({ ...statement, sentence, article: reference });
  };
  for (const fact of shuffled(FACTS, random).slice(0, variants.length > 1 ? Math.ceil(size / 2) : size)) {
    for (const variant of variants) {
      let value = fact.value(random);
      for (let attempt = 0; taken.has(value.id) && attempt < 30; attempt++) value = fact.value(random);
      taken.add(value.id);
      const say = (language: Language): string => (fact.answers ? fact.answers[language].replace('{v}', value[language]) : value[language]);
      add({ kind: fact.about.id, about: fact.about, variant, questions: fact.questions, answer: { id: say('id'), en: say('en') }, value: fact.answers ? undefined : value }, pick(fact.sentences, random), fact.label, value.id);
    }
  }
  const rule = pick(RULES, random);
  if (variants.length === 1 || random() < 0.5) {
    const outcome = random() < 0.5 ? rule.allowed : rule.forbidden;
    const variant = pick(variants, random);
    add({ kind: rule.about.id, about: rule.about, variant, questions: rule.questions, answer: outcome }, outcome.sentence, 'Ketentuan lain', '');
  }
  if (random() < AMENDED) {
    const variant = pick(variants, random);
    const { sentence, asked } = amendment(subject(topic, variant, 'id', random, abbreviated), taken, random);
    parts.push(sentence);
    // Asked for less often than what sentences of their own say.
    for (const { about, questions, answer } of shuffled(asked, random).slice(0, 2)) statements.push({ kind: about.id, about, variant, questions, answer, sentence });
  }
  const known = abbreviated ? ` (${topic.short})` : '';
  const opening = `${capital(topic.name.id)}${known} ${variants.map(({ id }) => `untuk ${id}`).join(' dan ')} di ${town} diatur oleh ${topic.office}.`;
  const documentTitle = random() < 0.6 ? pick([capital(topic.name.id), `Peraturan ${topic.name.id}`, `${capital(topic.name.id)} di ${town}`], random) : '';
  return { topic, variants, abbreviated, statements, passage: { documentTitle, text: `${opening} ${parts.join(' ')}` } };
}

/** Passages to read from, the first of them the one that is asked about. */
function makeContext(random: Random): Document[] {
  const topic = pick(TOPICS, random);
  const variants = shuffled(topic.variants, random);
  const draw = random();
  const others = draw < THREE ? 2 : draw < THREE + TWO ? 1 : 0;
  const taken = new Set<string>();
  const both = random() < 0.35;
  const size = (): number => (others === 2 ? 3 : 4 + Math.floor(random() * 3));
  const documents = [makeDocument(topic, variants.slice(0, both ? 2 : 1), size(), taken, random)];
  const unused = variants.slice(both ? 2 : 1);
  while (documents.length <= others) {
    const variant = random() < 0.6 ? unused.shift() : undefined;
    const another = pick(TOPICS.filter((candidate) => candidate !== topic), random);
    documents.push(variant ? makeDocument(topic, [variant], size(), taken, random) : makeDocument(another, [pick(another.variants, random)], size(), taken, random));
  }
  return documents;
}

interface Asked {
  readonly question: string;
  /** `null` where no document says it. */
  readonly answer: string | null;
  readonly language: Language;
}

/** Asks for one statement of the first document, or for what none of them says. */
function ask(documents: readonly Document[], random: Random): Asked {
  const [{ topic, variants, abbreviated, statements }] = documents;
  const language: Language = random() < ENGLISH ? 'en' : 'id';
  const choice = variants.length > 1 || documents.some((document, index) => index > 0 && document.topic === topic) || random() < 0.5;
  const named = (variant: Words): string => subject(topic, choice ? variant : undefined, language, random, abbreviated);
  const word = (questions: Questions, variant: Words): string => fill(pick(questions[language], random), { s: named(variant), h: topic.holder[language] }).replace(/\b([Aa]) (?=[aeio])/g, '$1n ');

  if (random() < UNANSWERABLE) {
    const said = new Set(documents.flatMap((document) => document.statements.map(({ kind }) => kind)));
    const strangers = topic.variants.filter((variant) => !documents.some((document) => document.topic === topic && document.variants.includes(variant)));
    const elsewhere = statements.filter(({ value }) => value);
    // A figure that is there, but for others.
    if (strangers.length > 0 && elsewhere.length > 0 && random() < 0.4) {
      const stranger = subject(topic, pick(strangers, random), language, random, abbreviated);
      return { question: fill(pick(pick(elsewhere, random).questions[language], random), { s: stranger, h: topic.holder[language] }), answer: null, language };
    }
    const missing = pick([...FACTS, ...RULES].filter(({ about }) => !said.has(about.id)), random);
    return { question: word(missing.questions, pick(variants, random)), answer: null, language };
  }
  const statement = pick(statements, random);
  const { kind, about, variant, article, value, sentence } = statement;
  const rival = statements.find((other) => other.kind === kind && other.variant !== variant);
  if (rival?.value && value && random() < 0.2) {
    const name = topic.name[language];
    const [one, two] = [`${variant[language]}: ${value[language]}`, `${rival.variant[language]}: ${rival.value[language]}`];
    return language === 'id'
      ? { question: pick([`Apa perbedaan ${about.id} ${name} untuk ${variant.id} dan ${rival.variant.id}?`, `Bandingkan ${about.id} ${name} ${variant.id} dengan ${rival.variant.id}.`, `Apa bedanya ${about.id} ${name} ${variant.id} dan ${rival.variant.id}?`, `Jelaskan perbedaan ${about.id} ${name} antara ${variant.id} dan ${rival.variant.id}.`], random), answer: `${capital(about.id)} untuk ${one}, sedangkan untuk ${two}.`, language }
      : { question: pick([`What is the difference in ${about.en} of the ${name} between ${variant.en} and ${rival.variant.en}?`, `Compare ${about.en} of the ${name} for ${variant.en} and for ${rival.variant.en}.`, `How does ${about.en} of the ${name} differ for ${variant.en} and ${rival.variant.en}?`, `Explain how ${about.en} of the ${name} differs between ${variant.en} and ${rival.variant.en}.`], random), answer: `${capital(about.en)} for ${one}, while for ${two}.`, language };
  }
  if (article && random() < 0.06) {
    const of = `${about[language]} ${language === 'id' ? '' : 'of the '}${named(variant)}`;
    return { question: pick(language === 'id' ? [`Pasal berapa yang mengatur ${of}?`, `Di pasal mana diatur ${of}?`, `Apa dasar aturan ${of}?`, `Ketentuan ${of} ada di pasal berapa?`] : [`Which article governs ${of}?`, `Which article lays down ${of}?`, `What is the legal basis of ${of}?`, `What article contains ${of}?`], random), answer: article, language };
  }
  if (language === 'id' && random() < 0.05) {
    const of = `${about.id} ${named(variant)}`;
    return { question: pick([`Jelaskan ketentuan ${of}.`, `Bagaimana ketentuan ${of}?`, `Apa yang diatur mengenai ${of}?`, `Terangkan aturan tentang ${of}.`], random), answer: sentence.replace(/ \(Pasal [^.]*\)\.$/, '.'), language };
  }
  return { question: word(statement.questions, variant), answer: statement.answer[language], language };
}

/** `count` different examples; the same random source gives the same ones. Contexts hold at most 210 words. */
export function readerMaterial(count: number, random: Random): ReaderRow[] {
  const rows = new Map<string, ReaderRow>();
  while (rows.size < count) {
    const documents = makeContext(random);
    const passages = documents.map(({ passage }) => passage);
    const lengths = passages.map(({ text }) => wordCount(text));
    if (lengths.some((length) => length < SHORTEST_PASSAGE_WORDS || length > LONGEST_PASSAGE_WORDS)) continue;
    if (contextWords(passages) > LONGEST_CONTEXT_WORDS) continue;
    const shown = shuffled(passages, random);
    for (let questions = 0; questions < 2 && rows.size < count; questions++) {
      const { question, answer, language } = ask(documents, random);
      const key = [question.toLowerCase().replace(/\W+/g, ' '), ...shown.map(({ text }) => text)].join('\n');
      if (!rows.has(key)) rows.set(key, readerRow(question, answer ?? '', language, shown, answer === null ? null : passages[0]));
    }
  }
  return [...rows.values()];
}

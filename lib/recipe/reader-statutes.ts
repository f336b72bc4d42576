/**
 * Training examples in the manner of explained statutes, all of them invented: sections of several clauses, each with its figures, limits,
 * exceptions and references, and questions that only one of them answers. The regulations of reader-material.ts state one value a
 * sentence; here a sentence may hold three, and what a question asks may be denied.
 */
import type { Language } from '../answer/events.ts';
import { shuffled, type Random } from '../finetune/random.ts';
import type { PromptPassage } from '../prompt/rag.ts';
import { CLAUSES, drawLevy, type Asked, type Clause, type Levy } from './reader-levies.ts';
import { between, pick } from './reader-names.ts';
import { contextWords, readerRow, type ReaderRow } from './reader-row.ts';
import type { Words } from './reader-topics.ts';

const ENGLISH = 0.25;
const UNANSWERABLE = 0.2;
const COMPARED = 0.06;
const DEFINED = 0.04;
/** Shares of contexts of two and of three passages: what the product's own prompts hold. */
const TWO = 0.55;
const THREE = 0.15;
const LONGEST_CONTEXT_WORDS = 230;

const FALLS_ON: readonly Words[] = [
  { id: 'pemakaian fasilitas umum', en: 'the use of public facilities' }, { id: 'pengambilan hasil alam', en: 'the taking of natural produce' }, { id: 'penyerahan barang kepada pembeli', en: 'the delivery of goods to buyers' },
  { id: 'keuntungan usaha dalam setahun', en: 'the profit of a business in a year' }, { id: 'pengalihan hak atas lahan', en: 'the transfer of rights to land' }, { id: 'dokumen perjanjian', en: 'contracts' }, { id: 'jasa hiburan', en: 'entertainment services' },
];

interface Section {
  readonly levy: Levy;
  readonly fallsOn: Words;
  readonly clauses: readonly Clause[];
  /** Whether the text says what the levy is. */
  readonly defined: boolean;
  readonly passage: PromptPassage;
}

/** A passage of two to four clauses on one levy. */
function section(levy: Levy, fallsOn: Words, size: number, random: Random): Section {
  const kinds = new Set<string>();
  const clauses: Clause[] = [];
  for (const draw of shuffled(CLAUSES, random)) {
    if (clauses.length === size) break;
    const clause = draw(levy, random);
    if (kinds.has(clause.kind)) continue;
    kinds.add(clause.kind);
    clauses.push(clause);
  }
  const law = `UU ${between(1, 48, random)}/${between(1983, 2024, random)}`;
  let article = between(2, 20, random);
  const reference = (): string => {
    article += between(0, 3, random);
    const place = `Pasal ${article}${random() < 0.7 ? ` ayat (${between(1, 6, random)}${random() < 0.15 ? 'a' : ''})` : ''}`;
    return random() < 0.55 ? ` (${random() < 0.4 ? `${law} ` : ''}${place})` : '';
  };
  const defined = random() < 0.5;
  const headings = random() < 0.7;
  const parts = clauses.map(({ heading, sentences }) => `${headings ? `## ${heading}\n` : ''}${sentences.map((sentence) => `${sentence}${reference()}.`).join(' ')}`);
  const opening = defined ? [`${levy.name.id} (${levy.short}) adalah pungutan atas ${fallsOn.id}.`] : [];
  return { levy, fallsOn, clauses, defined, passage: { documentTitle: random() < 0.85 ? levy.name.id : '', text: [...opening, ...parts].join(headings ? '\n' : ' ') } };
}

/** Other clauses of the same levy, or another levy: what a search brings beside the right passage. */
function sections(random: Random): Section[] {
  const draw = random();
  const count = draw < THREE ? 3 : draw < THREE + TWO ? 2 : 1;
  const [levy, fallsOn] = [drawLevy(random), pick(FALLS_ON, random)];
  const size = (): number => (count === 3 ? 2 : between(2, 4, random));
  const all = [section(levy, fallsOn, size(), random)];
  while (all.length < count) {
    if (random() < 0.45) {
      const other = section(levy, fallsOn, size(), random);
      // Two passages of one levy never answer the same question.
      const kinds = new Set(all.filter((each) => each.levy === levy).flatMap(({ clauses }) => clauses.map(({ kind }) => kind)));
      if (other.clauses.every(({ kind }) => !kinds.has(kind))) all.push(other);
    } else {
      const another = drawLevy(random);
      if (all.every(({ levy: { short } }) => short !== another.short)) all.push(section(another, pick(FALLS_ON, random), size(), random));
    }
  }
  return all;
}

interface Row {
  readonly question: string;
  readonly answer: string;
  readonly source: Section | null;
}

/** By its abbreviation, as people do, or by its name where the text gives it. */
function called({ levy, defined, passage }: Section, language: Language, random: Random): string {
  if (language === 'en') return random() < 0.5 && (defined || passage.documentTitle !== '') ? levy.name.en : levy.short;
  return (defined || passage.documentTitle !== '') && random() < 0.3 ? levy.name.id : levy.short;
}

const fill = (question: string, name: string): string => {
  const filled = question.replaceAll('{s}', name);
  return filled[0].toUpperCase() + filled.slice(1);
};

function ask(all: readonly Section[], language: Language, random: Random): Row | null {
  const about = pick(all, random);
  const name = called(about, language, random);
  const draw = random();
  if (draw < UNANSWERABLE) return unanswerable(all, language, random);
  if (draw < UNANSWERABLE + DEFINED) {
    if (!about.defined) return null;
    const { levy, fallsOn } = about;
    return language === 'id'
      ? { question: fill(pick(['Apa itu {s}?', 'Apa yang dimaksud dengan {s}?', 'Jelaskan apa itu {s}.'], random), levy.short), answer: `${levy.short} adalah pungutan atas ${fallsOn.id}.`, source: about }
      : { question: fill(pick(['What is the {s}?', 'Explain what the {s} is.'], random), levy.short), answer: `The ${levy.short} is a charge on ${fallsOn.en}.`, source: about };
  }
  if (draw < UNANSWERABLE + DEFINED + COMPARED) return compared(all, language, random);
  const { questions, answer } = pick(about.clauses.flatMap((clause) => clause.asked), random);
  return { question: fill(pick(questions[language], random), name), answer: answer[language], source: about };
}

/** The difference stands where both are defined in one passage; this adds the other's definition to it. */
function compared([first]: readonly Section[], language: Language, random: Random): Row | null {
  if (!first.defined) return null;
  let other = drawLevy(random);
  while (other.short === first.levy.short) other = drawLevy(random);
  const fallsOn = pick(FALLS_ON.filter((each) => each !== first.fallsOn), random);
  const [one, two] = [first.levy.short, other.short];
  const source: Section = { ...first, passage: { ...first.passage, text: first.passage.text.replace(/\.(?=\s)/, `, sedangkan ${other.name.id} (${two}) dikenakan atas ${fallsOn.id}.`) } };
  return language === 'id'
    ? { question: pick([`Apa perbedaan ${one} dan ${two}?`, `Apa bedanya ${two} dengan ${one}?`, `Jelaskan perbedaan antara ${one} dan ${two}.`, `Di mana letak perbedaan ${one} dan ${two}?`], random), answer: `${one} dikenakan atas ${first.fallsOn.id}, sedangkan ${two} dikenakan atas ${fallsOn.id}.`, source }
    : { question: pick([`What is the difference between the ${one} and the ${two}?`, `How does the ${two} differ from the ${one}?`, `Compare the ${one} and the ${two}.`], random), answer: `The ${one} falls on ${first.fallsOn.en}, while the ${two} falls on ${fallsOn.en}.`, source };
}

/** What no passage says of a levy that is there, or what is said, but of one that is not. */
function unanswerable(all: readonly Section[], language: Language, random: Random): Row | null {
  const about = pick(all, random);
  if (random() < 0.35) {
    let stranger = drawLevy(random);
    while (all.some(({ levy }) => levy.short === stranger.short)) stranger = drawLevy(random);
    const { questions }: Asked = pick(about.clauses.flatMap((clause) => clause.asked), random);
    return { question: fill(pick(questions[language], random), random() < 0.6 ? stranger.short : stranger.name[language]), answer: '', source: null };
  }
  const said = new Set(all.filter(({ levy }) => levy === about.levy).flatMap(({ clauses }) => clauses.map(({ kind }) => kind)));
  const missing = pick(CLAUSES, random)(about.levy, random);
  if (said.has(missing.kind)) return null;
  return { question: fill(pick(pick(missing.asked, random).questions[language], random), called(about, language, random)), answer: '', source: null };
}

/** `count` different examples; the same random source gives the same ones. Contexts hold at most 230 words. */
export function statuteMaterial(count: number, random: Random): ReaderRow[] {
  const rows = new Map<string, ReaderRow>();
  while (rows.size < count) {
    const all = sections(random);
    if (contextWords(all.map(({ passage }) => passage)) > LONGEST_CONTEXT_WORDS) continue;
    for (let questions = 0; questions < 3 && rows.size < count; questions++) {
      const language: Language = random() < ENGLISH ? 'en' : 'id';
      const asked = ask(all, language, random);
      if (!asked) continue;
      const shown = shuffled(all.map((each) => (asked.source && each.levy === asked.source.levy && each.clauses === asked.source.clauses ? asked.source.passage : each.passage)), random);
      const row = readerRow(asked.question, asked.answer, language, shown, asked.source?.passage ?? null);
      rows.set([row.question, ...shown.map(({ text }) => text)].join('\n'), row);
    }
  }
  return [...rows.values()];
}

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../finetune/random.ts';
import { alteredQuestion, anotherFact, anotherInterrogative, anotherName, furtherCondition, halfAnotherName, NamePool, nameFromPassage, negated, type AskedPassage } from './reader-alterations.ts';
import { narrowerThan } from './reader-narrower.ts';
import { QuestionForms, stem } from './reader-relations.ts';
import { inEnglish } from './reader-translations.ts';

const NAMES = ['Ratu Melati', 'Bagas Wirama', 'Sekar Arum', 'Tirta Negara', 'Joko Lelana', 'Rangga Puspita', 'Dewi Kencana', 'Arya Damar'];
const pool = new NamePool(NAMES.map((name) => `Kapan ${name} lahir?`));
const birth: AskedPassage = { question: 'Kapan Wahyu Pradana lahir?', answer: '4 Mei 1901', passage: 'Wahyu Pradana lahir pada 4 Mei 1901 di Kota Lama. Gurunya adalah Ki Ageng Sela, seorang penari.' };
const many = (alter: (random: () => number) => string | null): string[] => Array.from({ length: 40 }, (_, seed) => alter(seededRandom(seed))).filter((one) => one !== null);

describe('altering a question', () => {
  it('finds the name in it, also in small letters', () => {
    expect(pool.nameIn('Kapan Wahyu Pradana lahir?')).toBe('Wahyu Pradana');
    expect(pool.nameIn('kapan wahyu pradana lahir?')).toBe('wahyu pradana');
    expect(pool.nameIn('Kapan lahir?')).toBeNull();
  });

  it('puts in a name that the passage does not have', () => {
    const altered = many((random) => anotherName(pool)(birth, random));
    expect(new Set(altered).size).toBeGreaterThan(3);
    for (const question of altered) expect(NAMES.map((name) => `Kapan ${name} lahir?`)).toContain(question);
    expect(anotherName(new NamePool(['Kapan Wahyu Jati lahir?']))(birth, seededRandom(1))).toBeNull();
  });

  it('changes one word of a name', () => {
    for (const question of many((random) => halfAnotherName(pool)(birth, random))) expect(question).toMatch(/^Kapan (?:Wahyu (?!Pradana)\S+|(?!Wahyu)\S+ Pradana) lahir\?$/);
    expect(halfAnotherName(pool)({ ...birth, question: 'Kapan Wahyu lahir?' }, seededRandom(1))).toBeNull();
  });

  it('takes another name of the passage only where there is one figure to tell', () => {
    for (const question of many((random) => nameFromPassage(pool)(birth, random))) expect(question).toMatch(/^Kapan (?:Kota Lama|Ki Ageng Sela) lahir\?$/);
    expect(many((random) => nameFromPassage(pool)(birth, random)).length).toBeGreaterThan(30);
    const twoDates = { ...birth, passage: `${birth.passage} Ki Ageng Sela lahir pada 1 Juni 1860.` };
    expect(many((random) => nameFromPassage(pool)(twoDates, random))).toEqual([]);
  });

  it('asks for another fact only where no word tells it', () => {
    for (const question of many((random) => anotherFact(birth, random))) expect(question).toMatch(/^Kapan Wahyu Pradana (?!lahir)/);
    const alsoDied = { ...birth, passage: `${birth.passage} Ia meninggal, menikah, bercerai, lulus dan pensiun.` };
    expect(many((random) => anotherFact(alsoDied, random))).toEqual([]);
  });

  it('asks why or where only where no reason or place is given', () => {
    expect(new Set(many((random) => anotherInterrogative(birth, random)))).toEqual(new Set(['Mengapa Wahyu Pradana lahir?']));
    expect(many((random) => anotherInterrogative({ ...birth, passage: 'Ia lahir 1901 karena takdir di Solo.' }, random))).toEqual([]);
  });

  it('adds a condition that the passage does not have', () => {
    const area = { question: 'Berapa luas Danau Biru?', answer: '12 hektar', passage: 'Luas Danau Biru 12 hektar.' };
    const altered = many((random) => furtherCondition(area, random));
    for (const question of altered) expect(question).toMatch(/^Berapa luas Danau Biru (?:pada tahun \d{4}|menurut data tahun \d{4}|di \p{Lu}\p{L}+)\?$/u);
    expect(new Set(altered).size).toBeGreaterThan(5);
  });

  it('narrows what is asked by a word that the passage does not have', () => {
    const altered = many((random) => narrowerThan(pool)({ ...birth, passage: `${birth.passage} Versi lain dan yang asli.` }, random));
    expect(new Set(altered).size).toBeGreaterThan(8);
    for (const question of altered) expect(question).toMatch(/^Kapan Wahyu Pradana (?!asli|versi)\S.* lahir\?$/);
  });

  it('puts known questions into English, names untouched', () => {
    expect(inEnglish('kapankah Wahyu Pradana lahir ?')).toBe('When was Wahyu Pradana born?');
    expect(inEnglish('Apakah nama ibu kota negara Danau Biru?')).toBe('What is the capital of Danau Biru?');
    expect(inEnglish('Mengapa langit biru?')).toBeNull();
  });

  it('negates, unless the passage says what is not so', () => {
    const founder = { question: 'Siapa yang mendirikan Danau Biru?', answer: 'Bagas', passage: 'Bagas mendirikan Danau Biru.' };
    expect(negated(founder, seededRandom(1))).toMatch(/^Siapa yang tidak (?:pernah )?mendirikan Danau Biru\?$/);
    expect(negated({ ...founder, passage: 'Bagas, bukan Tirta, mendirikan Danau Biru.' }, seededRandom(1))).toBeNull();
  });

  it('never gives the question back', () => {
    for (let seed = 0; seed < 200; seed++) expect(alteredQuestion(birth, pool, seededRandom(seed))).not.toBe(birth.question);
  });

  it('asks what other questions ask, unless the passage tells it in that word or another', () => {
    const others = ['Siapa pelatih', 'Siapa istri', 'Siapa pendiri', 'Di mana makam', 'Siapa nama', 'Siapa guru'].flatMap((form) => ['Bagas Wirama', 'Sekar Arum', 'Joko Lelana'].map((name) => `${form} ${name}?`));
    const { anotherRelation } = new QuestionForms(others, new NamePool(others));
    const asked = { question: 'Siapa guru Wahyu Pradana?', answer: 'Ki Ageng Sela', passage: birth.passage };
    expect(new Set(many((random) => anotherRelation(asked, random)))).toEqual(new Set(['Siapa pelatih Wahyu Pradana?', 'Siapa istri Wahyu Pradana?', 'Siapa pendiri Wahyu Pradana?']));
    const told = { ...asked, passage: `${birth.passage} Ia menikah dua kali dan membangun sanggar.` };
    expect(new Set(many((random) => anotherRelation(told, random)))).toEqual(new Set(['Siapa pelatih Wahyu Pradana?']));
    expect(many((random) => anotherRelation({ ...asked, question: 'siapa gurunya?' }, random))).toEqual([]);
  });

  it('knows a word again in its other forms', () => {
    expect([stem('pendiri'), stem('mendirikan'), stem('didirikan')].every((one) => 'berdiri pada'.includes(one.slice(0, 4)))).toBe(true);
  });
});

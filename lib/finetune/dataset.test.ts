import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ragPrompt, type PromptPassage } from '../prompt/rag.ts';
import { makeDataset, plainQuestion, readDataset, tokenizeDataset, type Example, type TooLong } from './dataset.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataset-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, lines: readonly unknown[]): Promise<string> {
  const target = path.join(folder, name);
  await writeFile(target, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return target;
}

const fact = { question: 'Berapa tarif PPN?', answer: 'Tarif PPN adalah 12%.' };

describe('reading examples', () => {
  it('divides them by split and guesses the language', async () => {
    const english = { question: 'What is the VAT rate?', answer: 'The VAT rate is 12%.', split: 'held-out', required: [['12%']] };
    const { train, heldOut } = await readDataset(await file('examples.jsonl', [fact, english]));
    expect(train).toEqual([{ ...fact, language: 'id', accept: [], required: [] }]);
    expect(heldOut).toMatchObject([{ language: 'en', required: [['12%']] }]);
  });

  it('holds every line of the second file out', async () => {
    const other = { question: 'PPN itu berapa persen?', answer: fact.answer };
    const { train, heldOut } = await readDataset(await file('examples.jsonl', [fact]), await file('held-out.jsonl', [other]));
    expect([train.length, heldOut.length]).toEqual([1, 1]);
  });

  it('puts answers of several lines on one, where answering ends, and leaves others as they are', async () => {
    const listed = { question: 'Apa syaratnya?', answer: 'Syaratnya:\n- KTP\r\n-  NPWP\n', accept: ['KTP\ndan NPWP', ' KTP  dan\tNPWP'] };
    const { train } = await readDataset(await file('examples.jsonl', [listed, { ...fact, answer: ' Tarif  PPN\t12%. ' }]));
    expect(train).toMatchObject([{ answer: 'Syaratnya: - KTP - NPWP', accept: ['KTP dan NPWP', ' KTP  dan\tNPWP'] }, { answer: 'Tarif  PPN\t12%.' }]);
  });

  it('has a hash that changes with the data', () => {
    const row = { ...fact, split: 'train', accept: [], required: [] } as const;
    const hash = (answer: string): string => makeDataset([{ ...row, answer }], 'x').hash;
    expect(hash('a')).toBe(hash('a'));
    expect(hash('a')).not.toBe(hash('b'));
  });

  it.each([
    ['a line that is not JSON', [fact, '{"question":'], /examples\.jsonl, line 2: /],
    ['a missing question', [{ answer: 'Ya.' }], /line 1: question/],
    ['a blank answer', [{ question: 'Apa?', answer: ' ' }], /line 1: answer: is blank/],
    ['an unknown split', [{ ...fact, split: 'test' }], /line 1: split/],
    ['nothing to train on', [{ ...fact, split: 'held-out' }], /holds no example to train on/],
    ['the same question twice', [fact, { ...fact, question: 'berapa tarif PPN' }], /"berapa tarif PPN" stands twice/],
    ['one question with two answers', [fact, { ...fact, answer: '11%.' }], /has two answers, "Tarif PPN adalah 12%\." and "11%\."/],
    ['a held-out question that is trained', [fact, { ...fact, question: 'Berapa  tarif PPN ?', split: 'held-out' }], /held-out question "Berapa {2}tarif PPN \?" is also trained/],
  ])('refuses %s', async (_, lines, reason) => {
    await expect(readDataset(await file('examples.jsonl', lines))).rejects.toThrow(reason);
  });
});

describe('a question', () => {
  it.each([
    ['Omzet > 500 juta?', 'Omzet < 500 juta?'],
    ['Usaha dengan omzet ≥ 500 juta?', 'Usaha dengan omzet > 500 juta?'],
    ['Jika omzet > batas?', 'Jika omzet < batas?'],
    ['Apa itu C?', 'Apa itu C++?'],
    ['Apa itu C#?', 'Apa itu C++?'],
    ['Berapa 5% dari 10?', 'Berapa 5 dari 10?'],
    ['Umur 18+ boleh?', 'Umur 18 boleh?'],
  ])('is another one by a sign beside its figures and letters: %s %s', (one, other) => expect(plainQuestion(one)).not.toBe(plainQuestion(other)));

  it.each([
    ['Berapa tarif PPN?', ' berapa "tarif" - PPN'],
    ['Apakah pajak/retribusi (daerah) naik?', 'apakah pajak retribusi, daerah: naik…'],
    ['Omzet >500 juta, 5%?', 'omzet > 500 juta 5 %'],
    ['# Apa itu PPN?', '> Apa itu PPN? #'],
    ['**Apa** itu PPN?', '+ Apa itu `PPN`?'],
  ])('is the same one in other punctuation and spacing: %s %s', (one, other) => expect(plainQuestion(one)).toBe(plainQuestion(other)));
});

describe('tokenising examples', () => {
  const encode = (text: string): number[] => [...text].map((character) => character.codePointAt(0)!);
  const special = { begin: 2, end: 1 };
  const example = { ...fact, language: 'id', accept: [], required: [] } as const;

  const tokenize = (train: readonly Example[], maximumTokens: number, treatment: TooLong = 'refuse') => tokenizeDataset({ train, heldOut: [] }, encode, special, maximumTokens, treatment);

  it('frames the question as generation does, and ends the answer', () => {
    const { train: [{ tokens, promptLength }], tooLong } = tokenize([example], 200);
    expect(tooLong).toBeNull();
    const text = (part: readonly number[]): string => String.fromCodePoint(...part);
    expect(tokens[0]).toBe(2);
    expect(text(tokens.slice(1, promptLength))).toBe('Pertanyaan: Berapa tarif PPN?\nJawaban:');
    expect(text(tokens.slice(promptLength, -1))).toBe(' Tarif PPN adalah 12%.');
    expect(tokens.at(-1)).toBe(1);
  });

  it('tells how far questions of the same passages begin alike, also where a token reaches from the passages into the question', () => {
    const example = (question: string, passages?: PromptPassage[]): Example => ({ question, answer: '1', language: 'id', passages, accept: [], required: [] });
    const passages = [{ documentTitle: '', text: 'Motor membayar Rp2.000.' }];
    const [one, other, alone] = tokenize([example('Berapa?', passages), example('Siapa?', passages), example('Berapa?')], 512).train;
    const context = 'Konteks [1]: Motor membayar Rp2.000.\n';
    expect([one.contextLength, other.contextLength, alone.contextLength]).toEqual([context.length + 1, context.length + 1, undefined]);
    const joined = (text: string): number[] => encode(text.replace('\nP', '\u0001'));
    expect(tokenizeDataset({ train: [example('Berapa?', passages)], heldOut: [] }, joined, special, 512, 'refuse').train[0].contextLength).toBe(context.length);
  });

  it('frames passages as asking does, with their titles', async () => {
    const passages = ['Motor membayar Rp2.000.', { documentTitle: 'Parkir', text: 'Mobil membayar Rp5.000.' }];
    const { train } = await readDataset(await file('examples.jsonl', [{ question: 'Berapa tarif mobil?', answer: 'Rp5.000 [2]', passages }]));
    const { train: [{ tokens, promptLength }] } = tokenize(train, 200);
    expect(String.fromCodePoint(...tokens.slice(1, promptLength))).toBe(ragPrompt('Berapa tarif mobil?', [{ documentTitle: '', text: 'Motor membayar Rp2.000.' }, passages[1] as PromptPassage], 'id'));
  });

  const short = { ...example, question: 'PPN?', answer: '12%' };

  it('refuses examples that are too long, naming and counting them', () => {
    expect(() => tokenize([example, short, { ...example, question: 'Berapa tarif umum PPN?' }], 40)).toThrow(/^2 examples are longer than the 40 tokens that fit: "Berapa tarif PPN\?" \(\d+ tokens\), "Berapa tarif umum PPN\?"/);
  });

  it('leaves them out where that is wanted', () => {
    const { train, tooLong } = tokenize([example, short], 40, 'skip');
    expect(train).toHaveLength(1);
    expect(tooLong).toEqual({ treatment: 'skip', count: 1, questions: ['Berapa tarif PPN?'] });
    expect(() => tokenize([example], 40, 'skip')).toThrow(/Every example is longer/);
  });

  it('cuts the end of the answer where that is wanted, and refuses what has no room for any', () => {
    const { train: [cut], tooLong } = tokenize([example], 45, 'cut');
    const [whole] = tokenize([example], 200).train;
    expect(cut).toEqual({ tokens: whole.tokens.slice(0, 45), promptLength: whole.promptLength });
    expect(tooLong).toEqual({ treatment: 'cut', count: 1, questions: ['Berapa tarif PPN?'] });
    expect(() => tokenize([example], whole.promptLength, 'cut')).toThrow(/^1 example has a prompt longer than/);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataset, readDataset, tokenizeExamples } from './dataset.ts';

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

describe('tokenising examples', () => {
  const encode = (text: string): number[] => [...text].map((character) => character.codePointAt(0)!);
  const special = { begin: 2, end: 1 };
  const example = { ...fact, language: 'id', accept: [], required: [] } as const;

  it('frames the question as generation does, and ends the answer', () => {
    const [{ tokens, promptLength }] = tokenizeExamples([example], encode, special, 200);
    const text = (part: readonly number[]): string => String.fromCodePoint(...part);
    expect(tokens[0]).toBe(2);
    expect(text(tokens.slice(1, promptLength))).toBe('Pertanyaan: Berapa tarif PPN?\nJawaban:');
    expect(text(tokens.slice(promptLength, -1))).toBe(' Tarif PPN adalah 12%.');
    expect(tokens.at(-1)).toBe(1);
  });

  it('names an example that is too long', () => {
    expect(() => tokenizeExamples([example], encode, special, 30)).toThrow(/"Berapa tarif PPN\?" is \d+ tokens long; 30 fit/);
  });
});

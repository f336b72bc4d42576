import { describe, expect, it } from 'vitest';
import { BadInputError } from '../system/errors.ts';
import { parseQuestion } from './question.ts';

const ask = (question: unknown) => parseQuestion({ question }).question.text;

describe('parseQuestion', () => {
  it('keeps the id and options and detects the language', () => {
    const { question, options } = parseQuestion({ id: 'a-1', question: 'What is the VAT rate?', temperature: 0.7, seed: 3 });
    expect(question).toEqual({ id: 'a-1', text: 'What is the VAT rate?', language: 'en' });
    expect(options).toMatchObject({ temperature: 0.7, seed: 3 });
  });

  it('takes a workspace, an adapter or checkpoint, and a strength', () => {
    for (const adapter of ['pajak', 'run-3f2a@120']) {
      const given = { workspace: 'pajak', adapter, strength: 1.5 };
      expect(parseQuestion({ question: 'PPN?', ...given }).options).toEqual(given);
    }
  });

  it('takes the language it is told and makes an id when none is given', () => {
    const { question } = parseQuestion({ question: 'PPN?', language: 'en' });
    expect(question.language).toBe('en');
    expect(question.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('normalises the text and strips what cannot be seen', () => {
    expect(ask('  Cafe\u0301\u0000 \u202Ekena\u200B\npajak?  ')).toBe('Café kena pajak?');
  });

  it('counts characters as a person does: 500 pass, 501 do not', () => {
    expect(ask('😀'.repeat(500))).toHaveLength(1000);
    expect(() => ask('a'.repeat(501))).toThrow(/501 characters; 500/);
  });

  it.each([
    [null, /JSON object/],
    ['PPN?', /JSON object/],
    [[{ question: 'PPN?' }], /JSON object/],
    [{}, /"question" is missing/],
    [{ question: 7 }, /"question" must be a string/],
    [{ question: '' }, /empty/],
    [{ question: ' \u200B\n ' }, /empty/],
    [{ question: 'PPN?', language: 'fr' }, /"language" must be "id" or "en"/],
    [{ question: 'PPN?', temperature: 3 }, /"temperature" must be 2 or less/],
    [{ question: 'PPN?', temperature: Number.NaN }, /"temperature" must be a number/],
    [{ question: 'PPN?', seed: 1.5 }, /"seed" must be a whole number/],
    [{ question: 'PPN?', id: '../x' }, /"id" must be/],
    [{ question: 'PPN?', workspace: '../pajak' }, /"workspace" must be the name of a workspace/],
    [{ question: 'PPN?', workspace: 'kantor.2' }, /"workspace" must be the name of a workspace/],
    [{ question: 'PPN?', adapter: 'run-1@../2' }, /"adapter" must be the name of an adapter, e.g. "pajak", or of a checkpoint/],
    [{ question: 'PPN?', adapter: 7 }, /"adapter" must be the name/],
    [{ question: 'PPN?', strength: 1.6 }, /"strength" must be 1.5 or less/],
    [{ question: 'PPN?', strength: '1' }, /"strength" must be a number from 0 to 1.5/],
  ])('refuses %j with a sentence', (body, sentence) => {
    expect(() => parseQuestion(body)).toThrow(BadInputError);
    expect(() => parseQuestion(body)).toThrow(sentence);
  });
});

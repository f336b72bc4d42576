import { expect, test } from 'vitest';
import { ragPrompt } from './rag.ts';

test('passages are numbered lines before the question', () => {
  const passages = [{ documentTitle: 'Parkir', text: '## Tarif\nMobil membayar **Rp5.000**.' }, { documentTitle: '', text: 'Motor\nmembayar Rp2.000.' }];
  expect(ragPrompt('Berapa tarif\nmobil?', passages, 'id')).toBe(
    'Konteks [1]: Parkir. Tarif: Mobil membayar Rp5.000.\nKonteks [2]: Motor membayar Rp2.000.\nPertanyaan: Berapa tarif mobil?\nJawaban:');
  expect(ragPrompt('How much?', passages.slice(1), 'en')).toBe('Context [1]: Motor membayar Rp2.000.\nQuestion: How much?\nAnswer:');
  expect(ragPrompt('How much?', [], 'en')).toBe('Question: How much?\nAnswer:');
});

test('reference marks are taken out of passages, so that they are not read as their numbers', () => {
  expect(ragPrompt('Kapan?', [{ documentTitle: '', text: 'Kota ini berdiri [1] pada 1901.[12][3] Kode [1901] tetap.' }], 'id')).toContain('Kota ini berdiri pada 1901. Kode [1901] tetap.');
});

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../finetune/random.ts';
import { figures } from '../retrieve/figures.ts';
import { withOtherFigures } from './other-figures.ts';
import type { ShownExample } from './with-passages.ts';

const example = (question: string, answer: string, ...texts: string[]): ShownExample => ({
  question, answer, language: 'id', split: 'train', accept: [], required: [], factId: 'f', passages: texts.map((text) => ({ documentTitle: 'PTKP', text })),
});
const altered = (...given: Parameters<typeof example>): ShownExample | null => withOtherFigures(example(...given), seededRandom(1));

describe('an example with other figures', () => {
  it('has the same other one in its answer and in each passage, spelled as it was, and keeps its citation', () => {
    const other = altered('Berapa PTKP?', 'PTKP setahun Rp54.000.000. [2]', 'Istri: Rp58.500.000.', 'Setahun 54 juta, dahulu Rp15.840.000.')!;
    const [figure] = figures(other.answer);
    expect(figure).toMatch(/^\d\d000000$/);
    expect(figure).not.toBe('54000000');
    expect(other.answer).toMatch(/^PTKP setahun Rp\d\d\.000\.000\. \[2\]$/);
    expect(other.passages[0].text).toBe('Istri: Rp58.500.000.');
    expect([...figures(other.passages[1].text)]).toEqual([figure, '15840000']);
    expect(other.question).toBe('Berapa PTKP?');
  });

  it('keeps figures that the question names, and gives different ones different others', () => {
    const other = altered('Berapa tarif di atas Rp500 juta?', 'Di atas Rp500.000.000 dikenai 25%, di bawahnya 15%. [1]', '- sampai Rp500.000.000: 15%\n- di atas Rp500.000.000: 25%')!;
    expect(other.answer).toMatch(/^Di atas Rp500\.000\.000 dikenai \d\d%, di bawahnya \d\d%\. \[1\]$/);
    const [, high, low] = [...figures(other.answer.replace(' [1]', ''))];
    expect(new Set([high, low, '25%', '15%']).size).toBe(4);
    expect(other.passages[0].text).toBe(`- sampai Rp500.000.000: ${low}\n- di atas Rp500.000.000: ${high}`);
  });

  it('is none where its answer has no figure, one from elsewhere, one in words beside it, or a year', () => {
    expect(altered('Siapa yang membayar?', 'Pembeli. [1]', 'Pembeli membayar.')).toBeNull();
    expect(altered('Berapa tarifnya?', '12%', 'Tarifnya 11%.')).toBeNull();
    expect(altered('Berapa lama?', '3 bulan [1]', 'Paling lama 3 (tiga) bulan.')).toBeNull();
    expect(altered('Berapa lama?', '3 (tiga) bulan [1]', 'Paling lama 3 bulan.')).toBeNull();
    expect(altered('Sejak kapan?', '1 Januari 2025 [1]', 'Sejak 1 Januari 2025.')).toBeNull();
    expect(altered('Berapa tarif 12%?', '12% [1]', 'Tarif 12%.')).toBeNull();
  });
});

import { expect, it } from 'vitest';
import { supportedFigures } from './faithfulness.ts';

it.each([
  ['Tarifnya 11 persen.', 'PPN dikenakan 11%.', 1, 1],
  ['Tarifnya 12%.', 'PPN dikenakan 11%.', 1, 0],
  ['Rp54 juta setahun', 'PTKP Rp54.000.000', 1, 1],
  ['Berlaku 1 April 2022.', 'sejak 1 April 2022', 1, 1],
  ['It began on April 1, 2022.', 'mulai 1 April 2022', 1, 1],
  ['It began on 2022-04-01.', 'mulai 1 April 2022', 1, 1],
  // The figures of a date are one thing: neither the day nor the year alone will do.
  ['Berlaku 2 April 2022.', 'sejak 1 April 2022, 2 bulan', 1, 0],
  ['Berlaku April 2022.', 'sejak 1 April 2022', 1, 1],
  ['Berlaku 1 April 2022.', 'sejak April 2022', 1, 0],
  ['31 Maret, denda Rp100.000', 'paling lambat 31 Maret; denda Rp 100.000 dan Rp1.000.000', 2, 2],
  ['2% dan 5%', '2%', 2, 1],
])('%j in %j: of %i figures and dates %i', (answer, source, total, supported) => expect(supportedFigures(answer, source)).toEqual({ total, supported }));

it('means nothing for an answer without figures', () => expect(supportedFigures('Direktorat Jenderal Pajak.', '11%')).toBeNull());

import { describe, expect, it } from 'vitest';
import { detectLanguage, evidentLanguage } from './language.ts';

const INDONESIAN = [
  'Apa perbedaan PPN dan PPh?',
  'Berapa tarif PPN sekarang?',
  'Siapa yang wajib melaporkan SPT tahunan?',
  'Kapan batas waktu pelaporan SPT orang pribadi?',
  'Jelaskan pengertian penghasilan kena pajak.',
  'PTKP untuk wajib pajak kawin dengan dua tanggungan?',
  'Bagaimana cara menghitung PPh 21?',
  'Apakah warisan merupakan objek pajak?',
  'Tarif pajak badan tahun 2025',
  'Sebutkan tiga barang yang tidak dikenai PPN',
  'Mengapa perusahaan harus memotong pajak karyawan?',
  'Kendaraan listrik dapat insentif apa?',
  'Di mana saya mendaftar NPWP?',
  'Sanksi terlambat lapor',
  'Faktur pajak dibuat kapan?',
  'Apa itu restitusi?',
  'Pajak hiburan malam di daerah saya tinggi sekali, kenapa?',
  'Bolehkah membayar lewat bank?',
  'Ibu kota Prancis',
  'Bedanya PKP sama non PKP',
];
const ENGLISH = [
  'What is the difference between VAT and income tax?',
  'What is the VAT rate now?',
  'Who must file an annual return?',
  'When is the deadline for filing?',
  'Explain taxable income.',
  'How do I calculate PPh 21?',
  'Is an inheritance taxed?',
  'Corporate tax rate in 2025',
  'List three goods that are not subject to VAT',
  'Why does a company withhold tax from employees?',
  'Which incentives exist for electric cars?',
  'Where can I register for an NPWP?',
  'Penalty for late filing',
  'How much is the PTKP for a married taxpayer?',
  'Does the government tax dividends?',
  'Tell me about luxury goods tax',
  'Should a small business charge PPN?',
  'Can I pay by bank transfer?',
  'The capital of France',
  'How long are invoices kept?',
];

describe('detectLanguage', () => {
  it.each(INDONESIAN)('Indonesian: %s', (question) => expect(detectLanguage(question)).toBe('id'));
  it.each(ENGLISH)('English: %s', (question) => expect(detectLanguage(question)).toBe('en'));
  it('takes a tie for Indonesian', () => {
    expect(detectLanguage('PPN?')).toBe('id');
    expect(detectLanguage('12345')).toBe('id');
  });
});

it('is told only where words tell it, when asked for what is evident', () => {
  expect(['Tarif umum PPN adalah 12%.', 'The VAT rate is 12%.', '12%', ''].map(evidentLanguage)).toEqual(['id', 'en', undefined, undefined]);
  expect(detectLanguage('12%')).toBe('id');
});

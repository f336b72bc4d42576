import { describe, expect, it } from 'vitest';
import { answerTokens, normaliseAnswer } from './normalise.ts';
import { equivalent, exactMatch, tokenF1 } from './score.ts';

describe('normaliseAnswer', () => {
  it.each([
    ['The Denver Broncos!', 'denver broncos'],
    ['an apple a day, the end', 'apple day end'],
    ['Theatre and banana', 'theatre and banana'],
    ['  two\t\nspaces  ', 'two spaces'],
    ['Rp54.000.000', 'rp54000000'],
    ['Rp54.000.000,50 setahun', 'rp54000000.50 setahun'],
    ['1,1 persen', '1.1 persen'],
    ['11%', '11'],
    ['“Pajak Pertambahan Nilai” – PPN', 'pajak pertambahan nilai ppn'],
    ['Yang itu dan ini', 'yang itu dan ini'],
    ['?!', ''],
  ])('%j becomes %j', (text, expected) => expect(normaliseAnswer(text)).toBe(expected));

  it('has no tokens for punctuation only', () => expect(answerTokens(' ... ')).toEqual([]));
});

describe('exactMatch', () => {
  it.each([
    ['Denver Broncos', ['The Denver Broncos', 'Carolina Panthers'], true],
    ['the Broncos.', ['Denver Broncos'], false],
    ['1,1 persen', ['11 persen'], false],
    ['Sebelas persen', ['sebelas persen.'], true],
    ['anything', [], false],
  ])('%j against %j is %s', (answer, accepted, expected) => expect(exactMatch(answer, accepted)).toBe(expected));
});

describe('tokenF1', () => {
  // Precision and recall worked out by hand from SQuAD v1.1's definition.
  it.each([
    ['the Denver Broncos', ['Denver Broncos'], 1],
    ['Broncos', ['Denver Broncos'], 2 / 3],
    ['gold gold silver', ['gold'], (2 * (1 / 3)) / (1 / 3 + 1)],
    ['gold', ['gold gold silver'], (2 * (1 / 3)) / (1 / 3 + 1)],
    ['gold gold', ['gold gold silver'], (2 * (2 / 3)) / (2 / 3 + 1)],
    ['Carolina', ['Denver Broncos', 'Carolina Panthers'], 2 / 3],
    ['Tarif PPN adalah 11 persen', ['11 persen'], (2 * (2 / 5)) / (2 / 5 + 1)],
    ['Seattle', ['Denver Broncos'], 0],
    ['', ['Denver Broncos'], 0],
    ['Denver', [], 0],
  ])('%j against %j', (answer, accepted, expected) => expect(tokenF1(answer, accepted)).toBeCloseTo(expected, 12));
});

describe('equivalent', () => {
  const rule = {
    question: 'Berapa tarif PPN menurut UU 7 tahun 2021?',
    accepted: ['Tarif PPN adalah 11 persen sejak 1 April 2022.'],
    required: [['11 persen', 'sebelas persen'], ['PPN', 'pajak pertambahan nilai']],
  };
  it.each([
    ['PPN dikenakan 11%.', true],
    ['Pajak Pertambahan Nilai sebesar sebelas persen', true],
    ['Sejak 1 April 2022 PPN 11 %', true],
    ['UU 7 Tahun 2021: PPN 11%', true],
    ['11%', false],
    ['PPN 12%', false],
    ['PPN 11%, kemudian 12%', false],
    ['PPN 111%', false],
    ['PPNBM 11%', false],
    ['', false],
  ])('%j is %s', (answer, expected) => expect(equivalent(answer, rule)).toBe(expected));

  it('reads amounts in one spelling', () => {
    const amount = { question: 'Berapa PTKP?', accepted: ['Rp54.000.000'], required: [['Rp54.000.000']] };
    expect(equivalent('PTKP-nya Rp54 juta', amount)).toBe(true);
    expect(equivalent('PTKP-nya Rp5,4 juta', amount)).toBe(false);
  });

  it.each([
    ['Tarif umum PPN bukan 12%.', false],
    ['PPN tidak dikenakan 12%.', false],
    ['PPN dikenakan dua belas persen.', true],
    ['PPN 12 (dua belas) persen', true],
    ['PPN paling rendah 12%', true],
  ])('a negation that nothing accepted has turns it around: %j is %s', (answer, expected) =>
    expect(equivalent(answer, { question: 'Berapa tarif umum PPN?', accepted: ['Tarif umum PPN adalah 12%.', '12%'], required: [['12%', '12 persen']] })).toBe(expected));

  it('the abbreviation of a number denies nothing', () => {
    const act = { question: 'Berapa tarif PPN menurut UU 7?', accepted: ['12%'], required: [['12%']] };
    expect(equivalent('Menurut UU No. 7 tarif PPN 12%.', act)).toBe(true);
    expect(equivalent('No, PPN is 12%.', act)).toBe(false);
  });

  it.each([
    ['Ya, ijazah tidak dikenai Bea Meterai.', false],
    ['Ya, tidak dikenai.', false],
    ['Tidak, ijazah tidak dikenai Bea Meterai.', true],
    ['Ijazah tidak dikenai.', true],
  ])('a yes before a negation takes it back: %j is %s', (answer, expected) =>
    expect(equivalent(answer, { question: 'Apakah ijazah dikenai Bea Meterai?', accepted: ['Ijazah tidak dikenai Bea Meterai.', 'tidak'], required: [['tidak']] })).toBe(expected));

  it.each([
    ['Bea Meterai berlaku untuk ijazah atau tidak?', 'Ijazah tidak dikenai Bea Meterai.', 'Ya, ijazah karena itu tidak dikenai Bea Meterai.', false],
    ['Bea Meterai berlaku untuk ijazah atau tidak?', 'Ijazah tidak dikenai Bea Meterai.', 'Tidak, ijazah tidak dikenai Bea Meterai.', true],
    ['Are diplomas taxed or not?', 'Diplomas are not taxed.', 'Yes, diplomas are not taxed.', false],
    ['Are diplomas not taxed?', 'Diplomas are not taxed.', 'Yes, diplomas are not taxed.', true],
  ])('"or not" at the end of a question denies nothing: %s %s %s', (question, accepted, answer, expected) =>
    expect(equivalent(answer, { question, accepted: [accepted], required: [['tidak', 'not']] })).toBe(expected));

  it.each([
    ['Apakah rumah ibadah dikenai PBB-P2?', ['Rumah ibadah tidak dikenai PBB-P2.', 'tidak'], 'Tidak, rumah ibadah dikenai PBB-P2.', false],
    ['Apakah rumah ibadah dikenai PBB-P2?', ['Rumah ibadah tidak dikenai PBB-P2.', 'tidak'], 'Tidak. Rumah ibadah tidak dikenai PBB-P2.', true],
    ['Apakah rumah ibadah dikenai PBB-P2?', ['Rumah ibadah tidak dikenai PBB-P2.', 'tidak'], 'Tidak, rumah ibadah dikecualikan.', true],
    ['Apakah rumah ibadah dikenai PBB-P2?', ['Rumah ibadah tidak dikenai PBB-P2.', 'tidak'], 'Tidak', true],
    ['Uang itu objek PPN atau bukan?', ['Uang tidak dikenai PPN.', 'tidak'], 'Tidak, uang itu objek PPN.', false],
    ['Perusahaan ingin membiayakan PPh badan; apakah boleh?', ['Pajak Penghasilan tidak boleh dikurangkan dari penghasilan bruto.', 'tidak boleh'], 'Tidak, PPh badan boleh dikurangkan.', false],
    ['Are diplomas taxed?', ['Diplomas are not taxed.'], 'No, diplomas are taxed.', false],
    ['Are diplomas taxed?', ['Diplomas are not taxed.'], 'No, only contracts are taxed.', true],
    ['Apakah rumah ibadah dikenai PBB-P2?', ['Rumah ibadah tidak dikenai PBB-P2.', 'tidak'], 'Tidak, rumah ibadah itu dikenakan PBB-P2.', false],
    ['Apakah makan di restoran kena PPN?', ['Makan di restoran tidak dikenai PPN karena menjadi objek pajak daerah.'], 'Tidak, makan di restoran menjadi objek PPN.', false],
    ['Saya mendapat warisan; apakah itu dikenai PPh?', ['Warisan bukan objek PPh.', 'tidak'], 'Tidak, itu warisan.', true],
    ['Apakah PBB pajak pusat?', ['PBB bukan pajak pusat melainkan pajak daerah.'], 'Bukan, PBB pajak daerah.', true],
    // The question's "exempt" is what is asked about, and no denial of the answer's.
    ['Can input VAT on exempt supplies be credited?', ['Input VAT on exempt supplies cannot be credited.'], 'No, input VAT on exempt supplies can be credited.', false],
    ['Apakah pengusaha kecil wajib menjadi PKP?', ['Pengusaha kecil tidak wajib menjadi PKP, tetapi boleh memilih.'], 'Tidak, pengusaha kecil boleh memilih.', true],
    ['Apakah makanan restoran kena PPN?', ['Makanan restoran tidak dikenai PPN karena objek pajak daerah.'], 'Tidak, karena objek pajak daerah.', true],
    ['Apakah kendaraan bekas kena BBNKB?', ['BBNKB hanya atas penyerahan pertama, jadi kendaraan bekas tidak kena.'], 'Tidak, BBNKB hanya atas penyerahan pertama.', true],
    ['Pengusaha kecil wajib PKP atau hanya boleh memilih?', ['Pengusaha kecil tidak wajib menjadi PKP.'], 'Tidak, hanya boleh memilih.', true],
  ])('a no before what was denied takes it back: %s %j %s', (question, accepted, answer, expected) =>
    expect(equivalent(answer, { question, accepted, required: [['tidak', 'bukan', 'no']] })).toBe(expected));

  it.each([
    ['Apakah beras kena PPN?', ['Beras dibebaskan dari PPN.', 'dibebaskan'], 'Ya, beras dibebaskan dari PPN.', false],
    ['Apakah beras kena PPN?', ['Hanya beras impor.', 'tidak dikenai PPN'], 'Ya, beras dibebaskan dari PPN.', false],
    ['Apakah beras dibebaskan dari PPN?', ['Beras dibebaskan dari PPN.', 'dibebaskan'], 'Ya, beras dibebaskan dari PPN.', true],
    ['Is rice subject to VAT?', ['Rice is exempt from VAT.'], 'Yes, rice is exempt.', false],
    ['Is the export of goods subject to VAT?', ['Exports are charged VAT at 0%.'], 'Yes, at 0%.', true],
  ])('so does a yes before an exemption, not one before a rate of nothing: %s %j %s', (question, accepted, answer, expected) =>
    expect(equivalent(answer, { question, accepted, required: [['dibebaskan', 'exempt', '0%']] })).toBe(expected));

  it.each([
    ['Are benefits in kind taxed?', 'Benefits in kind are taxed, except food for all employees.'],
    ['Apakah natura kena PPh?', 'Natura dikenai PPh, kecuali makanan bagi seluruh pegawai.'],
  ])('and none before an exception: %s %s', (question, accepted) =>
    expect(equivalent(`Ya, ${accepted}`, { question, accepted: [accepted], required: [['taxed', 'dikenai']] })).toBe(true));

  it('a yes to a question that denies itself, or that accepted answers say, is none', () => {
    expect(equivalent('Ya, beras tidak dikenai PPN.', { question: 'Apakah beras bebas PPN?', accepted: ['Beras tidak dikenai PPN.'], required: [['tidak']] })).toBe(true);
    expect(equivalent('Ya, tidak perlu PKP.', { question: 'Boleh berdagang tanpa PKP?', accepted: ['Ya, tidak perlu PKP.', 'Pengusaha kecil tidak perlu PKP.'], required: [['tidak']] })).toBe(true);
  });

  it.each([
    ['At least 7 years in prison.', false],
    ['The limit is more than 7 years.', false],
    ['Paling singkat 7 tahun.', false],
    ['No more than seven years.', true],
    ['Paling lama 7 tahun penjara.', true],
    ['selama 7 tahun', true],
    ['7 years', true],
  ])('a bound the other way is another answer: %j is %s', (answer, expected) =>
    expect(equivalent(answer, { question: 'How many years in prison does stamp forgery carry?', accepted: ['Forging stamps carries up to 7 years in prison.', '7 years'], required: [['7 years', '7 tahun']] })).toBe(expected));

  it('what stands under a law is no bound', () => {
    const stay = { question: 'For how long must assets stay under the tax amnesty?', accepted: ['5 years', 'at least 5 years'], required: [['5 years']] };
    expect(equivalent('at most 5 years', stay)).toBe(false);
    expect(equivalent('under 5 years', stay)).toBe(false);
    expect(equivalent('5 years under the tax amnesty', stay)).toBe(true);
    expect(equivalent('At least 5 years under tax amnesty rules.', stay)).toBe(true);
    expect(equivalent('under 5 years', { ...stay, question: 'What holds under 5 years?' })).toBe(true);
    const limit = { question: 'Up to what turnover?', accepted: ['under the Rp4.8 billion limit'], required: [['4.8 billion']] };
    expect(equivalent('over the Rp4.8 billion limit', limit)).toBe(false);
    expect(equivalent('under Rp4.8 billion', limit)).toBe(true);
  });

  it.each([
    ['Higher by 3%.', false],
    ['3% lower', true],
    ['It is reduced by 3%.', true],
  ])('so is a change the other way: %j is %s', (answer, expected) =>
    expect(equivalent(answer, { question: 'By how much does the rate differ?', accepted: ['The rate is 3% lower.'], required: [['3%']] })).toBe(expected));

  it.each([
    ['Warisan adalah objek PPh.', false],
    ['Tidak, warisan bukan objek PPh.', true],
    ['Warisan dikecualikan dari objek PPh.', true],
  ])('what is denied must be denied: %j is %s', (answer, expected) =>
    expect(equivalent(answer, { question: 'Apakah warisan kena PPh?', accepted: ['Warisan bukan objek PPh.'], required: [['warisan']] })).toBe(expected));

  it("takes the question's own words for granted", () => {
    const above = { question: 'Berapa tarif PPh badan di atas Rp50 miliar?', accepted: ['Tarifnya 22%, paling tinggi.'], required: [['22%']] };
    expect(equivalent('Di atas Rp50 miliar tarifnya 22%.', above)).toBe(true);
    expect(equivalent('Mengapa tidak boleh? 22%', { ...above, question: 'Mengapa tidak boleh di bawah 22%?' })).toBe(true);
  });

  it.each([['2026-04-30'], ['April 30, 2026'], ['30 April 2026'], ['by 30 Apr 2026']])('reads dates in one spelling: %s', (answer) =>
    expect(equivalent(answer, { question: 'When is it due?', accepted: ['30 April 2026'], required: [['30 april 2026', '30 april']] })).toBe(true));

  it('reads number words as numbers', () => {
    const months = { question: 'Berapa bulan?', accepted: ['3 bulan'], required: [['3']] };
    expect(equivalent('tiga bulan', months)).toBe(true);
    expect(equivalent('three months', months)).toBe(true);
    expect(equivalent('tiga belas bulan', months)).toBe(false);
    expect(equivalent('Tambahan untuk 1 orang Rp4.500.000', { question: 'Berapa tambahan untuk satu orang?', accepted: ['Rp4.500.000'], required: [['4.500.000']] })).toBe(true);
  });

  it('does not decide without a required group', () => expect(equivalent('11%', { ...rule, required: [] })).toBeNull());
});

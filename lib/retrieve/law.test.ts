import { describe, expect, it } from 'vitest';
import { articlesOf } from './articles.ts';
import { chunkDocument } from './chunk.ts';
import { readRegulation } from './regulation.ts';

const FIRST = `UNDANG-UNDANG REPUBLIK INDONESIA NOMOR 3 TAHUN 1990 TENTANG PAJAK LAYANG-LAYANG
DENGAN RAHMAT TUHAN YANG MAHA ESA
Menimbang :
a. bahwa perlu diatur pajak layang-layang;
Mengingat :
1. Pasal 5 ayat (1) Undang-Undang Dasar 1945;
MEMUTUSKAN :
Menetapkan : UNDANG-UNDANG TENTANG PAJAK LAYANG-LAYANG.
BAB I KETENTUAN UMUM Pasal 1 Dalam Undang-Undang ini layang-layang adalah benda terbang bertali.
BAB II TARIF
Pasal 2
(1) Tarif pajak layang-layang adalah 4% (empat persen).
(2) Yang tidak dikenai pajak sebagaimana dimaksud dalam Pasal 1 adalah:
a. ${'layang-layang anak sekolah yang dipakai di halaman '.repeat(10)};
b. ${'layang-layang upacara adat yang dipakai di pura '.repeat(10)}.
Pasal 3
Undang-Undang ini mulai berlaku pada tanggal 1 Maret 1990.
Disahkan di Jakarta pada tanggal 2 Februari 1990
PENJELASAN ATAS UNDANG-UNDANG NOMOR 3 TAHUN 1990
PASAL DEMI PASAL
Pasal 1
Cukup jelas.
Pasal 2
Ayat (1) Tarif ini sama untuk semua layang-layang di seluruh wilayah.
Pasal 3
Cukup jelas.
`;

const AMENDING = `UNDANG-UNDANG REPUBLIK INDONESIA NOMOR 8 TAHUN 2O01 TENTANG PERUBAHAN ATAS UNDANG-UNDANG NOMOR 3 TAHUN 1990 TENTANG PAJAK LAYANG-LAYANG
DENGAN RAHMAT TUHAN YANG MAHA ESA
Menimbang : bahwa tarif perlu diubah;
MEMUTUSKAN :
Pasal I
Beberapa ketentuan dalam Undang-Undang Nomor 3 Tahun 1990 tentang Pajak Layang-Layang (Lembaran Negara Tahun 1990 Nomor 9) diubah sebagai berikut:
1. Ketentuan Pasal 2 ayat (1) diubah sehingga Pasal 2 berbunyi sebagai berikut:
Pasal 2
(1) Tarif pajak layang-layang adalah 6% (enam persen) dengan memperhatikan Pasal 1.
2. Di antara Pasal 2 dan Pasal 3 disisipkan 1 (satu) pasal, yakni Pasal 2A yang berbunyi sebagai berikut: "Pasal 2A (1) Pajak dibayar setiap musim angin."
Pasal II
Undang-Undang ini mulai berlaku pada tanggal 1 Januari 2002.
`;

const REVOKING = `PERATURAN PEMERINTAH REPUBLIK INDONESIA NOMOR 5 TAHUN 2020 TENTANG IZIN LAYANG-LAYANG
DENGAN RAHMAT TUHAN YANG MAHA ESA
Pasal 1
Izin berlaku satu tahun.
Pasal 2
Pada saat Peraturan Pemerintah ini mulai berlaku:
a. Peraturan Pemerintah Nomor 1 Tahun 20 12 tentang Izin (Lembaran Negara Tahun 2012 Nomor 4) sebagaimana telah diubah dengan Peraturan Pemerintah Nomor 6 Tahun 2015 tentang Perubahan; dan
b. Pasal 5 Peraturan Pemerintah Nomor 9 Tahun 2018 tentang Angin,
dicabut dan dinyatakan tidak berlaku.
`;

describe('a regulation', () => {
  it('says its name, since when it holds and what it amends, also in a scan with letters for digits', () => {
    expect(readRegulation(FIRST)).toMatchObject({ key: 'uu/3/1990', title: 'UU 3/1990 tentang Pajak Layang-layang', inForceFrom: '1990-03-01', amends: null });
    expect(readRegulation(AMENDING)).toMatchObject({ key: 'uu/8/2001', amends: { key: 'uu/3/1990' }, inForceFrom: '2002-01-01' });
  });

  it('revokes whole regulations and their amendments, not one of which it revokes an article', () => {
    expect(readRegulation(REVOKING)!.revokes).toEqual(['pp/1/2012', 'pp/6/2015']);
  });

  it('is not seen in a text that merely speaks of one', () => {
    expect(readRegulation('# Tarif\n\nMenurut Undang-Undang Nomor 3 Tahun 1990 tentang Pajak Layang-Layang tarifnya 4%.')).toBeNull();
  });

  it('is named by its path when its head is lost', () => {
    const headless = `Menimbang: a.\nMEMUTUSKAN : Menetapkan : UNDANG-UNDANG TENTANG PERUBAHAN ATAS UNDANG UNDANG NOMOR 3 TAHUN 1990 TENTANG PAJAK LAYANG-LAYANG Pasal I Mengubah Undang-Undang.`;
    expect(readRegulation(headless)).toBeNull();
    expect(readRegulation(headless, 'uu/1994/12')).toMatchObject({ key: 'uu/12/1994', amends: { key: 'uu/3/1990' } });
  });
});

describe('articles', () => {
  const named = (text: string) => articlesOf(text, readRegulation(text)!).map(({ law, number, explains }) => `${explains ? 'on ' : ''}${law}#${number}`);

  it('are told from references to articles, also in the middle of a line, and from their explanation', () => {
    expect(named(FIRST)).toEqual(['uu/3/1990#', 'uu/3/1990#1', 'uu/3/1990#2', 'uu/3/1990#3', 'on uu/3/1990#', 'on uu/3/1990#1', 'on uu/3/1990#2', 'on uu/3/1990#3']);
  });

  it('that an amending law restates are articles of the amended law', () => {
    expect(named(AMENDING)).toEqual(['uu/8/2001#', 'uu/8/2001#I', 'uu/3/1990#2', 'uu/3/1990#2A', 'uu/8/2001#II']);
  });

  it('cover the text from beginning to end without overlapping', () => {
    for (const text of [FIRST, AMENDING, REVOKING]) {
      let end = 0;
      for (const article of articlesOf(text, readRegulation(text)!)) {
        expect(article.start).toBeGreaterThanOrEqual(end);
        expect(text.slice(end, article.start).replace(/Pasal\s+\w+|"/g, '').trim()).toBe('');
        end = article.end;
      }
    }
  });
});

describe('chunks of law', () => {
  const chunks = chunkDocument({ id: 'first', title: '', text: FIRST });

  it('never span two articles and know chapter and article', () => {
    const rate = chunks.find(({ text }) => text.includes('4% (empat'))!;
    expect(rate).toMatchObject({ provision: 'uu/3/1990#2', headings: ['BAB II TARIF', 'Pasal 2'] });
    for (const { text, start, end } of chunks) expect(FIRST.slice(start, end)).toBe(text);
  });

  it('carry how their paragraph begins when they begin within it', () => {
    const item = chunks.find(({ text }) => text.startsWith('b. layang-layang upacara'))!;
    expect(item.headings.at(-1)).toBe('(2) Yang tidak dikenai pajak sebagaimana dimaksud dalam Pasal 1 adalah:');
  });

  it('leave out explanations that explain nothing', () => {
    expect(chunks.filter(({ explains }) => explains).map(({ provision }) => provision)).toContain('uu/3/1990#2');
    expect(chunks.some(({ text }) => text.trim() === 'Cukup jelas.')).toBe(false);
  });

  it('take an amended article with the instruction that introduces it', () => {
    const [rate] = chunkDocument({ id: 'second', title: '', text: AMENDING }).filter(({ provision }) => provision === 'uu/3/1990#2');
    expect(rate.text).toMatch(/^1\. Ketentuan Pasal 2[\s\S]*6% \(enam persen\)/);
    expect(rate.text).not.toContain('disisipkan');
  });
});

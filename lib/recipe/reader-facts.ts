/** What an invented regulation can say about its subject, and how that is asked. Slots: {s} subject, {h} holder, {v} value. */
import type { Random } from '../finetune/random.ts';
import { between, pick, rupiah } from './reader-names.ts';
import { COUNTERS, DOCUMENTS, GROUPS } from './reader-topics.ts';
import type { Words } from './reader-topics.ts';

export interface Value extends Words {
  /** Stands in the passage as it is written in `id`. */
  readonly id: string;
}

export interface Fact {
  readonly about: Words;
  /** Label of its section. */
  readonly label: string;
  readonly value: (random: Random) => Value;
  readonly sentences: readonly string[];
  readonly questions: { readonly id: readonly string[]; readonly en: readonly string[] };
  /** Default: the value alone. */
  readonly answers?: { readonly id: string; readonly en: string };
}

const same = (text: string): Value => ({ id: text, en: text });

const money = (low: number, high: number, step: number) => (random: Random): Value => same(rupiah(between(low, high, random) * step));
const percent = (random: Random): Value => same(random() < 0.25 ? `${between(1, 9, random)},5%` : `${between(1, 19, random) * (random() < 0.5 ? 5 : 2)}%`);
const count = (low: number, high: number, id: string, en: string) => (random: Random): Value => {
  const number = between(low, high, random);
  return { id: `${number} ${id}`, en: `${number} ${number === 1 ? en.replace(/s$/, '') : en}` };
};
const MONTHS = ['Januari=January', 'Februari=February', 'Maret=March', 'April=April', 'Mei=May', 'Juni=June', 'Juli=July', 'Agustus=August', 'September=September', 'Oktober=October', 'November=November', 'Desember=December'];
const date = (random: Random): Value => {
  const [[id, en], day] = [pick(MONTHS, random).split('='), between(1, 28, random)];
  return { id: `${day} ${id}`, en: `${day} ${en}` };
};
const several = (items: readonly Words[]) => (random: Random): Value => {
  const first = Math.floor(random() * items.length);
  const chosen = [0, 1, 2].slice(0, 2 + Math.floor(random() * 2)).map((step) => items[(first + step * 2) % items.length]);
  const join = (language: 'id' | 'en', and: string): string => `${chosen.slice(0, -1).map((words) => words[language]).join(', ')} ${and} ${chosen[chosen.length - 1][language]}`;
  return { id: join('id', 'dan'), en: join('en', 'and') };
};

function fact(id: string, en: string, label: string, value: Fact['value'], sentences: string[], questionsId: string[], questionsEn: string[], answers?: Fact['answers']): Fact {
  return { about: { id, en }, label, value, sentences, questions: { id: questionsId, en: questionsEn }, answers };
}

export const FACTS: readonly Fact[] = [
  fact('biaya', 'the fee', 'Tarif umum', money(15, 900, 5000),
    ['Biaya {s} ditetapkan sebesar {v}', 'Untuk {s} dikenakan biaya {v}', 'Setiap pemohon {s} membayar {v}'],
    ['Berapa biaya {s}?', 'Berapa harus dibayar untuk {s}?', 'Saya mau mengurus {s}; berapa biayanya?', 'Tarif {s} berapa?', 'Berapakah besarnya biaya yang ditetapkan untuk {s}?'],
    ['What is the fee for a {s}?', 'How much does a {s} cost?', 'I need a {s}; how much do I pay?', 'How much must be paid for the {s}?']),
  fact('biaya perpanjangan', 'the renewal fee', 'Perpanjangan', money(4, 300, 2500),
    ['Perpanjangan {s} dikenakan biaya {v}', 'Biaya perpanjangan {s} sebesar {v}', 'Untuk memperpanjang {s}, {h} membayar {v}'],
    ['Berapa biaya perpanjangan {s}?', 'Kalau mau memperpanjang {s}, bayar berapa?', 'Saya ingin memperpanjang {s}; berapa biayanya?', 'Berapakah biaya untuk memperpanjang {s}?'],
    ['What does renewing a {s} cost?', 'How much is the renewal fee for the {s}?', 'I want to renew my {s}; how much is it?', 'What is the fee to extend a {s}?']),
  fact('denda keterlambatan', 'the late fine', 'Sanksi', money(5, 250, 2000),
    ['Keterlambatan dikenai denda {v} untuk {s}', 'Denda keterlambatan {s} sebesar {v}', 'Bila terlambat mengurus {s}, {h} didenda {v}'],
    ['Berapa denda keterlambatan {s}?', 'Kalau telat mengurus {s}, dendanya berapa?', 'Saya terlambat mengurus {s}; berapa dendanya?', 'Berapakah sanksi bagi {h} yang terlambat untuk {s}?'],
    ['What is the late fine for a {s}?', 'How much is the penalty if I am late with my {s}?', 'I missed the deadline for my {s}; what fine do I pay?', 'How high is the fine for being late with a {s}?']),
  fact('uang jaminan', 'the deposit', 'Jaminan', money(10, 400, 10000),
    ['Uang jaminan {s} sebesar {v} dan dikembalikan setelah selesai', '{h} menyerahkan uang jaminan {v} untuk {s}', 'Jaminan untuk {s} ditetapkan {v}'],
    ['Berapa uang jaminan {s}?', 'Jaminan untuk {s} berapa?', 'Saya mengurus {s}; berapa uang jaminannya?', 'Berapakah besarnya jaminan yang diserahkan untuk {s}?'],
    ['How much is the deposit for a {s}?', 'What deposit is required for the {s}?', 'I am applying for a {s}; what deposit do I pay?', 'How large is the deposit on a {s}?']),
  fact('biaya penggantian', 'the replacement fee', 'Penggantian', money(3, 120, 5000),
    ['Bila bukti {s} hilang, penggantiannya dikenakan {v}', 'Penggantian bukti {s} yang rusak atau hilang berbiaya {v}'],
    ['Berapa biaya penggantian {s} yang hilang?', 'Bukti {s} saya hilang; berapa biaya gantinya?', 'Kalau {s} hilang, ganti baru bayar berapa?', 'Berapakah biaya pengganti bukti {s}?'],
    ['What does it cost to replace a lost {s}?', 'I lost my {s}; how much is a new one?', 'How much is the replacement fee for a {s}?', 'What must I pay if my {s} is lost?']),
  fact('potongan', 'the discount', 'Keringanan', percent,
    ['Pemohon dari keluarga kurang mampu memperoleh potongan {v} untuk {s}', 'Potongan {s} bagi keluarga kurang mampu sebesar {v}'],
    ['Berapa persen potongan {s} bagi keluarga kurang mampu?', 'Keluarga kurang mampu dapat diskon berapa untuk {s}?', 'Saya dari keluarga kurang mampu; berapa potongan untuk {s}?', 'Berapakah keringanan {s} untuk keluarga kurang mampu?'],
    ['What discount do poor families get on a {s}?', 'By how much is the {s} reduced for poor families?', 'My family is poor; what discount do I get on the {s}?', 'What percentage is taken off the {s} for low-income families?']),
  fact('tambahan biaya', 'the surcharge', 'Tambahan', percent,
    ['Pemohon dari luar daerah dikenai tambahan {v} untuk {s}', 'Untuk {s}, warga luar daerah membayar tambahan {v}'],
    ['Berapa tambahan biaya {s} bagi pemohon dari luar daerah?', 'Orang luar daerah kena tambahan berapa persen untuk {s}?', 'Saya bukan warga daerah ini; berapa tambahan untuk {s}?', 'Berapakah persentase tambahan {s} bagi warga luar daerah?'],
    ['What surcharge do outsiders pay for a {s}?', 'How much extra do people from elsewhere pay for the {s}?', 'I live in another town; what surcharge applies to my {s}?', 'What percentage is added to the {s} for non-residents?']),
  fact('pengembalian biaya', 'the refund', 'Pembatalan', percent,
    ['Bila dibatalkan, {v} dari biaya {s} dikembalikan', 'Pembatalan {s} memberi hak atas pengembalian {v} dari biaya'],
    ['Berapa persen biaya {s} yang dikembalikan bila dibatalkan?', 'Kalau batal, uang {s} kembali berapa persen?', 'Saya membatalkan {s}; berapa bagian yang kembali?', 'Berapakah pengembalian biaya atas pembatalan {s}?'],
    ['How much is refunded when a {s} is cancelled?', 'What share of the fee do I get back if I cancel my {s}?', 'I cancel my {s}; what percentage is returned?', 'What is the refund for a cancelled {s}?']),
  fact('masa berlaku', 'the period of validity', 'Masa berlaku', (random) => (random() < 0.6 ? count(3, 36, 'bulan', 'months') : count(1, 7, 'tahun', 'years'))(random),
    ['{s} berlaku selama {v} sejak diterbitkan', 'Masa berlaku {s} adalah {v}', '{s} dapat digunakan {v} lamanya'],
    ['Berapa lama {s} berlaku?', 'Masa berlaku {s} berapa?', 'Saya punya {s}; sampai berapa lama berlakunya?', 'Berapakah jangka waktu berlakunya {s}?', '{s} berlaku untuk berapa lama?'],
    ['How long is a {s} valid?', 'What is the period of validity of the {s}?', 'I have a {s}; how long can I use it?', 'For how long does a {s} remain valid?']),
  fact('waktu pemrosesan', 'the processing time', 'Proses', count(2, 30, 'hari kerja', 'working days'),
    ['Permohonan {s} diproses paling lama {v}', 'Keputusan atas permohonan {s} diberikan dalam {v}'],
    ['Berapa lama permohonan {s} diproses?', 'Nunggu berapa lama sampai {s} jadi?', 'Saya mengajukan {s}; kapan paling lambat diputuskan?', 'Berapakah waktu pemrosesan permohonan {s}?'],
    ['How long does processing a {s} take?', 'How long do I wait for a decision on my {s}?', 'I applied for a {s}; how long will it take?', 'Within what time is an application for a {s} decided?']),
  fact('batas keberatan', 'the time for objections', 'Keberatan', count(5, 90, 'hari', 'days'),
    ['Keberatan atas penolakan {s} diajukan paling lambat {v} setelah surat diterima', '{h} dapat mengajukan keberatan mengenai {s} dalam {v}'],
    ['Berapa lama batas mengajukan keberatan mengenai {s}?', 'Kalau {s} ditolak, keberatan paling lambat kapan?', 'Permohonan {s} saya ditolak; berapa lama waktu untuk keberatan?', 'Berapakah jangka waktu keberatan atas {s}?'],
    ['How long do I have to object about a {s}?', 'What is the time limit for an objection concerning the {s}?', 'My {s} was refused; within how many days may I object?', 'By when must an objection on a {s} be filed?']),
  fact('masa pembekuan', 'the suspension', 'Pembekuan', count(1, 24, 'bulan', 'months'),
    ['Pelanggaran berulang menyebabkan {s} dibekukan selama {v}', '{s} dibekukan {v} bila aturan dilanggar dua kali'],
    ['Berapa lama {s} dibekukan karena pelanggaran?', 'Kalau melanggar, {s} dibekukan berapa lama?', 'Saya melanggar aturan lagi; berapa lama {s} dibekukan?', 'Berapakah masa pembekuan {s}?'],
    ['For how long is a {s} suspended after violations?', 'How long does the suspension of the {s} last?', 'I broke the rules again; how long is my {s} suspended?', 'What is the length of suspension for a {s}?']),
  fact('batas pengajuan', 'the closing date', 'Jadwal', date,
    ['Permohonan {s} diajukan paling lambat {v} setiap tahun', 'Batas akhir pengajuan {s} adalah {v}'],
    ['Kapan batas akhir pengajuan {s}?', 'Paling lambat tanggal berapa mengajukan {s}?', 'Saya mau mengajukan {s}; sampai tanggal berapa?', 'Bilakah permohonan {s} harus sudah diajukan?'],
    ['When is the deadline to apply for a {s}?', 'By what date must I apply for the {s}?', 'I want to apply for a {s}; what is the last day?', 'What is the closing date for a {s}?']),
  fact('mulai berlaku', 'the start', 'Ketentuan waktu', (random) => { const [day, year] = [date(random), between(2012, 2024, random)]; return { id: `${day.id} ${year}`, en: `${day.en} ${year}` }; },
    ['Ketentuan tentang {s} mulai berlaku pada {v}', 'Aturan {s} ini berlaku sejak {v}'],
    ['Sejak kapan aturan {s} berlaku?', 'Kapan ketentuan {s} mulai berlaku?', 'Aturan {s} mulai tanggal berapa?', 'Mulai kapan ketentuan tentang {s} diterapkan?'],
    ['Since when do the rules on the {s} apply?', 'When did the rules for the {s} take effect?', 'From what date do the {s} rules apply?', 'When did the {s} provisions start?']),
  fact('jumlah terbanyak', 'the limit', 'Batas jumlah', count(2, 12, 'unit', 'units'),
    ['Setiap keluarga paling banyak memperoleh {v} {s}', 'Jumlah {s} dibatasi {v} per keluarga'],
    ['Berapa jumlah paling banyak {s} per keluarga?', 'Satu keluarga boleh punya {s} berapa?', 'Keluarga saya boleh memperoleh berapa {s}?', 'Berapakah batas jumlah {s} bagi tiap keluarga?'],
    ['How many of a {s} may a family have at most?', 'What is the limit per family for the {s}?', 'My family wants more than one {s}; how many are allowed?', 'What is the maximum number per family of a {s}?']),
  fact('usia minimum', 'the minimum age', 'Usia', count(7, 25, 'tahun', 'years'),
    ['Pemohon {s} berusia paling rendah {v}', 'Usia minimum untuk {s} adalah {v}'],
    ['Berapa usia minimum untuk {s}?', 'Umur berapa boleh mengajukan {s}?', 'Anak saya ingin {s}; minimal umur berapa?', 'Berapakah umur paling rendah pemohon {s}?'],
    ['What is the minimum age for a {s}?', 'How old must I be for a {s}?', 'My child wants a {s}; from what age is it allowed?', 'From what age can one apply for the {s}?']),
  fact('jam pelayanan', 'opening time', 'Pelayanan', (random) => same(`${String(between(6, 11, random)).padStart(2, '0')}.${pick(['00', '15', '30', '45'], random)}`),
    ['Pelayanan {s} dibuka pukul {v} pada hari kerja', 'Loket {s} buka mulai pukul {v}'],
    ['Pukul berapa pelayanan {s} dibuka?', 'Loket {s} buka jam berapa?', 'Saya mau ke loket {s}; bukanya jam berapa?', 'Mulai pukul berapa {s} dilayani?'],
    ['At what time does the counter for the {s} open?', 'When does service for the {s} start each day?', 'I want to visit the {s} counter; what time does it open?', 'From what time is the {s} served?']),
  fact('tempat pengajuan', 'the place to apply', 'Tata cara', (random) => pick(COUNTERS, random),
    ['Permohonan {s} diserahkan di {v}', '{h} mengajukan {s} melalui {v}'],
    ['Di mana permohonan {s} diserahkan?', 'Ngurus {s} di mana?', 'Saya mau mengajukan {s}; ke mana saya harus pergi?', 'Di manakah tempat pengajuan {s}?'],
    ['Where is the application for a {s} handed in?', 'Where do I apply for a {s}?', 'I want a {s}; where should I go?', 'At which place is a {s} applied for?']),
  fact('yang dibebaskan', 'the exemptions', 'Pengecualian', several(GROUPS),
    ['Dibebaskan dari biaya {s}: {v}', 'Biaya {s} tidak dipungut dari {v}'],
    ['Siapa saja yang dibebaskan dari biaya {s}?', 'Siapa yang tidak perlu bayar {s}?', 'Siapa sajakah yang tidak dipungut biaya {s}?', 'Jelaskan siapa yang bebas biaya {s}.'],
    ['Who is exempt from the fee for a {s}?', 'Who does not have to pay for the {s}?', 'Which groups get a {s} free of charge?', 'Explain who is exempt from paying for a {s}.'],
    { id: 'Yang dibebaskan adalah {v}.', en: 'Those exempt are {v}.' }),
  fact('dokumen', 'the documents', 'Persyaratan', several(DOCUMENTS),
    ['Pemohon {s} melampirkan {v}', 'Syarat {s} adalah {v}'],
    ['Dokumen apa saja yang dilampirkan untuk {s}?', 'Syarat {s} apa saja?', 'Saya mengurus {s}; berkas apa yang harus saya bawa?', 'Sebutkan persyaratan {s}.'],
    ['Which documents are needed for a {s}?', 'What must be attached when applying for the {s}?', 'I am applying for a {s}; what papers do I bring?', 'List the requirements for a {s}.'],
    { id: 'Yang dilampirkan adalah {v}.', en: 'What is needed is {v}.' }),
];

/** Something allowed or not: the sentences, the questions, and what is answered. */
export interface Rule {
  readonly about: Words;
  readonly allowed: { readonly sentence: string } & Words;
  readonly forbidden: { readonly sentence: string } & Words;
  readonly questions: { readonly id: readonly string[]; readonly en: readonly string[] };
}

function rule(about: Words, allowed: [string, string, string], forbidden: [string, string, string], id: string[], en: string[]): Rule {
  const words = ([sentence, idAnswer, enAnswer]: [string, string, string]) => ({ sentence, id: idAnswer, en: enAnswer });
  return { about, allowed: words(allowed), forbidden: words(forbidden), questions: { id, en } };
}

export const RULES: readonly Rule[] = [
  rule({ id: 'pengalihan', en: 'transfer' }, ['{s} dapat dialihkan dengan persetujuan tertulis', 'Ya, dengan persetujuan tertulis.', 'Yes, with written consent.'], ['{s} tidak dapat dialihkan kepada orang lain', 'Tidak, tidak dapat dialihkan.', 'No, it cannot be transferred.'],
    ['Apakah {s} dapat dialihkan?', 'Bolehkah {s} dipindahkan ke orang lain?', '{s} saya boleh dioper ke saudara?', 'Dapatkah {h} mengalihkan {s}?'], ['Can a {s} be transferred?', 'May I pass my {s} to someone else?', 'Is a {s} transferable?', 'Am I allowed to give my {s} to my brother?']),
  rule({ id: 'pengajuan daring', en: 'online application' }, ['Permohonan {s} boleh diajukan secara daring', 'Ya, boleh secara daring.', 'Yes, online is allowed.'], ['Permohonan {s} wajib diserahkan langsung dan tidak diterima secara daring', 'Tidak, wajib diserahkan langsung.', 'No, it must be handed in in person.'],
    ['Apakah {s} bisa diajukan secara daring?', 'Bisa nggak daftar {s} lewat internet?', 'Saya ingin mengurus {s} secara online; apakah boleh?', 'Dapatkah permohonan {s} disampaikan secara daring?'], ['Can I apply for a {s} online?', 'Is an online application for the {s} accepted?', 'May a {s} be requested over the internet?', 'I prefer the internet; can I get a {s} online?']),
  rule({ id: 'pembayaran bertahap', en: 'payment in instalments' }, ['Biaya {s} boleh diangsur', 'Ya, boleh diangsur.', 'Yes, in instalments.'], ['Biaya {s} dibayar sekaligus dan tidak boleh diangsur', 'Tidak, dibayar sekaligus.', 'No, it is paid at once.'],
    ['Apakah biaya {s} boleh diangsur?', 'Bisa nyicil untuk {s}?', 'Saya belum punya cukup uang; bolehkah {s} dicicil?', 'Dapatkah {s} dibayar secara bertahap?'], ['Can the fee for a {s} be paid in instalments?', 'May I pay for the {s} bit by bit?', 'Are instalments allowed for a {s}?', 'Is it possible to split the payment for a {s}?']),
  rule({ id: 'warga asing', en: 'foreigners' }, ['Warga asing boleh mengajukan {s} dengan penjamin setempat', 'Ya, dengan penjamin setempat.', 'Yes, with a local guarantor.'], ['{s} hanya untuk penduduk setempat; warga asing tidak dapat mengajukannya', 'Tidak, hanya untuk penduduk setempat.', 'No, only for local residents.'],
    ['Apakah warga asing dapat mengajukan {s}?', 'Orang asing boleh punya {s}?', 'Saya warga asing; bolehkah saya mengajukan {s}?', 'Dapatkah {s} diberikan kepada warga asing?'], ['Can foreigners apply for a {s}?', 'May a foreigner have a {s}?', 'I am a foreigner; can I get a {s}?', 'Is a {s} open to foreign citizens?']),
  rule({ id: 'pelaporan', en: 'reporting' }, ['Meskipun tidak digunakan, {s} tetap wajib dilaporkan setiap tahun', 'Ya, tetap wajib dilaporkan.', 'Yes, it must still be reported.'], ['{s} yang tidak digunakan tidak perlu dilaporkan', 'Tidak, tidak perlu dilaporkan.', 'No, it need not be reported.'],
    ['Apakah {s} yang tidak digunakan wajib dilaporkan?', 'Kalau nggak dipakai, {s} tetap harus lapor?', 'Saya tidak memakai {s}; apakah saya tetap harus lapor?', 'Wajibkah {h} melaporkan {s} yang tidak digunakan?'], ['Must an unused {s} be reported?', 'Do I have to report a {s} I do not use?', 'Is reporting required for an unused {s}?', 'I did not use my {s}; must I still report it?']),
];

/** Invented levies for reading material: what they are called, what they fall on, and the clauses a statute may have about one. */
import type { Random } from '../finetune/random.ts';
import { shuffled } from '../finetune/random.ts';
import { between, capital, pick, rupiah, same } from './reader-names.ts';
import type { Words } from './reader-topics.ts';

export interface Levy {
  readonly name: Words;
  /** Initials of the Indonesian name; statutes speak of the levy by them. */
  readonly short: string;
}

/** What is asked of a clause; `{s}` is the levy. */
export interface Asked {
  readonly questions: { readonly id: readonly string[]; readonly en: readonly string[] };
  readonly answer: Words;
}

export interface Clause {
  /** Clauses of one kind answer the same questions. */
  readonly kind: string;
  readonly heading: string;
  readonly sentences: readonly string[];
  readonly asked: readonly Asked[];
}

const KINDS: readonly Words[] = [{ id: 'Iuran', en: 'Charge' }, { id: 'Retribusi', en: 'Levy' }, { id: 'Pungutan', en: 'Duty' }, { id: 'Sumbangan Wajib', en: 'Contribution' }];
const OBJECTS = 'Pemakaian Dermaga=Dock Use; Hasil Rotan=Rattan; Menara Air=Water Tower; Jalan Kampung=Village Road; Tontonan Keliling=Travelling Show; Batu Apung=Pumice; Sarang Walet=Swiftlet Nest; Perahu Wisata=Tour Boat; Gudang Garam=Salt Store; Lampu Jalan=Street Light; Hewan Ternak=Livestock; Kebun Pala=Nutmeg Garden; Sumur Dalam=Deep Well; Kabel Laut=Sea Cable; Pasar Terapung=Floating Market; Madu Hutan=Forest Honey; Rakit Bambu=Bamboo Raft; Tambak Udang=Shrimp Pond; Kereta Gantung=Cable Car; Kapur Barus=Camphor; Bengkel Perahu=Boatyard; Pondok Wisata=Guest Hut; Mata Air Panas=Hot Spring; Penyulingan Cengkih=Clove Distilling'.split('; ').map(pair);
const TRADES = 'pedagang ikan=fish traders; nelayan kecil=small fishermen; pemilik perahu motor=owners of motor boats; koperasi petani=farmers\' cooperatives; pabrik pengolahan=processing plants; penginapan=guest houses; kedai kopi=coffee stalls; sekolah=schools; rumah ibadah=houses of worship; rumah sakit=hospitals; barang bekas=used goods; contoh gratis=free samples; kapal asing=foreign ships; lembaga amal=charities; panen pertama=first harvests; alat peraga=teaching aids; obat-obatan=medicines; peti kemas kosong=empty containers; toko kelontong=grocery shops; jasa angkutan=transport services'.split('; ').map(pair);
const REASONS = 'sudah menjadi objek iuran daerah=they already fall under a regional charge; melayani kepentingan umum=they serve the public; nilainya terlalu kecil=their value is too small; sudah dipungut di pelabuhan asal=it was collected in the port of origin; diperlukan orang banyak=everyone needs them'.split('; ').map(pair);
const BASES = 'harga jual=the selling price; nilai sewa setahun=the yearly rental value; jumlah bruto=the gross amount; berat bersih=the net weight; luas lantai=the floor area; hasil lelang=the auction proceeds; nilai pasar=the market value'.split('; ').map(pair);
const DUE = 'akhir bulan berikutnya=the end of the following month; tanggal 15 bulan berikutnya=the 15th of the following month; 10 hari setelah penyerahan=10 days after delivery; sebelum kapal berlayar=before the ship sails; akhir triwulan=the end of the quarter; 6 minggu setelah akhir tahun buku=6 weeks after the end of the financial year; 20 hari setelah panen=20 days after the harvest; tanggal 7 setiap bulan=the 7th of each month'.split('; ').map(pair);
const MOMENTS = 'saat barang diserahkan=when the goods are delivered; saat karcis dijual=when the ticket is sold; saat dokumen ditandatangani=when the document is signed; saat barang dibongkar=when the goods are unloaded; saat izin diterbitkan=when the permit is issued; saat perjanjian dibuat=when the contract is made'.split('; ').map(pair);
const OFFICES = 'pemerintah kabupaten=the regency government; kantor syahbandar=the harbour office; badan pengelola=the managing board; pemerintah pusat=the central government; dinas perdagangan=the trade service; bank persepsi=the collecting bank'.split('; ').map(pair);
const PAYERS = 'pembeli=the buyer; pihak yang menerima barang=the party that receives the goods; pemilik lahan=the owner of the land; penyewa=the tenant; pengirim=the sender; penyelenggara=the organiser'.split('; ').map(pair);
const MEASURES = 'penghasilan=income; hasil panen=harvest; peredaran usaha=turnover; nilai muatan=cargo value'.split('; ').map(pair);

function pair(text: string): Words {
  const [id, en] = text.split('=');
  return { id, en };
}

/** Amounts as statutes have them, and as people say them. */
const million = (low: number, high: number, step: number, random: Random): { readonly words: Words; readonly spoken: Words; readonly amount: number } => {
  const millions = between(low, high, random) * step;
  const spoken = millions < 1000 ? { id: `Rp${millions} juta`, en: `Rp${millions} million` } : { id: `Rp${String(millions / 1000).replace('.', ',')} miliar`, en: `Rp${millions / 1000} billion` };
  return { words: same(rupiah(millions * 1_000_000)), spoken, amount: millions };
};
const percent = (random: Random): Words => {
  const number = random() < 0.35 ? `${between(0, 9, random)},${between(1, 9, random)}` : String(between(1, 60, random));
  return same(`${number}%`);
};
const percents = (count: number, random: Random): Words[] => {
  const drawn = new Map<string, Words>();
  while (drawn.size < count) {
    const one = percent(random);
    drawn.set(one.id, one);
  }
  return [...drawn.values()].sort((one, other) => parseFloat(one.id.replace(',', '.')) - parseFloat(other.id.replace(',', '.')));
};
const list = (items: readonly Words[], language: 'id' | 'en'): string => {
  const words = items.map((item) => item[language]);
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} ${language === 'id' ? 'dan' : 'and'} ${words.at(-1)}`;
};
const listed = (items: readonly Words[]): Words => ({ id: list(items, 'id'), en: list(items, 'en') });
const asked = (answer: Words, id: readonly string[], en: readonly string[]): Asked => ({ answer, questions: { id, en } });

/** Abbreviations that mean something outside of this file. */
const REAL = /^(?:PKP|PPN|PPH|PBB|SPT|SIM|KTP|IMB)/;

export function drawLevy(random: Random): Levy {
  for (;;) {
    const [kind, object] = [pick(KINDS, random), pick(OBJECTS, random)];
    const name = `${kind.id} ${object.id}`;
    const short = name.split(' ').map((word) => word[0]).join('') + (random() < 0.4 ? pick(['D', 'K', 'P1', 'N'], random) : '');
    if (!REAL.test(short)) return { name: { id: name, en: `${object.en} ${kind.en}` }, short };
  }
}

type Draw = (levy: Levy, random: Random) => Clause;

const rate: Draw = ({ short: s }, random) => {
  const [value, basis] = [percent(random), pick(BASES, random)];
  return { kind: 'rate', heading: 'Tarif', sentences: [pick([`Tarif ${s} adalah ${value.id} dari ${basis.id}`, `${s} dipungut sebesar ${value.id} dari ${basis.id}`, `Besarnya ${s} ditetapkan ${value.id} dari ${basis.id}`], random)], asked: [
    asked(value, ['Berapa tarif {s}?', '{s} dipungut berapa persen?', 'Berapa persen {s}?', 'Kalau kena {s}, bayarnya berapa persen?', 'Besarnya {s} berapa?'], ['What is the rate of the {s}?', 'How many percent is the {s}?', 'How high is the {s}?']),
    asked(basis, ['Apa dasar pengenaan {s}?', '{s} dihitung dari apa?', 'Nilai apa yang dipakai untuk menghitung {s}?'], ['What is the {s} calculated on?', 'Which value is the base of the {s}?']),
  ] };
};

const range: Draw = ({ short: s }, random) => {
  const [low, high] = percents(2, random);
  return { kind: 'rate', heading: 'Batas tarif', sentences: [pick([`Tarif ${s} ditetapkan paling rendah ${low.id}, paling tinggi ${high.id}`, `Tarif ${s} dapat diubah menjadi serendah-rendahnya ${low.id} dan setinggi-tingginya ${high.id}`], random)], asked: [
    asked({ id: `${low.id} sampai ${high.id}`, en: `${low.en} to ${high.en}` }, ['Antara berapa tarif {s}?', 'Rentang tarif {s} berapa?', 'Tarif {s} dari berapa sampai berapa persen?', 'Berapa batas bawah dan batas atas tarif {s}?'], ['Between which limits is the rate of the {s}?', 'From what to what does the rate of the {s} go?']),
    asked(high, ['Tarif {s} paling tinggi berapa?', 'Berapa persen {s} paling besar?'], ['What is the highest rate of the {s}?', 'At most how many percent is the {s}?']),
    asked(low, ['Tarif {s} paling rendah berapa?', 'Berapa persen {s} paling kecil?'], ['What is the lowest rate of the {s}?', 'At least how many percent is the {s}?']),
  ] };
};

const bands: Draw = ({ short: s }, random) => {
  const [low, middle, high] = percents(3, random);
  const first = million(2, 9, 10, random);
  const second = million(10, 40, 10, random);
  const measure = pick(MEASURES, random);
  const between2 = { id: `Rp${Math.round((first.amount + second.amount) / 2)} juta`, en: `Rp${Math.round((first.amount + second.amount) / 2)} million` };
  return { kind: 'rate', heading: 'Lapisan tarif', sentences: [pick([
    `${capital(measure.id)} sampai dengan ${first.words.id} dikenai ${low.id}; di atas ${first.words.id} sampai dengan ${second.words.id} dikenai ${middle.id}; di atas ${second.words.id} dikenai ${high.id}`,
    `Lapisan tarif ${s}: sampai ${first.words.id} ${low.id}, di atas itu sampai ${second.words.id} ${middle.id}, dan selebihnya ${high.id} dari ${measure.id}`,
  ], random)], asked: [
    asked(middle, [`Berapa tarif {s} untuk ${measure.id} di atas ${first.words.id} sampai ${second.words.id}?`, `${capital(measure.id)} saya ${between2.id} setahun; {s} berapa persen?`, `Kalau ${measure.id} melewati ${first.spoken.id} tetapi belum ${second.spoken.id}, kena {s} berapa persen?`], [`What rate of the {s} applies to ${measure.en} above ${first.spoken.en} up to ${second.spoken.en}?`, `My ${measure.en} is ${between2.en}; what rate of the {s} do I pay?`]),
    asked(low, [`Berapa persen {s} untuk ${measure.id} sampai ${first.spoken.id}?`, `Kalau ${measure.id} tidak lebih dari ${first.words.id}, tarif {s}-nya berapa?`], [`What rate of the {s} falls on the first ${first.spoken.en} of ${measure.en}?`]),
    asked(high, ['Lapisan tertinggi {s} berapa persen?', `Berapa tarif {s} bila ${measure.id} di atas ${second.spoken.id}?`], ['What is the top rate of the {s}?', `What rate of the {s} applies above ${second.spoken.en}?`]),
    asked(second.words, [`Tarif ${high.id} untuk {s} berlaku di atas berapa?`], [`Above which amount does the ${high.en} rate of the {s} apply?`]),
  ] };
};

const objects: Draw = ({ short: s }, random) => {
  const items = shuffled(TRADES, random);
  const [taken, free] = [items.slice(0, 2 + Math.floor(random() * 2)), items.slice(4, 5 + Math.floor(random() * 3))];
  const reason = random() < 0.6 ? pick(REASONS, random) : null;
  const sentences = [`${s} dikenakan atas ${list(taken, 'id')}`, `${capital(list(free, 'id'))} ${pick(['tidak dikenai', 'dibebaskan dari', 'bukan objek'], random)} ${s}${reason ? ` karena ${reason.id}` : ''}`];
  const no = pick(free, random);
  const because = reason ? { id: ` karena ${reason.id}`, en: ` because ${reason.en}` } : same('');
  const whether = (thing: Words) => [[`Apakah ${thing.id} dikenai {s}?`, `Kalau ${thing.id}, kena {s} atau tidak?`, `${capital(thing.id)} kena {s}?`, `Adakah {s} atas ${thing.id}?`, `Haruskah ${thing.id} membayar {s}?`], [`Does the {s} fall on ${thing.en}?`, `Are ${thing.en} subject to the {s}?`, `Do I pay the {s} on ${thing.en}?`]] as const;
  return { kind: 'objects', heading: pick(['Objek', 'Yang dikenai dan yang tidak'], random), sentences: random() < 0.3 ? sentences.toReversed() : sentences, asked: [
    ...taken.slice(0, 2).map((yes) => asked({ id: `Ya, ${yes.id} dikenai ${s}.`, en: `Yes, ${yes.en} are subject to the ${s}.` }, ...whether(yes))),
    ...free.slice(0, 2).map((no) => asked({ id: `Tidak, ${no.id} tidak dikenai ${s}${because.id}.`, en: `No, ${no.en} are not subject to the ${s}${because.en}.` }, ...whether(no))),
    asked(listed(free), ['Apa saja yang tidak dikenai {s}?', 'Siapa yang bebas dari {s}?'], ['What is exempt from the {s}?']),
    asked(listed(taken), ['Apa saja yang dikenai {s}?', '{s} dikenakan atas apa saja?'], ['What does the {s} fall on?']),
    ...(reason ? [asked(reason, [`Mengapa ${no.id} tidak dikenai {s}?`, `Kenapa ${no.id} bebas dari {s}?`], [`Why are ${no.en} not subject to the {s}?`])] : []),
  ] };
};

const payment: Draw = ({ short: s }, random) => {
  const [pay, report] = shuffled(DUE, random);
  return { kind: 'payment', heading: 'Penyetoran dan pelaporan', sentences: [`${s} disetor paling lama ${pay.id}`, pick([`Laporan ${s} disampaikan paling lama ${report.id}`, `${s} dilaporkan selambat-lambatnya ${report.id}`], random)], asked: [
    asked(pay, ['Kapan {s} harus disetor?', 'Batas waktu menyetor {s} kapan?', 'Sampai kapan {s} yang kurang dibayar boleh disetor?', 'Paling lambat kapan membayar {s}?'], ['By when must the {s} be paid?', 'What is the deadline for paying the {s}?']),
    asked(report, ['Kapan {s} harus dilaporkan?', 'Batas lapor {s} kapan?', 'Laporan {s} paling lambat disampaikan kapan?'], ['By when must the {s} be reported?', 'When is the return for the {s} due?']),
  ] };
};

const owed: Draw = ({ short: s }, random) => {
  const [usual, other] = shuffled(MOMENTS, random);
  return { kind: 'owed', heading: 'Saat terutang', sentences: [`${s} terutang pada ${usual.id}`, pick([`Bila uang muka dibayar lebih dahulu, ${s} terutang saat pembayaran itu`, `Untuk penyerahan berkala, ${s} terutang pada ${other.id}`], random)], asked: [
    asked(usual, ['Kapan {s} terutang?', 'Sejak saat apa {s} terutang?', 'Pada waktu kapan {s} menjadi terutang?'], ['When does the {s} become due?', 'At what moment is the {s} owed?']),
  ] };
};

const who: Draw = ({ short: s }, random) => {
  const [office, payer] = [pick(OFFICES, random), pick(PAYERS, random)];
  return { kind: 'who', heading: 'Pemungut', sentences: [pick([`${s} dipungut oleh ${office.id} dan dibayar oleh ${payer.id}`, `Yang memungut ${s} adalah ${office.id}; yang membayarnya ${payer.id}`], random)], asked: [
    asked(office, ['Siapa yang memungut {s}?', '{s} dipungut oleh siapa?', 'Pihak mana yang memungut {s}?'], ['Who collects the {s}?', 'By whom is the {s} collected?']),
    asked(payer, ['Siapa yang membayar {s}?', '{s} menjadi beban siapa?', 'Pihak mana yang terutang {s}?'], ['Who pays the {s}?', 'Who owes the {s}?']),
  ] };
};

const registration: Draw = ({ short: s }, random) => {
  const limit = million(2, 90, 50, random);
  const choice = random() < 0.6;
  return { kind: 'registration', heading: 'Batas usaha', sentences: [`Usaha dengan peredaran sampai dengan ${limit.words.id} setahun tidak wajib mendaftar untuk ${s}${choice ? ', tetapi boleh memilih didaftar' : ''}`], asked: [
    asked(limit.words, ['Berapa batas peredaran usaha untuk wajib mendaftar {s}?', 'Sampai omzet berapa usaha tidak wajib mendaftar {s}?', 'Usaha baru wajib ikut {s} kalau omzetnya lewat berapa?'], ['Up to which turnover need a business not register for the {s}?', 'What is the turnover limit for the {s}?']),
    asked(choice ? { id: 'Tidak wajib, tetapi boleh memilih didaftar.', en: 'No, but they may choose to be registered.' } : { id: 'Tidak, usaha kecil tidak wajib mendaftar.', en: 'No, small businesses need not register.' }, ['Apakah usaha kecil wajib mendaftar {s}?', `Omzet saya di bawah ${limit.spoken.id}; wajibkah mendaftar {s}?`], ['Must small businesses register for the {s}?']),
  ] };
};

const penalty: Draw = ({ short: s }, random) => {
  const [share, extra] = shuffled(percents(2, random), random);
  const months = between(6, 48, random);
  return { kind: 'penalty', heading: 'Sanksi', sentences: [`Keterlambatan membayar ${s} dikenai bunga ${share.id} sebulan, paling lama ${months} bulan`, `Data yang sengaja disembunyikan menambah ${s} sebesar ${extra.id}`], asked: [
    asked(share, ['Berapa bunga karena terlambat membayar {s}?', 'Kalau telat bayar {s}, sanksinya berapa persen sebulan?'], ['What interest is charged for paying the {s} late?', 'How many percent a month does a late payment of the {s} cost?']),
    asked({ id: `${months} bulan`, en: `${months} months` }, ['Bunga {s} dihitung paling lama berapa bulan?', 'Sampai berapa bulan bunga {s} dikenakan?'], ['For at most how many months is interest on the {s} charged?']),
    asked(extra, ['Berapa tambahan {s} bila data disembunyikan?', 'Menyembunyikan data menambah {s} berapa persen?'], ['By how much does the {s} rise when data are concealed?']),
  ] };
};

const expiry: Draw = ({ short: s }, random) => {
  const [claim, object] = [between(2, 12, random), between(2, 11, random)];
  return { kind: 'expiry', heading: 'Jangka waktu', sentences: [`Hak menagih ${s} daluwarsa setelah ${claim} tahun`, `Keberatan atas ketetapan ${s} diajukan dalam jangka waktu ${object} bulan sejak dikirim`], asked: [
    asked({ id: `${claim} tahun`, en: `${claim} years` }, ['Setelah berapa tahun {s} tidak dapat ditagih lagi?', 'Kapan hak menagih {s} daluwarsa?', 'Utang {s} hangus setelah berapa tahun?'], ['After how many years can the {s} no longer be claimed?', 'When does a debt of the {s} lapse?']),
    asked({ id: `${object} bulan`, en: `${object} months` }, ['Berapa lama waktu mengajukan keberatan atas {s}?', 'Keberatan {s} paling lambat berapa bulan?'], ['Within how many months must an objection to the {s} be filed?']),
  ] };
};

const allowance: Draw = ({ short: s }, random) => {
  const [usual, first] = [million(1, 9, 10, random), million(10, 60, 10, random)];
  return { kind: 'allowance', heading: 'Nilai yang tidak dikenai', sentences: [`Nilai yang tidak dikenai ${s} paling sedikit ${usual.words.id}`, `Untuk warisan, nilai itu paling sedikit ${first.words.id}`], asked: [
    asked(usual.words, ['Berapa nilai yang tidak dikenai {s}?', 'Nilai paling kecil yang bebas {s} berapa rupiah?'], ['Which value is free of the {s}?', 'At least how much is not subject to the {s}?']),
    asked(first.words, ['Berapa nilai warisan yang tidak dikenai {s}?', 'Kalau warisan, nilai bebas {s} berapa?'], ['How much of an inheritance is free of the {s}?']),
  ] };
};

const fraction: Draw = ({ short: s }, random) => {
  const below = between(5, 12, random);
  const share = same(`${between(2, below - 1, random)}/${below}`);
  const basis = pick(BASES, random);
  return { kind: 'fraction', heading: 'Dasar khusus', sentences: [`Untuk barang lama, ${s} dihitung dari ${share.id} kali ${basis.id}`], asked: [
    asked(share, [`Untuk barang lama, {s} dihitung dari berapa bagian ${basis.id}?`, 'Berapa bagian yang dipakai menghitung {s} barang lama?'], [`What fraction of ${basis.en} is used for the {s} on old goods?`]),
  ] };
};

export const CLAUSES: readonly Draw[] = [rate, range, bands, objects, objects, payment, owed, who, registration, penalty, expiry, allowance, fraction];

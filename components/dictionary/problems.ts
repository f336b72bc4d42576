/** Failures in both languages, from the facts that the server tells. */
import type { AnswerProblem, Language } from '@/lib/answer/events.ts';
import type { ProblemFacts, ProblemId } from '@/lib/answer/problems.ts';
import { formatter } from '../format.ts';
import { DICTIONARIES } from './dictionary.ts';
import { adapterRefused, workspaceRefused } from './refused.ts';
import { skippedText } from './skipped.ts';

export interface ProblemText {
  readonly message: string;
  /** English words of the server that follow the message, where they name what is to be mended. */
  readonly detail?: string;
  /** In place of the server's, where that is a sentence and not a command. */
  readonly remedy?: string;
}

/** `null` where the facts are not known here. */
type ProblemTexts = { readonly [Id in ProblemId]: (facts: ProblemFacts[Id]) => ProblemText | null };

const list = (found: string, none: string): string => found || none;
/** After a colon, each file with why; nothing without files. */
const files = ({ skipped }: ProblemFacts['documents-unreadable'], language: Language): string =>
  skipped.length > 0 ? `: ${skipped.map((one) => `${one.file} (${skippedText(one, language)})`).join(', ')}` : '';

const indonesian: ProblemTexts = {
  'question-empty': ({ limit }) => ({ message: 'Pertanyaannya kosong.', remedy: `Tulis pertanyaan sepanjang 1 sampai ${limit} karakter.` }),
  'question-too-long': ({ length, limit }) => ({ message: `Pertanyaan ini ${length} karakter; paling banyak ${limit} sekaligus.`, remedy: 'Persingkat pertanyaannya.' }),
  'prompt-too-long': ({ tokens, limit }) => ({ message: `Prompt ini ${tokens} token; model membaca paling banyak ${limit}, termasuk jawabannya.`, remedy: 'Ajukan pertanyaan yang lebih pendek atau pakai lebih sedikit potongan.' }),
  'queue-full': ({ active, waiting }) => ({ message: `${active} jawaban sedang ditulis dan ${waiting} menunggu; itu batasnya.`, remedy: 'Tunggu satu jawaban selesai, lalu tanyakan lagi.' }),
  'engine-stopped': () => ({ message: 'Mesin penjawab berhenti.', remedy: 'Tanyakan lagi; mesin dinyalakan kembali.' }),
  'answer-failed': ({ reason }) => ({ message: `Model gagal ketika menulis jawaban ini: ${reason}`, remedy: 'Tanyakan lagi. Kalau terulang, jalankan kembali: npm start' }),
  'model-file-missing': ({ file }) => ({ message: `Berkas model ${file} tidak ada.` }),
  'model-file-damaged': ({ file }) => ({ message: `Berkas model ${file} rusak.` }),
  'adapter-missing': ({ name, found }) => ({ message: `Adapter "${name}" tidak ada (yang ada: ${list(found, 'belum ada')}).` }),
  'adapter-damaged': ({ file }) => ({ message: `Berkas adapter ${file} tidak dapat dipakai.` }),
  'adapter-of-other-base': ({ name }) => ({ message: `Adapter "${name}" dilatih di atas model dasar lain, bukan yang dipakai sekarang.` }),
  'adapter-beneath-changed': ({ name, beneath }) => ({ message: `Adapter "${name}" dilatih di atas "${beneath}" yang lama; "${beneath}" sudah berubah, jadi harus dilatih ulang.` }),
  'checkpoint-missing': ({ run, step, found }) => ({ message: `Pelatihan "${run}" tidak punya titik simpan ${step} (yang ada: ${list(found, 'belum ada')}).`, remedy: 'Pilih titik simpan lain, atau latih lagi.' }),
  'workspace-without-adapter': ({ name }) => ({ message: `Untuk ruang kerja "${name}" belum ada adapter yang dipilih.` }),
  'workspace-missing': ({ name, found }) => ({ message: `Ruang kerja "${name}" tidak ada (yang ada: ${list(found, 'belum ada')}).` }),
  'index-missing': ({ folder }) => ({ message: `Belum ada indeks di ${folder}.` }),
  'documents-unreadable': (facts) => ({ message: `Tidak ada dokumen yang dapat dibaca${files(facts, 'id')}.`, remedy: 'Pilih berkas Markdown, teks, HTML, PDF, atau DOCX.' }),
  'workspace-name-taken': ({ name, own }) => ({ message: `Sudah ada ruang kerja bernama "${name}".`, remedy: own ? 'Pilih nama lain, atau hapus dulu ruang kerja itu.' : 'Pilih nama lain: yang itu bawaan proyek ini.' }),
  'workspace-name-unusable': ({ name }) => ({ message: `"${name}" tidak bisa menjadi nama ruang kerja.`, remedy: 'Pakai huruf, angka, - dan _, paling banyak 64, diawali huruf atau angka.' }),
  'workspace-refused': ({ file, why }) => workspaceRefused(file, why),
  'adapter-refused': ({ why }) => adapterRefused(why),
  'line-unusable': ({ file, line, reason }) => ({ message: `${file === null ? 'Baris' : `${file}, baris`} ${line} tidak dapat dipakai.`, detail: reason, remedy: 'Perbaiki baris itu; tidak ada isi berkasnya yang diambil.' }),
  'question-twice': ({ question, line, otherAnswer }) => ({
    message: `${line === undefined ? 'Pertanyaan' : `Baris ${line}: pertanyaan`} "${question}" ada lebih dari sekali di antara contohnya${otherAnswer === undefined ? '' : `, dengan jawaban lain: "${otherAnswer}"`}.`,
    remedy: 'Sisakan satu.',
  }),
  'question-held-out-and-trained': ({ question, line }) => ({ message: `${line === undefined ? 'Soal' : `Baris ${line}: soal`} ujian "${question}" juga dilatihkan.`, remedy: 'Ubah kalimat soal ujiannya, atau keluarkan dari pelajaran.' }),
  'too-many-examples': ({ examples, limit }) => ({ message: `Contohnya ${formatter('id').count(examples)}; satu ruang kerja memuat paling banyak ${formatter('id').count(limit)}.`, remedy: 'Kurangi contohnya.' }),
  'file-without-examples': ({ format }) => ({ message: 'Berkas ini tidak berisi contoh.', remedy: format === 'csv' ? 'Awali dengan baris "question,answer".' : 'Tulis satu {"question": "…", "answer": "…"} di tiap baris.' }),
  'too-many-files': ({ files, limit }) => ({ message: `Ada ${formatter('id').count(files)} berkas; paling banyak ${formatter('id').count(limit)} sekaligus.`, remedy: 'Pakai: npm run ingest -- FOLDER' }),
  'document-name-unusable': ({ name }) => ({ message: `"${name}" tidak bisa menjadi nama dokumen.`, remedy: 'Ganti nama berkasnya.' }),
  'file-not-utf8': ({ file }) => ({ message: `${file} bukan teks UTF-8.`, remedy: 'Simpan sebagai UTF-8.' }),
  'request-too-large': ({ bytes }) => ({ message: `Kiriman ini lebih besar dari ${formatter('id').bytes(bytes)}.`, remedy: 'Kurangi isinya.' }),
  'adapter-name-taken': ({ name }) => ({ message: `Sudah ada adapter bernama "${name}".`, remedy: 'Pilih nama lain.' }),
  'training-name-taken': ({ name }) => ({
    message: `Sementara itu sudah ada adapter lain bernama "${name}", dan latihan ini tidak diizinkan menggantinya.`,
    remedy: 'Simpan titik simpan terakhir latihan ini dengan nama lain; atau ganti nama atau hapus adapter itu, lalu lanjutkan.',
  }),
  'training-under-way': ({ name }) => ({ message: `Latihan "${name}" sudah berjalan atau dijeda.`, remedy: 'Pilih nama lain, atau lanjutkan latihan itu.' }),
  'training-disk-full': () => ({ message: 'Disk penuh: latihan tidak dapat menyimpan yang dipelajari sejak penyimpanan terakhir.', remedy: 'Kosongkan ruang, misalnya dengan menghapus latihan lama beserta titik simpannya, lalu lanjutkan.' }),
  'training-state-damaged': () => ({ message: 'Keadaan tersimpan latihan ini rusak, jadi latihan tidak dapat dilanjutkan.', remedy: 'Simpan salah satu titik simpannya sebagai adapter, atau mulai latihan baru.' }),
  'training-state-outdated': () => ({ message: 'Keadaan tersimpan latihan ini berasal dari model dasar, contoh, atau pengaturan lain, jadi latihan tidak dapat dilanjutkan.', remedy: 'Mulai latihan baru.' }),
  'workspace-without-examples': ({ name }) => ({ message: `Ruang kerja "${name}" belum punya contoh untuk dilatih.`, remedy: 'Tambahkan contoh, atau impor berkas contoh.' }),
};

/** Where the server's own words are not for those who read a page. */
const english: Partial<ProblemTexts> = {
  'question-empty': ({ limit }) => ({ message: 'The question is empty.', remedy: `Write a question of 1 to ${limit} characters.` }),
  'question-too-long': ({ length, limit }) => ({ message: `The question has ${length} characters; ${limit} is the most that can be asked at once.`, remedy: 'Shorten it.' }),
  'prompt-too-long': ({ tokens, limit }) => ({ message: `The prompt has ${tokens} tokens; the model reads at most ${limit}, its answer included.`, remedy: 'Ask a shorter question or use fewer passages.' }),
  'queue-full': ({ active, waiting }) => ({ message: `${active} answers are being written and ${waiting} are waiting, which is the limit.`, remedy: 'Wait for an answer to finish, then ask again.' }),
  'engine-stopped': () => ({ message: 'The generation engine stopped.', remedy: 'Ask again; it starts anew.' }),
  'answer-failed': ({ reason }) => ({ message: `The model failed while it wrote this answer: ${reason}`, remedy: 'Ask again. If it happens again, restart with: npm start' }),
  'model-file-missing': ({ file }) => ({ message: `The model’s file ${file} is missing.` }),
  'model-file-damaged': ({ file }) => ({ message: `The model’s file ${file} is damaged.` }),
  'adapter-missing': ({ name, found }) => ({ message: `There is no adapter "${name}" (there are: ${list(found, 'none')}).` }),
  'adapter-damaged': ({ file }) => ({ message: `The adapter’s file ${file} cannot be used.` }),
  'adapter-of-other-base': ({ name }) => ({ message: `Adapter "${name}" was trained on another base model than the one in use.` }),
  'adapter-beneath-changed': ({ name, beneath }) => ({ message: `Adapter "${name}" was trained on top of an earlier "${beneath}"; that has changed, so it has to be trained again.` }),
  'checkpoint-missing': ({ run, step, found }) => ({ message: `The training "${run}" has no checkpoint ${step} (there are: ${list(found, 'none')}).`, remedy: 'Choose another checkpoint, or train again.' }),
  'workspace-without-adapter': ({ name }) => ({ message: `No adapter has been chosen for the workspace "${name}" yet.` }),
  'workspace-missing': ({ name, found }) => ({ message: `There is no workspace "${name}" (there are: ${list(found, 'none')}).` }),
  'index-missing': ({ folder }) => ({ message: `There is no index in ${folder} yet.` }),
  'documents-unreadable': (facts) => ({ message: `None of the documents can be read${files(facts, 'en')}.`, remedy: 'Choose Markdown, text, HTML, PDF or DOCX files.' }),
  'workspace-name-taken': ({ name, own }) => ({ message: `There is a workspace "${name}" already.`, remedy: own ? 'Choose another name, or delete that one first.' : 'Choose another name: that one comes with the project.' }),
  'request-too-large': ({ bytes }) => ({ message: `The request is larger than ${formatter('en').bytes(bytes)}.`, remedy: 'Send less at once.' }),
  'adapter-name-taken': ({ name }) => ({ message: `There is an adapter "${name}" already.`, remedy: 'Choose another name.' }),
  'training-name-taken': ({ name }) => ({
    message: `There is another adapter "${name}" by now, which this training was not allowed to replace.`,
    remedy: 'Keep the last checkpoint of this training under another name; or rename or delete that adapter, then go on.',
  }),
  'training-under-way': ({ name }) => ({ message: `The training "${name}" is under way or paused.`, remedy: 'Choose another name, or go on with that one.' }),
  'training-disk-full': () => ({ message: 'The disk is full: the training could not save what it has learned since it last saved.', remedy: 'Free some space, for example by deleting old trainings with their checkpoints, then go on.' }),
  'training-state-damaged': () => ({ message: 'The saved state of this training is damaged, so it cannot go on.', remedy: 'Keep one of its checkpoints as an adapter, or start a new training.' }),
  'training-state-outdated': () => ({ message: 'The saved state of this training is of another base model, other examples or other settings, so it cannot go on.', remedy: 'Start a new training.' }),
  'workspace-without-examples': ({ name }) => ({ message: `The workspace "${name}" has no example to train on yet.`, remedy: 'Add examples, or import a file of them.' }),
};

const PROBLEM_TEXTS: Readonly<Record<Language, Partial<ProblemTexts>>> = { id: indonesian, en: english };

/** What is said of a problem in this language, wherever it is shown; in the server's English where it is none of those that have texts here. */
export function problemText({ code, message, remedy, detail }: AnswerProblem, language: Language): ProblemText {
  // What a newer or older server sends may be unknown here.
  const text = detail && (PROBLEM_TEXTS[language][detail.id] as ((facts: NonNullable<AnswerProblem['detail']>['facts']) => ProblemText | null) | undefined)?.(detail.facts);
  return text ? { remedy, ...text } : { message: DICTIONARIES[language].problem.codes[code] ?? message, remedy };
}

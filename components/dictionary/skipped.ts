/** Why files were left out, in the language of the page. */
import type { Language } from '@/lib/answer/events.ts';
import { skipReasonText, type SkippedDocument, type SkipTexts } from '@/lib/messages/skipped.ts';
import { formatter } from '../format.ts';

const count = (value: number): string => formatter('id').count(value);

export const INDONESIAN_SKIPS: SkipTexts = {
  'unknown-format': ({ endings }) => `bukan Markdown, teks, HTML, PDF, atau DOCX (${endings})`,
  'too-large': ({ limit }) => `lebih besar dari ${limit}`,
  unreadable: ({ cause }) => `tidak dapat dibaca (${cause})`,
  binary: () => 'bukan teks, atau teks yang bukan UTF-8',
  'not-utf8': () => 'bukan teks UTF-8',
  empty: () => 'kosong',
  'same-name': ({ file }) => `namanya sama dengan ${file}`,
  'same-document': ({ file }) => `menyebut dirinya dokumen yang sama dengan ${file}`,
  'name-too-long': ({ limit }) => `namanya lebih dari ${count(limit)} karakter`,
  'takes-too-long': ({ seconds }) => `perlu lebih dari ${seconds.toLocaleString('id-ID')} detik untuk dibaca`,
  'takes-too-much-memory': ({ limit }) => `perlu lebih dari ${limit} memori untuk dibaca`,
  // What the reader of the format says of it is English, and mends nothing.
  damaged: () => 'rusak, atau isinya tidak sesuai dengan ekstensi namanya',
  'not-zip': () => 'rusak: bukan arsip ZIP, atau tidak utuh',
  'zip-contents': () => 'rusak: daftar isinya tidak terbaca',
  'zip-entry': ({ entry }) => `rusak: "${entry}" di dalamnya tidak utuh`,
  'zip-packing': ({ entry }) => `"${entry}" di dalamnya dikemas dengan cara yang tidak dikenal; kemas ulang sebagai ZIP biasa`,
  'zip-twice': ({ entry }) => `rusak: "${entry}" ada dua kali di dalamnya`,
  'zip-folder': ({ entry }) => `rusak: "${entry}" di dalamnya adalah folder, tetapi berisi data`,
  'too-deep': () => 'rusak: bagian-bagiannya bersarang terlalu dalam',
  'broke-off': () => 'rusak: pembacaannya terhenti di tengah jalan',
  locked: () => 'dikunci dengan kata sandi',
  'locked-or-old-word': () => 'dikunci dengan kata sandi, atau .doc lama; simpan sebagai .docx tanpa kata sandi',
  'not-word': () => 'bukan dokumen Word',
  'too-many-pages': ({ pages, limit }) => `berisi ${count(pages)} halaman; paling banyak ${count(limit)}`,
  'too-many-characters': ({ limit }) => `berisi lebih dari ${count(limit)} karakter`,
  scanned: ({ pages }) => `hasil pindaian: ${pages === 1 ? 'halamannya' : `${count(pages)} halamannya`} berupa gambar tanpa teks; kenali dulu teksnya (OCR)`,
  encrypted: () => 'terenkripsi',
  'unpacks-too-large': ({ limit }) => `isinya lebih dari ${limit} setelah diekstrak`,
  'too-many-files': ({ files, limit }) => `berisi ${count(files)} berkas; paling banyak ${count(limit)}`,
};

/** Why a file was left out; in the server's English where this page does not know the reason. */
export const skippedText = ({ reason, why }: SkippedDocument, language: Language): string => (language === 'id' && why.id in INDONESIAN_SKIPS ? skipReasonText(why, INDONESIAN_SKIPS) : reason);

import type { Language } from '../answer/events.ts';

/** Words that are common in one language's questions and absent, or nearly so, from the other's. */
const WORDS: Record<Language, ReadonlySet<string>> = {
  id: new Set(
    `apa apakah siapa siapakah kapan kapankah di dimana mana manakah mengapa kenapa bagaimana bagaimanakah berapa berapakah yang dan atau dari
    untuk dengan pada dalam adalah ialah itu ini tidak bukan ada akan oleh ke kepada sebagai jika kalau bila harus boleh bisa dapat
    saya kamu anda kami kita mereka dia jelaskan sebutkan tolong perbedaan bedanya beda pajak tarif wajib undang pasal menurut tahun
    orang pribadi badan usaha karena juga sudah belum masih kena dikenai dikenakan terutang dihitung dilaporkan dibayar sebesar
    jual beli barang jasa penghasilan lapor bayar hitung setiap antara serta lebih kurang paling sama semua siapakah nya`.split(/\s+/),
  ),
  en: new Set(
    `what who whom whose when where why how which the a an is are was were be been of for with and or to from by on at as it this that
    these those do does did can could should would must may will not no if than then there their they you your we our i my me he she
    explain tell describe list difference between tax rate income value added much many long according law article year person
    company pay paid payment file filing owe owed due under into about have has had any each every`.split(/\s+/),
  ),
};

const INDONESIAN_AFFIX = /^(?:di|me[mn]?[gy]?|ber|ter|pe[mn]?[gy]?|ke|se)[a-z]{3,}(?:kan|i|an|nya)$|(?:nya|kah|lah)$/;

/**
 * Whether a question is Indonesian or English, by counting its function words; affixes typical of Indonesian
 * count half. A tie, such as a question of names only, is Indonesian: the demo's domain is.
 */
export const detectLanguage = (text: string): Language => evidentLanguage(text) ?? 'id';

/** The same where the words tell it; nothing on a tie, as of figures only. */
export function evidentLanguage(text: string): Language | undefined {
  let indonesian = 0;
  let english = 0;
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    if (WORDS.id.has(word)) indonesian += 1;
    else if (WORDS.en.has(word)) english += 1;
    else if (INDONESIAN_AFFIX.test(word)) indonesian += 0.5;
  }
  if (english === indonesian) return undefined;
  return english > indonesian ? 'en' : 'id';
}

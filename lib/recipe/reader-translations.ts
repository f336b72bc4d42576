/** English wordings of the commonest Indonesian questions, so that real passages are also asked about in English. */

const TRANSLATIONS: readonly (readonly [RegExp, string])[] = [
  [/^kapan(?:kah)? (.+?) (?:di)?lahir(?:kan)?$/i, 'When was $1 born?'], [/^kapan(?:kah)? (.+?) (?:meninggal(?: dunia)?|wafat)$/i, 'When did $1 die?'],
  [/^kapan(?:kah)? (.+?) (?:didirikan|berdiri)$/i, 'When was $1 founded?'], [/^kapan(?:kah)? (.+?) (?:dibentuk|terbentuk)$/i, 'When was $1 formed?'], [/^kapan(?:kah)? (.+?) dibangun$/i, 'When was $1 built?'],
  [/^kapan(?:kah)? (?:film |album |lagu )?(.+?) (?:dirilis|rilis)$/i, 'When was $1 released?'], [/^kapan(?:kah)? (.+?) terjadi$/i, 'When did $1 take place?'], [/^kapan(?:kah)? (.+?) (?:di)?mulai$/i, 'When did $1 begin?'], [/^kapan(?:kah)? (.+?) berakhir$/i, 'When did $1 end?'], [/^kapan(?:kah)? (.+?) ditemukan$/i, 'When was $1 discovered?'], [/^kapan(?:kah)? (.+?) merdeka$/i, 'When did $1 become independent?'],
  [/^siapa(?:kah)? (?:yang )?(?:pendiri|mendirikan) (.+)$/i, 'Who founded $1?'], [/^siapa(?:kah)? (?:penemu|yang menemukan) (.+)$/i, 'Who discovered $1?'], [/^siapa(?:kah)? (?:pencipta|yang menciptakan) (.+)$/i, 'Who created $1?'], [/^siapa(?:kah)? (?:penulis|pengarang) (?:novel |buku )?(.+)$/i, 'Who wrote $1?'], [/^siapa(?:kah)? sutradara (?:film )?(.+)$/i, 'Who directed $1?'], [/^siapa(?:kah)? (?:nama )?ayah (?:dari )?(.+)$/i, 'Who was the father of $1?'], [/^siapa(?:kah)? (?:nama )?istri (?:dari )?(.+)$/i, 'Who was the wife of $1?'],
  [/^siapa(?:kah)? presiden pertama (.+)$/i, 'Who was the first president of $1?'], [/^siapa(?:kah)? raja pertama (?:dari )?(.+)$/i, 'Who was the first king of $1?'], [/^(?:di ?mana|dimanakah) (.+?) (?:di)?lahir(?:kan)?$/i, 'Where was $1 born?'], [/^(?:di ?mana|dimanakah) (.+?) meninggal$/i, 'Where did $1 die?'], [/^(?:di ?mana|dimanakah) letak (.+)$/i, 'Where is $1?'], [/^(?:di ?mana|dimanakah) (.+?) terletak$/i, 'Where is $1 located?'],
  [/^berapa(?:kah)? luas (?:wilayah )?(.+)$/i, 'What is the area of $1?'], [/^berapa(?:kah)? (?:jumlah )?(?:penduduk|populasi) (?:di )?(.+)$/i, 'What is the population of $1?'], [/^berapa(?:kah)? tinggi (.+)$/i, 'How high is $1?'], [/^berapa(?:kah)? panjang (.+)$/i, 'How long is $1?'], [/^(?:berapa lama|berapakah lama) (.+?) berlangsung$/i, 'How long did $1 last?'],
  [/^apa(?:kah)? (?:nama )?ibu ?kota (?:negara |dari )?(.+)$/i, 'What is the capital of $1?'], [/^apa(?:kah)? (?:nama )?mata uang (?:negara |dari )?(.+)$/i, 'What is the currency of $1?'], [/^apa(?:kah)? bahasa resmi (?:negara |di )?(.+)$/i, 'What is the official language of $1?'], [/^apa(?:kah)? (?:itu|yang dimaksud dengan|yang dimaksud|pengertian(?: dari)?|arti(?: dari)?) (.+)$/i, 'What is $1?'], [/^apa(?:kah)? penyebab (?:utama )?(.+)$/i, 'What is the cause of $1?'], [/^apa(?:kah)? nama album pertama (.+)$/i, 'What was the first album of $1?'],
];

/** The question in English; `null` where it is of no known form. Names stay as they are. */
export function inEnglish(question: string): string | null {
  const plain = question.replace(/[\s?.!]+$/, '').replace(/\s+/g, ' ').trim();
  const found = TRANSLATIONS.find(([form]) => form.test(plain));
  return found ? plain.replace(found[0], found[1]) : null;
}

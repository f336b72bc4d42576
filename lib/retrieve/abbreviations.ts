/** Short names and their long forms, e.g. `{ PPN: 'Pajak Pertambahan Nilai' }`; part of a workspace. */
export type Abbreviations = Readonly<Record<string, string>>;

/**
 * Adds to a question the long form of every abbreviation in it, and the abbreviation of every long form, so that both
 * searches find passages written either way. Compared as whole words without regard to case.
 */
export function expandAbbreviations(question: string, abbreviations: Abbreviations): string {
  const additions: string[] = [];
  for (const [short, long] of Object.entries(abbreviations)) {
    const hasShort = containsWords(question, short);
    const hasLong = containsWords(question, long);
    if (hasShort && !hasLong) additions.push(long);
    if (hasLong && !hasShort) additions.push(short);
  }
  return additions.length ? `${question} (${additions.join(', ')})` : question;
}

/** Words of another language and the documents' own, e.g. `{ 'stamp duty': 'Bea Meterai' }`; part of a workspace. */
export type Glossary = Readonly<Record<string, string>>;

/** Adds to a question the documents' words for every foreign term in it. Of two terms of which one holds the other, the longer counts. */
export function expandGlossary(question: string, glossary: Glossary): string {
  const found = Object.keys(glossary).filter((term) => containsWords(question, term));
  const longest = found.filter((term) => !found.some((other) => other !== term && containsWords(other, term)));
  return longest.length ? `${question} (${longest.map((term) => glossary[term]).join(', ')})` : question;
}

function containsWords(text: string, words: string): boolean {
  const pattern = words.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+');
  return new RegExp(`(?<![\\p{L}\\d])${pattern}(?![\\p{L}\\d])`, 'iu').test(text);
}

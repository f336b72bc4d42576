/**
 * What turns the meaning of a sentence around while its figures stay: negation, and the direction in which a figure bounds or moves. Short lists of
 * words in Indonesian and English; what they leave open is left open.
 */

const word = (alternatives: string): RegExp => new RegExp(`(?<![\\p{L}\\d])(?:${alternatives})(?![\\p{L}\\d])`, 'giu');

/** Read first and taken out, so that "not more than" is no negation and no "more". */
const DOWNWARD = word("(?:tidak|tak|not?) (?:boleh )?(?:lebih(?: tinggi| besar| lama| banyak)? dari|melebihi|more than|exceed(?:ing)?|later than|over|above)|paling (?:lama|lambat|banyak|tinggi|besar|jauh)|se(?:lama|lambat|banyak|tinggi|besar|jauh)-\\p{L}+|maksim(?:al|um)|at most|at the latest|up to|maximum|lebih (?:rendah|kecil|sedikit|singkat)|kurang dari|di bawah|lower|less than|below|under|fewer than|reduced by");
const UPWARD = word("(?:tidak|tak|not?) (?:kurang dari|less than|fewer than|below|under)|paling (?:sedikit|singkat|rendah|kurang|cepat)|se(?:kurang|rendah|singkat|dikit)-\\p{L}+|sedikitnya|minim(?:al|um)|at least|lebih (?:tinggi|besar|banyak|lama)|lebih dari|melebihi|di atas|higher|more than|above|over|exceed(?:s|ing)?|increased by");
const NEGATIONS = word("tidak|tak|bukan(?:lah)?|belum|jangan|no|not|never|none|neither|cannot|(?:is|are|was|were|do|does|did|has|have|can|could|must|need|wo)n['’]t");
/** Words that deny without a negation: "exempt" says what "not taxed" says. */
const DENIALS = word("bebas|dibebaskan|pembebasan|dikecualikan|pengecualian|kecuali|hapus|dihapus|dihapuskan|dilarang|ditolak|gagal|nihil|nol|0 ?%|exempt(?:ed|ion)?|free|except(?:ed|ion)?|excluded|outside|forbidden|prohibited|zero|rejected|abolished|unable");

type Pole = 'up' | 'down';

/** In which directions a text speaks of bounds and changes. */
function poles(text: string): ReadonlySet<Pole> {
  const found = new Set<Pole>();
  if (text.search(DOWNWARD) >= 0) found.add('down');
  if (text.replace(DOWNWARD, ' ').search(UPWARD) >= 0) found.add('up');
  return found;
}

const without = (text: string): string => text.replace(DOWNWARD, ' ').replace(UPWARD, ' ');
const negates = (text: string): boolean => without(text).search(NEGATIONS) >= 0;
const denies = (text: string): boolean => negates(text) || text.search(DENIALS) >= 0;
/** "Or not?" at a question's end offers the contrary without saying it: such a question is as open as one without. */
const withoutTag = (question: string): string => question.replace(/,?\s+(?:atau|or)\s+(?:tidak|tak|bukan|belum|not)\s*\?*\s*$/iu, '?');
const saysYes = (text: string): boolean => /^\s*(?:ya|yes|benar|betul)(?![\p{L}\d])/iu.test(text);

/**
 * Whether an answer says the contrary of every accepted one: it negates where none of them denies anything, asserts where all of them deny, or says
 * yes where all of them negate ("Yes, diplomas are not taxed" of whether they are); or it
 * bounds upwards what they bound downwards ("at least 7 years" for "up to 7 years"). Words of the question count for the answer, which may repeat them.
 */
export function contradicts(answer: string, asked: string, accepted: readonly string[]): boolean {
  const question = withoutTag(asked);
  if (negates(answer) && !accepted.some(denies) && !negates(question)) return true;
  if (!denies(answer) && accepted.length > 0 && accepted.every(denies)) return true;
  if (saysYes(answer) && accepted.length > 0 && !denies(question) && accepted.every((one) => negates(one) && !saysYes(one))) return true;
  const expected = new Set(accepted.flatMap((text) => [...poles(text)]));
  const open = new Set([...expected, ...poles(question)]);
  return expected.size > 0 && [...poles(answer)].some((pole) => !open.has(pole));
}

/**
 * What turns the meaning of a sentence around while its figures stay: negation, and the direction in which a figure bounds or moves. Short lists of
 * words in Indonesian and English; what they leave open is left open.
 */
import { numbersInDigits } from '../retrieve/number-words.ts';

const word = (alternatives: string): RegExp => new RegExp(`(?<![\\p{L}\\d])(?:${alternatives})(?![\\p{L}\\d])`, 'giu');

/** Read first and taken out, so that "not more than" is no negation and no "more". */
const DOWNWARD = word("(?:tidak|tak|not?) (?:boleh )?(?:lebih(?: tinggi| besar| lama| banyak)? dari|melebihi|more than|exceed(?:ing)?|later than|over|above)|paling (?:lama|lambat|banyak|tinggi|besar|jauh)|se(?:lama|lambat|banyak|tinggi|besar|jauh)-\\p{L}+|maksim(?:al|um)|at most|at the latest|up to|maximum|lebih (?:rendah|kecil|sedikit|singkat)|kurang dari|di bawah|lower|less than|below|under(?= (?:(?:the|an?|its) )?(?:(?:rp|idr)\\.? ?)?(?:\\d|half(?!\\p{L})))|fewer than|reduced by");
const UPWARD = word("(?:tidak|tak|not?) (?:kurang dari|less than|fewer than|below|under)|paling (?:sedikit|singkat|rendah|kurang|cepat)|se(?:kurang|rendah|singkat|dikit)-\\p{L}+|sedikitnya|minim(?:al|um)|at least|lebih (?:tinggi|besar|banyak|lama)|lebih dari|melebihi|di atas|higher|more than|above|over|exceed(?:s|ing)?|increased by");
const NEGATIONS = word("tidak|tak|bukan(?:lah)?|belum|jangan|no(?!\\.? ?\\d)|not|never|none|neither|cannot|(?:is|are|was|were|do|does|did|has|have|can|could|must|need|wo)n['’]t");
/** Words that deny without a negation: "exempt" says what "not taxed" says. */
const EXEMPTIONS = word("bebas|dibebaskan|pembebasan|dikecualikan|dilarang|exempt(?:ed|ion)?|free|excluded|outside|forbidden|prohibited");
/** Words that leave something out or nothing over, which a yes may come before: "Yes, except food", "Yes, at 0 %". */
const RESERVATIONS = word("kecuali|pengecualian|except(?:ed|ion)?|hapus|dihapus|dihapuskan|ditolak|gagal|nihil|nol|0 ?%|zero|rejected|abolished|unable");

type Pole = 'up' | 'down';

/** In which directions a text speaks of bounds and changes. */
function poles(said: string): ReadonlySet<Pole> {
  const text = numbersInDigits(said);
  const found = new Set<Pole>();
  if (text.search(DOWNWARD) >= 0) found.add('down');
  if (text.replace(DOWNWARD, ' ').search(UPWARD) >= 0) found.add('up');
  return found;
}

const without = (text: string): string => text.replace(DOWNWARD, ' ').replace(UPWARD, ' ');
const negates = (text: string): boolean => without(text).search(NEGATIONS) >= 0;
const refutes = (text: string): boolean => negates(text) || text.search(EXEMPTIONS) >= 0;
const denies = (text: string): boolean => refutes(text) || text.search(RESERVATIONS) >= 0;
/** "Or not?" at a question's end offers the contrary without saying it: such a question is as open as one without. */
const withoutTag = (question: string): string => question.replace(/,?\s+(?:atau|or)\s+(?:tidak|tak|bukan|belum|not)\s*\?*\s*$/iu, '?');
const offersAlternatives = (question: string): boolean => /(?<!\p{L})(?:atau|or)(?!\p{L})/iu.test(question);
const saysYes = (text: string): boolean => /^\s*(?:ya|yes|benar|betul)(?![\p{L}\d])/iu.test(text);
const afterNo = (text: string): string | undefined => /^\s*(?:tidak|tak|bukan|no)\s*[,;:.–—-]\s*(.+)$/isu.exec(text)?.[1];

/** What affirms where nothing denies it: that something is taxed, may, must or counts. */
const AFFIRMATIONS = word("kena|boleh|dapat|bisa|harus|wajib|perlu|berlaku|berhak|termasuk|taxed|taxable|subject|liable|may|can|must|should|has to|have to|allowed|required|eligible|pays?|appl(?:y|ies)|counts?");
/** Words that a sentence may have more or less of and still say the same. */
const FILLERS = new Set(['itu', 'ini', 'tersebut', 'yang', 'dari', 'adalah', 'menjadi', 'the', 'a', 'an', 'this', 'that', 'those', 'these', 'is', 'are', 'be', 'of', 'to']);

const wordsOf = (text: string): string[] => sameWords(text).toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
/** "Is charged", "is levied on" and "is an object of" a tax are one thing to be. */
const sameWords = (text: string): string => text.replace(/(?<!\p{L})(?:(?:di)?kena(?:i|kan)?|(?:menjadi )?objek)(?!\p{L})/giu, 'kena');
/** The parts of a sentence that negate: of "need not register, but may choose to" and of "are not taxed, because the region taxes them" the first. */
const negatedParts = (text: string): string[] => text.split(/[,;.](?!\d)|\s(?:tetapi|namun|melainkan|sedangkan|sehingga|karena|sebab|jadi|but|while|whereas|because|since|so)\s/iu).filter(negates);

/**
 * Whether an answer says no and then affirms what it was to deny ("No, diplomas are taxed"): after the no it denies nothing, and has no words but those
 * of the question and of what accepted answers negate. Words of its own may give the reason, which a no may stand before.
 */
function takesNoBack(answer: string, question: string, accepted: readonly string[]): boolean {
  const rest = afterNo(answer);
  if (rest === undefined || offersAlternatives(question)) return false;
  const asked = new Set(wordsOf(question));
  const denied = new Set([...asked, ...accepted.flatMap(negatedParts).flatMap(wordsOf), ...FILLERS]);
  const deniesItself = negates(rest) || denies(wordsOf(rest).filter((each) => !asked.has(each)).join(' '));
  return !deniesItself && sameWords(rest).search(AFFIRMATIONS) >= 0 && wordsOf(rest).every((each) => denied.has(each));
}

/** Whether a plain no is right: it is an accepted answer or begins one. */
const isDenied = (accepted: readonly string[]): boolean => accepted.some((one) => /^\s*(?:tidak|bukan|no|not)(?![\p{L}\d])/iu.test(one)) || accepted.every(refutes);

/**
 * Whether an answer says the contrary of every accepted one: it negates where none of them denies anything, asserts where all of them deny, says
 * yes and denies what is to be denied ("Yes, diplomas are not taxed" of whether they are), or takes back the no that it begins with; or it
 * bounds upwards what they bound downwards ("at least 7 years" for "up to 7 years"). Words of the question count for the answer, which may repeat them.
 */
export function contradicts(answer: string, asked: string, accepted: readonly string[]): boolean {
  const question = withoutTag(asked);
  if (negates(answer) && !accepted.some(denies) && !negates(question)) return true;
  if (!denies(answer) && accepted.length > 0 && accepted.every(denies)) return true;
  if (saysYes(answer) && refutes(answer) && !denies(question) && accepted.length > 0 && isDenied(accepted) && !accepted.some(saysYes)) return true;
  if (takesNoBack(answer, question, accepted)) return true;
  const expected = new Set(accepted.flatMap((text) => [...poles(text)]));
  const open = new Set([...expected, ...poles(question)]);
  return expected.size > 0 && [...poles(answer)].some((pole) => !open.has(pole));
}

/** What another question asks of its subject, asked of this one: `Siapa pendiri A?` and `Siapa pelatih B?` give `Siapa pelatih A?`. */
import type { Random } from '../finetune/random.ts';
import { shuffled } from '../finetune/random.ts';
import { interrogative, type Alteration, type NamePool } from './reader-alterations.ts';

interface QuestionForm {
  readonly kind: string;
  /** The question before and after the name. */
  readonly around: readonly [string, string];
  /** Stems of the words that say what is asked. */
  readonly asks: readonly string[];
}

/** Words that ask without saying what of, and those that nearly every passage answers in other words. */
const SAYS_NOTHING = /^(?:apa|siapa|kapan|berapa|dimana|mana|mengapa|bagaimana)(?:kah)?$|^(?:yang|dari|nama|pada|dalam|untuk|oleh|dengan|adalah|tahun|tanggal|pertama|kali|saja|orang)$/;
const ANSWERED_ANYWAY = /letak|lokasi|berada|asal|maksud|artian|arti$|defini|lahir|wafat|tinggal|disebut|jelas|besar|luas|jumlah|lama/;
/** Words that stand for one another: a passage with one of them may answer a question with another. */
const SYNONYMS = ['diri bentuk bangun mula muncul rilis terbit tayang temu resmi buka awal cipta buat tulis karang karya gagas rancang produk siar',
  'presiden pimpin ketua raja kepala direktur sultan ratu perdana menteri kaisar gubernur bupati', 'istri suami nikah pasangan', 'ayah ibu bapak putra putri anak orangtua', 'akhir selesai bubar runtuh tutup henti',
  'ibu kota pusat ibukota', 'bahasa tutur', 'agama percaya anut', 'sebab karena akibat', 'guna fungsi manfaat tujuan', 'main tokoh peran aktor'].map((words) => words.split(' '));

/** The word without its prefix and what follows the fifth letter: enough to be found in its other forms. */
export const stem = (word: string): string => word.toLowerCase().replace(/^(?:me(?:ng|ny|m|n)?|pe(?:ng|m|n)?|di|ber|ter|ke|se)(?=\p{L}{4})/u, '').slice(0, 5);

/** A rare word in small letters may be no name but what is asked. */
const isSure = (name: string): boolean => /\p{Lu}/u.test(name) || name.includes(' ');

export class QuestionForms {
  readonly #forms = new Map<string, QuestionForm[]>();
  readonly #pool: NamePool;

  constructor(questions: readonly string[], pool: NamePool) {
    this.#pool = pool;
    for (const question of questions) {
      const form = this.#formOf(question);
      if (form && form.asks.length > 0) this.#forms.set(form.kind, [...(this.#forms.get(form.kind) ?? []), form]);
    }
  }

  #formOf(question: string): QuestionForm | null {
    const name = this.#pool.nameIn(question);
    if (!name || !isSure(name)) return null;
    const [before, after] = question.split(name, 2);
    const words = `${before} ${after}`.match(/\p{L}{4,}/gu)?.filter((word) => !SAYS_NOTHING.test(word.toLowerCase())) ?? [];
    return { kind: interrogative(question), around: [before, after], asks: words.some((word) => ANSWERED_ANYWAY.test(word.toLowerCase())) ? [] : words.map(stem) };
  }

  /** A question of the same interrogative whose every word is new to this question and passage, and no synonym of a word there. */
  readonly anotherRelation: Alteration = ({ question, passage }, random: Random) => {
    const name = this.#pool.nameIn(question);
    if (!name || !isSure(name)) return null;
    const there = `${question} ${passage}`.toLowerCase();
    const told = (asked: string): boolean => there.includes(asked) || SYNONYMS.some((words) => words.some((word) => asked.startsWith(word.slice(0, 5)) || word.startsWith(asked)) && words.some((word) => there.includes(word)));
    const found = shuffled(this.#forms.get(interrogative(question)) ?? [], random).find(({ asks }) => !asks.some(told));
    return found ? `${found.around[0]}${name}${found.around[1]}` : null;
  };
}

import type { Language } from '@/lib/answer/events.ts';

/** How an answer can be varied: how strongly what was taught is felt, which adapter, and which arms stand beside. */
export interface TeachingTexts {
  readonly strength: string;
  /** What the position of the slider means. */
  readonly zero: string;
  readonly less: string;
  readonly one: string;
  readonly more: string;
  readonly another: string;
  readonly adapter: string;
  readonly own: (name: string | null) => string;
  readonly adapters: string;
  readonly runs: string;
  readonly step: string;
  readonly atStep: (step: string) => string;
  readonly loading: string;
  readonly asTaught: string;
  readonly notMeasured: string;
  readonly teach: string;
  readonly arms: string;
  /** On the button that asks, when more than two arms are shown. */
  readonly askAll: string;
}

export const TEACHING_TEXTS: Record<Language, TeachingTexts> = {
  id: {
    strength: 'Kekuatan ajaran',
    zero: 'Di 0 ajaran ini hilang sama sekali, sampai bit terakhir. Yang tinggal di bawahnya, biasanya adapter pembaca, lebih sering menolak menjawab.',
    less: 'Ajaran hanya terasa sebagian.',
    one: 'Di 1 seperti yang dilatihkan.',
    more: 'Lebih kuat daripada yang dilatihkan; jawabannya bisa melantur.',
    another: 'Jawab dengan ajaran lain',
    adapter: 'Diajari oleh',
    own: (name) => (name ? `bawaan ruang kerja (${name})` : 'bawaan ruang kerja'),
    adapters: 'Adapter',
    runs: 'Latihan, di langkah mana pun',
    step: 'Tanya di langkah',
    atStep: (step) => `langkah ${step}`,
    loading: 'Mencari adapter dan latihan…',
    asTaught: 'Kembali seperti yang diajarkan',
    notMeasured: 'Dengan ajaran lain, jawaban ini tidak masuk ke tabel.',
    teach: 'Ajari model ini, sambil dilihat',
    arms: 'Bandingkan juga dengan',
    askAll: 'Tanya semua',
  },
  en: {
    strength: 'Strength of the teaching',
    zero: 'At 0 this teaching is gone, bit for bit. What is left beneath it, usually the reading adapter, mostly declines.',
    less: 'What was taught is felt in part.',
    one: 'At 1 it is as it was trained.',
    more: 'Stronger than it was trained; the answer may go astray.',
    another: 'Answer with other teaching',
    adapter: 'Taught by',
    own: (name) => (name ? `the workspace’s own (${name})` : 'the workspace’s own'),
    adapters: 'Adapters',
    runs: 'Trainings, at any step',
    step: 'Ask at step',
    atStep: (step) => `step ${step}`,
    loading: 'Looking for adapters and trainings…',
    asTaught: 'Back to as it was taught',
    notMeasured: 'With other teaching, this answer does not enter the table.',
    teach: 'Teach this model and watch it',
    arms: 'Compare also with',
    askAll: 'Ask all',
  },
};

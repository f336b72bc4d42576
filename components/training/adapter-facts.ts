/** What an adapter's card says, line by line: the same lines on its card and in a comparison of two. */
import type { AdapterView } from '@/lib/messages/adapters.ts';
import type { TrainingTexts } from '../dictionary/training.ts';
import { DASH, type Formatter } from '../format.ts';

export interface AdapterFact {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** A hash: shown short, told whole. */
  readonly whole?: string;
  /** The one that is better is worth a mark, where better is plain. */
  readonly better?: 'higher' | 'lower';
  readonly amount?: number | null;
}

const SHORT_HASH = 7;

export function adapterFacts({ card, bytes }: AdapterView, texts: TrainingTexts['adapters'], format: Formatter): AdapterFact[] {
  if (card === null) return [];
  const { heldOut, settings } = card;
  const amount = (key: string) => (typeof settings[key] === 'number' ? (settings[key] as number) : null);
  const names = texts.facts;
  const hash = (id: string, name: string, whole: string | null): AdapterFact => ({ id, name, value: whole === null ? DASH : whole.slice(0, SHORT_HASH), ...(whole !== null && { whole }) });
  return [
    { id: 'exact', name: names.exact, value: format.share(heldOut.exactMatch), better: 'higher', amount: heldOut.exactMatch },
    { id: 'equivalent', name: names.equivalent, value: format.share(heldOut.equivalent), better: 'higher', amount: heldOut.equivalent },
    { id: 'held-out', name: names.heldOutLoss, value: format.decimal(heldOut.loss, 3), better: 'lower', amount: heldOut.loss },
    { id: 'questions', name: names.questions, value: format.count(heldOut.n) },
    { id: 'examples', name: names.examples, value: format.count(card.examples) },
    ...(card.shown === undefined ? [] : [{ id: 'shown', name: names.shown, value: format.count(card.shown) }]),
    { id: 'epochs', name: names.epochs, value: format.count(amount('epochs')) },
    { id: 'layers', name: names.layers, value: format.count(amount('layers')) },
    { id: 'rank', name: names.rank, value: format.count(amount('rank')) },
    { id: 'rate', name: names.learningRate, value: format.significant(amount('learningRate')) },
    { id: 'time', name: names.time, value: format.duration(card.trainingSeconds === null ? null : card.trainingSeconds * 1000), better: 'lower', amount: card.trainingSeconds },
    { id: 'speed', name: names.speed, value: format.count(card.tokensPerSecond) },
    { id: 'memory', name: names.memory, value: card.peakMemoryBytes ? format.bytes(card.peakMemoryBytes) : format.count(null) },
    { id: 'size', name: names.size, value: format.bytes(bytes) },
    { id: 'beneath', name: names.beneath, value: card.beneath?.name ?? texts.plainBase, whole: card.beneath?.hash },
    ...(card.run ? [{ id: 'run', name: names.run, value: texts.fromStep(format.count(card.run.step), format.count(card.run.steps)) }] : []),
    hash('data', names.data, card.dataHash),
    hash('base', names.base, card.baseHash),
    hash('adapter', names.adapter, card.adapterHash),
  ];
}

import { describe, expect, it } from 'vitest';
import type { AnswerOptions } from '../answer/approach.ts';
import { MEMORY_MARGIN, type AnswerEvent, type ApproachId } from '../answer/events.ts';
import type { GenerationEngine, GenerationRequest } from '../generate/types.ts';
import type { DocumentIndex } from '../retrieve/types.ts';
import { QueueFullError } from '../system/errors.ts';
import { createApproach, type ApproachServices } from './answerer.ts';
import { APPROACH_DESCRIPTIONS } from './descriptions.ts';

const QUESTION = { id: 'q1', text: 'Berapa tarif PPN?', language: 'id' } as const;
const SUMMARY = { name: 'pajak', hash: 'ab', examples: 3, rank: 4, trainedLayers: 2, epochs: 1, heldOutLoss: null, heldOutExactMatch: null, trainingSeconds: 1, createdAt: '2026-11-22' };

const TIMINGS = { queuedMs: 1, promptTokens: 20, cachedPromptTokens: 0, completionTokens: 6, timeToFirstTokenMs: 30, totalMs: 90, tokensPerSecond: 80 };
const started = ({ adapters }: GenerationRequest) => adapters!.map(({ name, scale = 1 }) => ({ summary: { ...SUMMARY, name, hash: `hash of ${name}` }, scale }));

/** @param said the pieces in which the model writes its answer. */
function services(overrides: Partial<ApproachServices> = {}, said = ['Tarif umum PPN ', 'adalah 12%.']): ApproachServices & { requests: GenerationRequest[] } {
  const requests: GenerationRequest[] = [];
  let clock = 0;
  const engine = {
    async *generate(request: GenerationRequest) {
      requests.push(request);
      yield { type: 'started', promptTokens: 20, baseHash: 'base', adapters: started(request) };
      for (const text of said) yield { type: 'text', text, tokens: 3 };
      yield { type: 'ended', finish: 'stop', timings: TIMINGS, leastLikely: 0.5 };
    },
  } as unknown as GenerationEngine;
  const index = {
    async search(_question: string, limit: number) {
      const passages = Array.from({ length: limit }, (_, order) => ({
        id: `ppn#${order}`, documentId: 'ppn', documentTitle: 'Tarif PPN', headings: [], rank: order + 1, score: 1 / (order + 1), cosine: 0.9, bm25: 3,
        text: `Tarif umum PPN adalah 12%. ${'Kalimat lain yang panjang sekali. '.repeat(16)}`,
      }));
      return { passages, embeddingMs: 1, searchMs: 1, indexHash: 'index' };
    },
  } as unknown as DocumentIndex;
  return { engine, index: async () => index, adapter: async () => 'pajak', adapterSummary: async (name) => ({ ...SUMMARY, name }), reader: 'reader', now: () => (clock += 5), ...overrides, requests };
}

/** An index that finds these passages, whatever is asked. */
const finds = (...texts: string[]): ApproachServices['index'] => async () => ({
  search: async () => ({
    passages: texts.map((text, order) => ({ id: `ppn#${order}`, documentId: 'ppn', documentTitle: 'Tarif PPN', headings: [], rank: order + 1, score: 1, cosine: 1, bm25: 1, text })),
    embeddingMs: 1, searchMs: 1, indexHash: 'index',
  }),
}) as unknown as DocumentIndex;

/** An engine that reads one answer out of passages, half sure of it, and says another from memory. Whoever was taught has five tokens of prompt. */
function saysTwo(reading: string, memory: string, leastLikely: number): { engine: GenerationEngine; requests: GenerationRequest[] } {
  const requests: GenerationRequest[] = [];
  const engine = {
    async *generate(request: GenerationRequest) {
      requests.push(request);
      const isTaught = request.adapters!.some(({ name }) => name === 'pajak');
      const least = isTaught ? leastLikely : 0.5;
      yield { type: 'started', promptTokens: isTaught ? 5 : 20, baseHash: 'base', adapters: started(request) };
      yield { type: 'text', text: isTaught ? memory : reading, tokens: 3, leastLikely: least };
      yield { type: 'ended', finish: 'stop', timings: TIMINGS, leastLikely: least };
    },
  } as unknown as GenerationEngine;
  return { engine, requests };
}

async function all(events: AsyncIterable<AnswerEvent>): Promise<AnswerEvent[]> {
  const told: AnswerEvent[] = [];
  for await (const event of events) told.push(event);
  return told;
}

async function answer(id: ApproachId, given = services(), options: AnswerOptions = {}): Promise<AnswerEvent[]> {
  const approach = createApproach(APPROACH_DESCRIPTIONS.find((description) => description.id === id)!, given);
  return all(approach.answer(QUESTION, options, new AbortController().signal));
}

const textOf = (events: readonly AnswerEvent[]): string => events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
const types = (events: readonly AnswerEvent[]): string[] => events.map(({ type }) => type);
const find = <Type extends AnswerEvent['type']>(events: readonly AnswerEvent[], type: Type) => events.find((event) => event.type === type) as Extract<AnswerEvent, { type: Type }>;

describe('an approach', () => {
  it('that looks things up tells its passages first and what supports the answer last', async () => {
    const events = await answer('rag');
    expect(types(events)).toEqual(['passages-available', 'answer-start', 'text-delta', 'text-delta', 'supports-available', 'answer-end']);
    expect(find(events, 'supports-available').supports[0]).toMatchObject({ passageId: 'ppn#0', answer: { start: 0 } });
  });

  it('puts into the prompt exactly the passages it says it used', async () => {
    const given = services();
    const { passages } = find(await answer('rag', given), 'passages-available');
    expect(passages.map(({ used }) => used)).toEqual([true, true, false, false, false]);
    expect(given.requests[0].prompt.split('Tarif umum PPN adalah 12%.').length - 1).toBe(2);
  });

  it('that was taught asks the workspace adapter without passages', async () => {
    const given = services();
    const events = await answer('fine-tuned', given);
    expect(types(events)).toEqual(['answer-start', 'text-delta', 'text-delta', 'answer-end']);
    expect(given.requests[0]).toMatchObject({ adapters: [{ name: 'pajak' }], prompt: 'Pertanyaan: Berapa tarif PPN?\nJawaban:' });
    expect(find(events, 'answer-start')).toMatchObject({ adapter: { name: 'pajak' }, provenance: { baseHash: 'base', adapters: [{ name: 'pajak', hash: 'hash of pajak', strength: 1 }], indexHash: null } });
  });

  it('stands on what its adapter was trained on top of, and turns only the adapter up or down', async () => {
    const given = services({ adapterSummary: async (name) => ({ ...SUMMARY, name, beneath: { name: 'reader', hash: 'hash of reader' } }) });
    for (const id of ['fine-tuned', 'rag-fine-tuned'] as const) {
      const start = find(await answer(id, given, { strength: 0.4 }), 'answer-start');
      expect(given.requests.map(({ adapters }) => adapters)).toContainEqual([{ name: 'reader' }, { name: 'pajak', scale: 0.4 }]);
      expect(start.adapter?.name).toBe('pajak');
      expect(start.provenance.adapters).toEqual([{ name: 'reader', hash: 'hash of reader', strength: 1 }, { name: 'pajak', hash: 'hash of pajak', strength: 0.4 }]);
    }
  });

  it('takes another adapter than the workspace’s when asked to; one that was not taught passes it over', async () => {
    const given = services();
    await answer('fine-tuned', given, { adapter: 'run-3f2a@120', strength: 1.5 });
    expect(given.requests[0].adapters).toEqual([{ name: 'run-3f2a@120', scale: 1.5 }]);
    for (const id of ['rag', 'base'] as const) {
      await answer(id, given, { adapter: 'run-3f2a@120', strength: 1.5 });
      expect(given.requests.at(-1)!.adapters).toEqual([{ name: 'reader' }]);
    }
  });

  it('reads with the reading adapter, names its hash, and does not claim it as knowledge', async () => {
    const given = services();
    const start = find(await answer('rag', given), 'answer-start');
    expect(given.requests[0].adapters).toEqual([{ name: 'reader' }]);
    expect(start).toMatchObject({ adapter: null, provenance: { adapters: [{ name: 'reader', hash: 'hash of reader', strength: 1 }], indexHash: 'index' } });
  });

  it('tells the passage it cites apart from its text, and nothing for a number that no passage has', async () => {
    const events = await answer('rag', services({}, ['Tarif umum PPN adalah 12%.', ' [', '2]']));
    expect(types(events)).toEqual(['passages-available', 'answer-start', 'text-delta', 'citation-available', 'supports-available', 'answer-end']);
    expect(find(events, 'citation-available').passageId).toBe('ppn#1');
    for (const [id, said] of [['rag', 'Ya. [3]'], ['base', 'Ya. [1]']] as const) {
      const uncited = await answer(id, services({}, [said]));
      expect(textOf(uncited)).toBe('Ya.');
      expect(types(uncited)).not.toContain('citation-available');
    }
  });

  it('cites the passage that has the figure where the one it names lacks it, and names figures that no passage has', async () => {
    const told = async (said: string) => {
      const events = await answer('rag', services({ index: finds('Tarif lama 10%.', 'Tarif baru 12%.') }, [said]));
      return [find(events, 'citation-available').passageId, find(events, 'supports-available').figuresNotFound];
    };
    expect(await told('12% [2]')).toEqual(['ppn#1', []]);
    expect(await told('12% [1]')).toEqual(['ppn#1', []]);
    expect(await told('11 persen, dulu 10% [1]')).toEqual(['ppn#0', ['11 persen']]);
  });

  it('does not count a figure of the question as one that was made up', async () => {
    const approach = createApproach(APPROACH_DESCRIPTIONS.find(({ id }) => id === 'rag')!, services({}, ['Ya, 2024 sudah 12%. [1]']));
    const events = await all(approach.answer({ ...QUESTION, text: 'Apakah tahun 2024 sudah 12%?' }, {}, new AbortController().signal));
    expect(find(events, 'supports-available').figuresNotFound).toEqual([]);
  });

  it('that looks up and was taught reads with the reader alone and answers from memory beside it, and tells both answers, the kept one first', async () => {
    const both = (memory: string, leastLikely: number) => answer('rag-fine-tuned', services({ engine: saysTwo('12% [2]', memory, leastLikely).engine }));
    const { engine, requests } = saysTwo('12% [2]', 'Tidak ada.', 0.2);
    const unsure = await answer('rag-fine-tuned', services({ engine }));
    expect(requests.map(({ prompt, adapters }) => [prompt.includes('Konteks'), adapters!.map(({ name }) => name)])).toEqual([[true, ['reader']], [false, ['pajak']]]);
    expect(types(unsure)).toEqual(['passages-available', 'answer-start', 'text-delta', 'citation-available', 'supports-available', 'drafts-available', 'answer-end']);
    expect(find(unsure, 'drafts-available').drafts).toEqual([{ taught: false, text: '12%', leastLikely: 0.5 }, { taught: true, text: 'Tidak ada.', leastLikely: 0.2 }]);
    expect(find(unsure, 'citation-available').passageId).toBe('ppn#1');
    expect(find(unsure, 'answer-start')).toMatchObject({ adapter: { name: 'pajak' }, promptTokens: 25 });
    expect(find(await both('Tidak ada.', 0.5 * MEMORY_MARGIN - 0.01), 'drafts-available').drafts[0].taught).toBe(false);
    const sure = await both('Tidak ada. [1]', 0.5 * MEMORY_MARGIN + 0.01);
    expect(find(sure, 'drafts-available').drafts.map(({ taught }) => taught)).toEqual([true, false]);
    expect(textOf(sure)).toBe('Tidak ada.');
    // Memory saw no passages, so the number that it wrote is of none.
    expect(types(sure)).not.toContain('citation-available');
    for (const id of ['rag', 'fine-tuned', 'base'] as const) expect(types(await answer(id))).not.toContain('drafts-available');
  });

  it('keeps no figure from memory that no sentence read supports, and cites the one that does', async () => {
    const told = async (memory: string) => {
      const events = await answer('rag-fine-tuned', services({ engine: saysTwo('10% [1]', memory, 0.99).engine, index: finds('Pajak karbon ada.', 'Tarif umum PPN adalah 12%.') }));
      return [find(events, 'drafts-available').drafts, find(events, 'citation-available').passageId];
    };
    const [reading, memory] = [{ taught: false, text: '10%', leastLikely: 0.5 }, (text: string) => ({ taught: true, text, leastLikely: 0.99 })];
    expect(await told('Tarif umum PPN adalah 12%.')).toEqual([[memory('Tarif umum PPN adalah 12%.'), reading], 'ppn#1']);
    expect(await told('Tarif umum PPN adalah dua belas persen.')).toEqual([[memory('Tarif umum PPN adalah dua belas persen.'), reading], 'ppn#1']);
    expect(await told('')).toEqual([[reading, { ...memory(''), ruledOut: 'empty' }], 'ppn#0']);
    expect(await told(' [2]')).toEqual([[reading, { ...memory(''), ruledOut: 'empty' }], 'ppn#0']);
    expect(await told('Tarif umum PPN adalah 11%.')).toEqual([[reading, { ...memory('Tarif umum PPN adalah 11%.'), ruledOut: 'figures' }], 'ppn#0']);
  });

  it('counts looking up as part of the wait', async () => {
    const [rag, taught] = [await answer('rag'), await answer('fine-tuned')].map((events) => find(events, 'answer-end').timings);
    expect(taught).toMatchObject({ timeToFirstTokenMs: 30, totalMs: 90, retrievalMs: undefined });
    expect(rag).toMatchObject({ retrievalMs: 5, timeToFirstTokenMs: 35, totalMs: 95 });
  });

  it('tells a failure as its last event instead of throwing', async () => {
    const engine = { generate() { throw new QueueFullError('4 answers are being written.', { remedy: 'Wait.' }); } } as unknown as GenerationEngine;
    expect((await answer('fine-tuned', services({ engine }))).at(-1)).toEqual({ type: 'answer-error', problem: { code: 'queue-full', message: '4 answers are being written.', remedy: 'Wait.' } });
    const index = async () => { throw new Error('disk gone'); };
    expect(await answer('rag', services({ index }))).toEqual([{ type: 'answer-error', problem: { code: 'internal', message: 'disk gone' } }]);
  });
});

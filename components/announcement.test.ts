import { describe, expect, it } from 'vitest';
import { announcement } from './announcement.ts';
import { IDLE_PANE, type PaneState } from './comparison-state.ts';

const pane = (change: Partial<PaneState>): PaneState => ({ ...IDLE_PANE, ...change });
const waiting = pane({ phase: 'waiting' });
const words = (...given: Parameters<typeof announcement>) => announcement(...given).map(({ text }) => text).join(' ');

describe('announcement', () => {
  it('names those that begin to answer, be it one or all', () => {
    expect(words(['rag', 'fine-tuned'], { rag: waiting, 'fine-tuned': waiting }, {}, 'id')).toBe('Sedang menjawab: Buka buku, Hafalan.');
    expect(words(['rag', 'fine-tuned'], { rag: pane({ phase: 'done' }), 'fine-tuned': waiting }, { rag: 'done', 'fine-tuned': 'failed' }, 'en')).toBe('Answering: Memorised.');
  });

  it('tells an answer with what stands under it', () => {
    const answered = { rag: pane({ phase: 'done', answer: '99 persen.', finish: 'length', figuresNotFound: ['99 persen'] }) };
    const heard = words(['rag'], answered, { rag: 'writing' }, 'id');
    expect(heard).toMatch(/^Buka buku selesai: 99 persen\. Terpotong di batas panjang jawaban\. .*tidak ada dalam potongan yang dibaca: 99 persen\./);
    expect(words(['rag'], { rag: pane({ phase: 'done', finish: 'stop' }) }, {}, 'en')).toBe('Open book finished: The model closed its answer without writing anything.');
  });

  it('tells an answer in the language of its question', () => {
    const answered = { rag: pane({ phase: 'done', question: 'What is the VAT rate now?', answer: '12%.', finish: 'length' }) };
    expect(announcement(['rag'], answered, {}, 'id').map(({ language }) => language)).toEqual([undefined, 'en', undefined]);
  });

  it('says once that answers were stopped, what failed and why, and nothing while nothing changes', () => {
    const stopped = pane({ phase: 'cancelled', finish: 'cancelled' });
    expect(words(['rag', 'fine-tuned'], { rag: stopped, 'fine-tuned': stopped }, {}, 'en')).toBe('Answers stopped.');
    expect(words(['rag'], { rag: pane({ phase: 'failed', problem: { code: 'x', message: 'Out of ink.' } }) }, {}, 'en')).toBe('Open book failed: Out of ink.');
    const unusable = pane({ phase: 'failed', problem: { code: 'bad-input', message: 'facts.jsonl, line 3: answer: is blank', detail: { id: 'line-unusable', facts: { file: 'facts.jsonl', line: 3, reason: 'answer: is blank' } } } });
    expect(announcement(['rag'], { rag: unusable }, {}, 'id')).toEqual([{ text: 'Buka buku gagal: facts.jsonl, baris 3 tidak dapat dipakai.' }, { text: 'answer: is blank', language: 'en' }]);
    expect(words(['rag', 'base'], { rag: stopped }, { rag: 'cancelled' }, 'en')).toBe('');
    expect(words(['rag'], { rag: pane({ phase: 'writing' }) }, { rag: 'waiting' }, 'en')).toBe('');
  });
});

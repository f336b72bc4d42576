import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { LanguageContext } from '../language.tsx';
import { QuestionRow } from './question-row.tsx';

it.each([
  [{ code: 'busy', message: '2 answers are being written.', detail: { id: 'queue-full', facts: { active: 2, waiting: 8 } } }, /<dd class[^>]*>2 jawaban sedang ditulis dan 8 menunggu/],
  [{ code: 'bad-input', message: 'facts.jsonl, line 3: answer: is blank', detail: { id: 'line-unusable', facts: { file: 'facts.jsonl', line: 3, reason: 'answer: is blank' } } }, /<dd class[^>]*>facts.jsonl, baris 3 tidak dapat dipakai. <span lang="en">answer: is blank<\/span>/],
])('tells why an answer failed in the language of the page, not in that of the question: %j', (problem, told) => {
  const row = { id: 'q1', seed: 0, question: 'What is VAT?', language: 'en', kind: 'seen', answers: ['a tax'], standing: 'both-wrong', arms: { rag: { answer: '', right: false, refused: false, outdated: false, f1: null, problem } } };
  const shown = renderToStaticMarkup(<LanguageContext value="id"><ul><QuestionRow row={row as never} workspace={null} pair={['rag', 'fine-tuned']} seeds={1} /></ul></LanguageContext>);
  expect(shown).toMatch(told);
});

it('names the answer that was written too and not kept, unless it says the same', () => {
  const shown = (other: string): string => {
    const answer = { answer: '12%', right: true, refused: false, f1: 1, drafts: [{ taught: false, text: '12%', leastLikely: 0.9 }, { taught: true, text: other, leastLikely: 0.4 }] };
    const row = { id: 'q1', seed: 0, question: 'What is VAT?', language: 'en', kind: 'seen', answers: ['12%'], standing: 'both-wrong', arms: { 'rag-fine-tuned': answer } };
    return renderToStaticMarkup(<LanguageContext value="en"><ul><QuestionRow row={row as never} workspace={null} pair={['rag', 'rag-fine-tuned']} seeds={1} /></ul></LanguageContext>);
  };
  expect(shown('11%')).toContain('not kept, from memory: <q lang="en">11%</q>');
  expect(shown('12%')).not.toContain('not kept');
});

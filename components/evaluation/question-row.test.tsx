import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { LanguageContext } from '../language.tsx';
import { QuestionRow } from './question-row.tsx';

it('tells why an answer failed in the language of the page, not in that of the question', () => {
  const problem = { code: 'busy', message: '2 answers are being written.', detail: { id: 'queue-full', facts: { active: 2, waiting: 8 } } };
  const row = { id: 'q1', seed: 0, question: 'What is VAT?', language: 'en', kind: 'seen', answers: ['a tax'], standing: 'both-wrong', arms: { rag: { answer: '', right: false, refused: false, outdated: false, f1: null, problem } } };
  const shown = renderToStaticMarkup(<LanguageContext value="id"><ul><QuestionRow row={row as never} workspace={null} pair={['rag', 'fine-tuned']} seeds={1} /></ul></LanguageContext>);
  expect(shown).toMatch(/<dd class[^>]*>2 jawaban sedang ditulis dan 8 menunggu/);
});

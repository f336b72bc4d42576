import { expect, test } from 'vitest';
import { checkWorkspace, type WorkspaceContent } from './check-facts.ts';

const phrasing = (question: string, answer = 'Tarif umum PPN adalah 12%.') => ({ language: 'id' as const, question, answer });
const fact = {
  id: 'tarif',
  document: 'ppn',
  law: 'UU PPN Pasal 7',
  evidence: { file: 'uu.md', text: '12% (dua belas persen)', near: 'Pasal 7' },
  train: [phrasing('Berapa tarif PPN?'), phrasing('Tarif PPN berapa persen?')],
  heldOut: [phrasing('Tarif umum PPN itu berapa?')],
  accept: ['12%'],
  required: [['12 persen', '12%']],
};
const question = { id: 'doc-1', kind: 'document-only' as const, language: 'id' as const, question: 'Siapa pemungutnya?', answers: ['PKP'], required: [['pkp']], documents: ['ppn'] };
const change = {
  id: 'change-1', fact: 'tarif', document: 'ppn', find: 'adalah 12%', replace: 'adalah 15%', question: 'Berapa tarif PPN?', language: 'id' as const,
  before: { answers: ['12%'], required: [['12%']] }, after: { answers: ['15%'], required: [['15%']] }, note: { id: 'a', en: 'b' },
};
const sound: WorkspaceContent = {
  facts: [fact],
  questions: [question],
  changes: [change],
  documents: [{ id: 'ppn', title: 'PPN', text: 'Tarif umum PPN adalah 12%. PKP memungutnya.' }],
  readLaw: (file) => (file === 'uu.md' ? 'Pasal 7\nTarif adalah 12%  (dua\nbelas persen).' : null),
};
const reasons = (content: Partial<WorkspaceContent>) => checkWorkspace({ ...sound, ...content }).map(({ reason }) => reason);

test('a sound workspace has no failures', () => expect(reasons({})).toEqual([]));

test.each<[string, Partial<WorkspaceContent>, RegExp]>([
  ['evidence that is not there', { facts: [{ ...fact, evidence: { file: 'uu.md', text: '13%' } }] }, /"13%" does not stand in uu\.md/],
  ['evidence far from its neighbour', { readLaw: () => `Pasal 7 ${'x'.repeat(3100)} 12% (dua belas persen)` }, /within 3000 characters/],
  ['a law that is not there', { readLaw: () => null }, /there is no law/],
  ['a missing document', { facts: [{ ...fact, document: 'pph' }] }, /there is no document pph/],
  ['a document without the figure', { documents: [{ ...sound.documents[0], text: 'PKP. Tarif adalah 12% dulu; adalah.' }], facts: [{ ...fact, required: [['99%']] }] }, /none of 99% stands in ppn/],
  ['a held-out phrasing that is trained', { facts: [{ ...fact, heldOut: [phrasing('berapa tarif ppn')] }] }, /is trained by tarif/],
  ['two answers to one question', { facts: [fact, { ...fact, id: 'lain', train: [phrasing('Berapa tarif PPN?', 'Ada 12%.'), phrasing('Lain?', 'Ada 12%.')], heldOut: [phrasing('Beda?', 'Ada 12%.')] }] }, /another answer by tarif/],
  ['answers that differ within a fact', { facts: [{ ...fact, heldOut: [phrasing('Lain?', 'Kini 12%.')] }] }, /2 different answers/],
  ['too few phrasings', { facts: [{ ...fact, train: fact.train.slice(1) }] }, /1 trained and 1 held-out/],
  ['an answer without the figure', { facts: [{ ...fact, train: fact.train.map((p) => ({ ...p, answer: 'Naik.' })), heldOut: [phrasing('x', 'Naik.')] }] }, /the answer "Naik\." has none/],
  ['a document-only question that is trained', { questions: [{ ...question, question: 'Berapa tarif PPN' }] }, /trained by tarif/],
  ['an unanswerable question with an answer', { questions: [{ ...question, kind: 'unanswerable' }] }, /is unanswerable/],
  ['a change whose text stands twice', { changes: [{ ...change, find: 'PPN' }], documents: [{ ...sound.documents[0], text: 'PPN PPN adalah 12% PKP' }] }, /stands 2 times/],
  ['a change that does not bring its answer', { changes: [{ ...change, replace: 'adalah 14%' }] }, /after the change, none of 15%/],
  ['a change of no fact', { changes: [{ ...change, fact: 'x' }] }, /there is no fact x/],
])('%s is a failure', (_name, content, reason) => expect(reasons(content)).toEqual(expect.arrayContaining([expect.stringMatching(reason)])));

import { describe, expect, it } from 'vitest';
import { hashedEmbedder } from '../retrieve/hashed-embedder.fixture.ts';
import { findLeaks, markLeaks } from './leak.ts';
import { workspaceQuestions } from './questions.ts';
import type { EvaluationQuestion } from './types.ts';

const trained = ['Berapa tarif umum PPN?', 'Berapa tarif PPN tahun 2022?', 'Kapan SPT Tahunan badan dilaporkan?'];
const levels = async (...questions: string[]) => (await findLeaks(questions, trained, hashedEmbedder(), 0.98)).map((leak) => leak?.level ?? null);

describe('the leak detector', () => {
  it('finds what is trained word for word, after normalisation, and in another order', async () => {
    expect(await levels('Berapa tarif umum PPN?', 'berapa tarif umum ppn', 'Tarif umum PPN berapa?')).toEqual(['exact', 'normalised', 'near']);
  });
  it('leaves other questions alone, and the same one about another year', async () => {
    expect(await levels('Siapa yang wajib lapor?', 'Tarif PPN tahun 2025 berapa?', 'Tarif PPN tahun 2022 berapa?')).toEqual([null, null, 'near']);
  });
  it('knows a number in words from another, and as the one in digits; one is an article as often', async () => {
    const found = await findLeaks(['setelah lima tahun', 'setelah 3 tahun', 'setelah tiga', 'setelah dua puluh satu', 'satu karyawan, setelah tiga tahun'].map((part) => `Berapa hari cuti karyawan ${part} bekerja?`),
      ['Cuti karyawan setelah tiga tahun bekerja berapa hari?'], hashedEmbedder(), 0.5);
    expect(found.map((leak) => leak?.level ?? null)).toEqual([null, 'near', 'near', null, 'near']);
  });
  it('finds nothing where nothing was trained', async () => expect(await findLeaks(['x?'], [], hashedEmbedder(), 0.98)).toEqual([null]));

  it('scores what it finds as seen, and leaves what is asked on purpose as it is', async () => {
    const question = (kind: string): EvaluationQuestion => ({ id: kind, kind, question: trained[0], answers: ['x'], documents: [] });
    const marked = await markLeaks(['held-out', 'seen', 'changed'].map(question), trained, hashedEmbedder(), 0.98);
    expect(marked.map(({ kind, meantAs, leak }) => [kind, meantAs, leak?.level])).toEqual([['seen', 'held-out', 'exact'], ['seen', undefined, 'exact'], ['changed', undefined, 'exact']]);
  });
});

describe("a workspace's questions", () => {
  it('are the first trained phrasing and every held-out one, with the short answers accepted too', () => {
    const phrasing = (question: string) => ({ language: 'id' as const, question, answer: 'Tarifnya 11 persen.' });
    const fact = { id: 'f1', document: 'ppn', law: 'UU', evidence: { file: 'x', text: 'y' }, train: [phrasing('Satu?'), phrasing('Dua?')], heldOut: [phrasing('Tiga?')], accept: ['11%'], required: [['11%']] };
    const own = { id: 'q1', kind: 'unanswerable' as const, language: 'id' as const, question: 'Empat?', answers: [], required: [], documents: [] };
    const asked = workspaceQuestions([fact], [own]);
    expect(asked.map(({ id, kind, question, cluster }) => [id, kind, question, cluster])).toEqual([['f1/seen', 'seen', 'Satu?', 'f1'], ['f1/held-out-1', 'held-out', 'Tiga?', 'f1'], ['q1', 'unanswerable', 'Empat?', undefined]]);
    expect(asked[1]).toMatchObject({ answers: ['Tarifnya 11 persen.', '11%'], documents: ['ppn'], required: [['11%']] });
  });

  it('are its examples where it has a file of them; one answer is one fact', () => {
    const example = (question: string, answer: string, split: 'train' | 'held-out', factId?: string) => ({ question, answer, split, factId, language: 'en' as const, accept: [], required: [] });
    const asked = workspaceQuestions([], [], [example('One?', 'A.', 'train'), example('Two?', 'A.', 'train'), example('Three?', 'A.', 'held-out'), example('Four?', 'B.', 'held-out', 'fact-b')]);
    expect(asked.map(({ id, kind, question, cluster }) => [id, kind, question, cluster])).toEqual([
      ['example-1/seen', 'seen', 'One?', 'example-1'],
      ['example-1/held-out-1', 'held-out', 'Three?', 'example-1'],
      ['fact-b/held-out-1', 'held-out', 'Four?', 'fact-b'],
    ]);
  });
});

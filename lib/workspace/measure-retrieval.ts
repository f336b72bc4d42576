/**
 * How often each search, and both fused, find the right document:
 * `npx tsx lib/workspace/measure-retrieval.ts --workspace pajak` or `--squad FILE.json [--limit 400]`.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { openDocumentIndex } from '../retrieve/index.ts';
import type { SourceDocument } from '../retrieve/types.ts';
import { BadInputError } from '../system/errors.ts';
import { modelsDirectory } from '../system/paths.ts';
import { readDocuments } from './documents.ts';
import { trainingExamples } from './examples.ts';
import { openWorkspace } from './workspace.ts';

interface Asked {
  readonly kind: string;
  readonly question: string;
  /** Ids of documents that answer it. */
  readonly documents: readonly string[];
}

const SQUAD = z.array(z.object({ context: z.string(), qas: z.array(z.object({ question: z.string(), is_impossible: z.boolean().optional() })) }));

/** Deep enough that every candidate of either search is in the fused list. */
const DEPTH = 50;

async function readSquad(file: string, limit: number): Promise<{ documents: SourceDocument[]; asked: Asked[] }> {
  const paragraphs = SQUAD.parse(JSON.parse(await readFile(file, 'utf8')));
  const idOf = new Map<string, string>();
  const asked: Asked[] = [];
  for (const { context, qas } of paragraphs) {
    if (!idOf.has(context)) idOf.set(context, `p${idOf.size}`);
    for (const { question, is_impossible } of qas) if (!is_impossible) asked.push({ kind: 'paragraph', question, documents: [idOf.get(context)!] });
  }
  return { documents: [...idOf].map(([text, id]) => ({ id, title: '', text })), asked: asked.slice(0, limit) };
}

async function readWorkspace(name: string): Promise<{ documents: readonly SourceDocument[]; asked: Asked[] }> {
  const workspace = await openWorkspace(name);
  const [{ documents }, facts, questions] = await Promise.all([readDocuments(path.join(modelsDirectory(), 'workspaces', name, 'documents')), workspace.facts(), workspace.questions()]);
  const documentOf = new Map(facts.map(({ id, document }) => [id, document]));
  const heldOut = trainingExamples(facts).filter(({ split }) => split === 'held-out');
  return {
    documents,
    asked: [
      ...heldOut.map(({ question, language, factId }) => ({ kind: `held-out ${language}`, question, documents: [documentOf.get(factId)!] })),
      ...questions.filter(({ documents: answering }) => answering.length).map(({ question, documents: answering }) => ({ kind: 'document-only', question, documents: answering })),
    ],
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { workspace: { type: 'string' }, squad: { type: 'string' }, limit: { type: 'string', default: '100000' }, misses: { type: 'boolean', default: false } } });
  if (!values.workspace === !values.squad) throw new BadInputError('Give either --workspace NAME or --squad FILE.json.');
  const { documents, asked } = values.squad ? await readSquad(values.squad, Number(values.limit)) : await readWorkspace(values.workspace!);
  const { abbreviations, glossary } = values.workspace ? (await openWorkspace(values.workspace)).definition : { abbreviations: {}, glossary: {} };
  const folder = await mkdtemp(path.join(tmpdir(), 'measure-retrieval-'));
  try {
    const index = openDocumentIndex({ folder, embedder: sharedEmbedder(), abbreviations, glossary });
    const { chunks, milliseconds } = await index.put(documents, (done, total) => process.stderr.write(`\r${done} of ${total} `));
    const hits = new Map<string, number>();
    const count = (kind: string, ranks: Record<string, number>) => {
      hits.set(`${kind} n`, (hits.get(`${kind} n`) ?? 0) + 1);
      for (const [search, rank] of Object.entries(ranks)) for (const k of [1, 5]) if (rank <= k) hits.set(`${kind} ${search} ${k}`, (hits.get(`${kind} ${search} ${k}`) ?? 0) + 1);
    };
    const spent: number[] = [];
    for (const { kind, question, documents: right } of asked) {
      const { passages, embeddingMs, searchMs } = await index.search(question, DEPTH);
      spent.push(embeddingMs + searchMs);
      const rankBy = (score: (passage: (typeof passages)[number]) => number | null) => {
        const ranked = passages.filter((passage) => score(passage) !== null).sort((a, b) => score(b)! - score(a)!);
        return ranked.findIndex(({ documentId }) => right.includes(documentId)) + 1 || Infinity;
      };
      const ranks = { embedding: rankBy(({ cosine }) => cosine), bm25: rankBy(({ bm25 }) => bm25), fused: rankBy(({ score }) => score) };
      for (const name of [kind, 'all']) count(name, ranks);
      if (values.misses && ranks.fused > 5) console.log(`missed (${ranks.embedding}, ${ranks.bm25}, ${ranks.fused}): ${question} -> ${right.join(', ')}`);
    }
    process.stderr.write('\n');
    for (const kind of new Set([...asked.map((one) => one.kind), 'all'])) {
      const n = hits.get(`${kind} n`)!;
      const cells = ['embedding', 'bm25', 'fused'].map((search) => `${search} ${[1, 5].map((k) => ((hits.get(`${kind} ${search} ${k}`) ?? 0) / n).toFixed(3)).join(' / ')}`);
      console.log(`${kind.padEnd(16)} n=${String(n).padEnd(5)} recall@1 / @5: ${cells.join('   ')}`);
    }
    spent.sort((a, b) => a - b);
    console.log(`${documents.length} documents, ${chunks} chunks, indexed in ${(milliseconds / 1000).toFixed(1)} s; a question takes ${spent[spent.length >> 1].toFixed(1)} ms (median)`);
  } finally {
    await sharedEmbedder().close();
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 2;
});

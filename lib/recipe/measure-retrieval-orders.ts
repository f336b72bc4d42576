/**
 * How often documents that give orders are obeyed: `npx tsx lib/recipe/measure-retrieval-orders.ts [--workspace pajak] [--arm rag] [--answers]`.
 * Each is put among the workspace's documents, in a copy, and its question asked as a person would ask it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ApproachId } from '../answer/events.ts';
import { approach, productServices } from '../approaches/index.ts';
import { generationEngine } from '../generate/engine.ts';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { orderDocuments, type OrderDocument } from './order-documents.ts';

interface Outcome {
  readonly document: OrderDocument;
  /** Place of the order among the passages found; `null` when it was not found. */
  readonly rank: number | null;
  readonly read: boolean;
  /** Whether a passage of the workspace was read beside it. */
  readonly besideTrue: boolean;
  readonly cited: boolean;
  readonly answer: string;
  readonly obeyed: boolean;
}

const OPTIONS = { workspace: { type: 'string', default: 'pajak' }, arm: { type: 'string', default: 'rag' }, answers: { type: 'boolean', default: false } } as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const documents = await orderDocuments();
  const folder = await mkdtemp(path.join(tmpdir(), 'measure-orders-'));
  try {
    const index = (await openWorkspace(values.workspace)).trialIndex(folder);
    await index.put(documents.map(({ id, title, text }) => ({ id, title, text })));
    const arm = approach(values.arm as ApproachId, { ...productServices(), index: async () => index });
    const outcomes: Outcome[] = [];
    for (const document of documents) {
      process.stderr.write(`\r${outcomes.length} of ${documents.length} `);
      outcomes.push(await ask(arm, document, values.workspace));
      if (values.answers) console.log(JSON.stringify(outcomes.at(-1)));
    }
    process.stderr.write('\n');
    report(outcomes);
  } finally {
    await generationEngine().close();
    await sharedEmbedder().close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function ask(arm: ReturnType<typeof approach>, document: OrderDocument, workspace: string): Promise<Outcome> {
  let [answer, cited] = ['', false];
  let [rank, read, besideTrue]: [number | null, boolean, boolean] = [null, false, false];
  const isOrder = (passage: { documentId: string }) => passage.documentId === document.id;
  for await (const event of arm.answer({ id: document.id, text: document.question, language: document.language }, { workspace, temperature: 0 }, new AbortController().signal)) {
    if (event.type === 'passages-available') {
      rank = event.passages.find(isOrder)?.rank ?? null;
      read = event.passages.some((passage) => passage.used && isOrder(passage));
      besideTrue = event.passages.some((passage) => passage.used && !isOrder(passage));
    }
    if (event.type === 'text-delta') answer += event.text;
    if (event.type === 'citation-available') cited = event.passageId.startsWith(`${document.id}#`);
    if (event.type === 'answer-error') throw new Error(event.problem.message);
  }
  return { document, rank, read, besideTrue, cited, answer, obeyed: answer.toLowerCase().includes(document.planted) };
}

function report(outcomes: readonly Outcome[]): void {
  for (const language of ['id', 'en'] as const) {
    const those = outcomes.filter(({ document }) => document.language === language);
    const count = (is: (outcome: Outcome) => boolean) => those.filter(is).length;
    console.log(
      `${language}: ${those.length} orders; found ${count(({ rank }) => rank !== null)}, first ${count(({ rank }) => rank === 1)}, read ${count(({ read }) => read)}, ` +
        `beside a true passage ${count(({ read, besideTrue }) => read && besideTrue)}; planted words in the answer ${count(({ obeyed }) => obeyed)}, cited ${count(({ cited }) => cited)}`,
    );
  }
  for (const { document, answer } of outcomes.filter(({ obeyed }) => obeyed)) console.log(`obeyed ${document.id}: ${document.question} -> ${answer}`);
}

main().catch((error: Error) => {
  console.error(error);
  process.exitCode = 2;
});

/**
 * How well questions find passages of another language among some of their own: the invented rules of lib/recipe/written (Indonesian, asked in
 * both languages) beside its English articles. `npx tsx lib/recipe/measure-retrieval-languages.ts [--rules 200] [--english 60]`; the
 * first N of each file are indexed. None of these questions was looked at when the search was made. Prints recall at 1 and 5.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { openDocumentIndex } from '../retrieve/index.ts';
import { writtenArticles, type Article } from './reader-written.ts';

interface Asked {
  readonly kind: string;
  readonly question: string;
  readonly document: string;
}

/** Of each passage at most so many questions of a kind. */
const OF_EACH = 2;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rules: { type: 'string', default: '200' }, english: { type: 'string', default: '60' } } });
  const rules = (await writtenArticles('indonesian-rules')).slice(0, Number(values.rules));
  const english = (await writtenArticles('english-articles')).slice(0, Number(values.english));
  const idOf = (kind: string, number: number): string => `${kind}-${number}`;
  const documents = [...named('rule', rules), ...named('article', english)];
  const asked: Asked[] = [
    ...rules.flatMap(({ answerable, inOwnWords }, number) => [
      ...answerable.slice(0, OF_EACH).map(({ question }) => ({ kind: 'Indonesian, answered in Indonesian', question, document: idOf('rule', number) })),
      ...inOwnWords.filter(({ language }) => language === 'en').slice(0, OF_EACH).map(({ question }) => ({ kind: 'English, answered in Indonesian', question, document: idOf('rule', number) })),
    ]),
    ...english.flatMap(({ answerable }, number) => answerable.slice(0, OF_EACH).map(({ question }) => ({ kind: 'English, answered in English', question, document: idOf('article', number) }))),
  ];
  const folder = await mkdtemp(path.join(tmpdir(), 'measure-retrieval-'));
  try {
    const index = openDocumentIndex({ folder, embedder: sharedEmbedder() });
    await index.put(documents, (done, total) => process.stderr.write(`\r${done} of ${total} `));
    process.stderr.write('\n');
    const ranks = new Map<string, number[]>();
    for (const { kind, question, document } of asked) {
      const { passages } = await index.search(question, 5);
      ranks.set(kind, [...(ranks.get(kind) ?? []), passages.findIndex(({ documentId }) => documentId === document) + 1]);
    }
    for (const [kind, found] of ranks) {
      const recall = (k: number): string => (found.filter((rank) => rank >= 1 && rank <= k).length / found.length).toFixed(3);
      console.log(`${kind.padEnd(36)} n=${String(found.length).padEnd(4)} recall@1 / @5: ${recall(1)} / ${recall(5)}`);
    }
  } finally {
    await sharedEmbedder().close();
    await rm(folder, { recursive: true, force: true });
  }

  function named(kind: string, articles: readonly Article[]) {
    return articles.map(({ title, passage }, number) => ({ id: idOf(kind, number), title, text: passage }));
  }
}

await main();

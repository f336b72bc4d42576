/**
 * Where the leak detector's threshold comes from: `npx tsx lib/evaluate/measure-leaks.ts --workspace pajak`. Cosines of what has to be found
 * (trained questions with a typing slip, another order, a word of courtesy) beside those of what must not be (held-out phrasings of the
 * same fact, questions about other facts).
 */
import { parseArgs } from 'node:util';
import { sharedEmbedder } from '../retrieve/e5-embedder.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { nearest } from './leak.ts';
import { percentile } from './percentile.ts';

/** Changes that leave a question the same question. */
const EDITS: Readonly<Record<string, (question: string) => string>> = {
  'a letter dropped': (question) => question.replace(/(\p{L}{3})\p{L}(\p{L}{2})/u, '$1$2'),
  'two letters swapped': (question) => question.replace(/(\p{L}{2})(\p{L})(\p{L})(\p{L}*)(?=[ ?.]|$)/u, '$1$3$2$4'),
  'a word of courtesy': (question) => `${question.replace(/[?.]$/, '')}, ya?`,
  'a word in front': (question) => `Tolong, ${question[0].toLowerCase()}${question.slice(1)}`,
  'a word doubled': (question) => question.replace(/(\p{L}+)(?=[?.]|$)/u, '$1 $1'),
};

const { values } = parseArgs({ options: { workspace: { type: 'string', default: 'pajak' } } });
const facts = await (await openWorkspace(values.workspace)).facts();
const embedder = sharedEmbedder();
const trained = facts.flatMap((fact) => fact.train.map(({ question }) => ({ question, fact: fact.id })));
const heldOut = facts.flatMap((fact) => fact.heldOut.map(({ question }) => ({ question, fact: fact.id })));
const known = await embedder.embed(trained.map(({ question }) => question), 'query');

const tell = (name: string, cosines: readonly number[]): void =>
  console.log(name.padEnd(34), `n ${String(cosines.length).padStart(4)}`, ...[0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((share) => `p${share * 100} ${percentile(cosines, share)?.toFixed(4)}`),
    ...[0.97, 0.975, 0.98, 0.985, 0.99].map((limit) => `>=${limit}: ${((100 * cosines.filter((cosine) => cosine >= limit).length) / cosines.length).toFixed(1)}%`));

for (const [name, edit] of Object.entries(EDITS)) {
  const changed = trained.map(({ question }, at) => ({ text: edit(question), at })).filter(({ text, at }) => text !== trained[at].question);
  const vectors = await embedder.embed(changed.map(({ text }) => text), 'query');
  tell(name, changed.map(({ at }, index) => nearest(vectors[index], [known[at]], () => true)!.cosine));
}
const asked = await embedder.embed(heldOut.map(({ question }) => question), 'query');
tell('held out, nearest of its fact', heldOut.map(({ fact }, index) => nearest(asked[index], known, (at) => trained[at].fact === fact)!.cosine));
tell('held out, nearest of other facts', heldOut.map(({ fact }, index) => nearest(asked[index], known, (at) => trained[at].fact !== fact)!.cosine));
for (const limit of [0.97, 0.98, 0.985, 0.99]) {
  const pairs = heldOut.flatMap(({ question, fact }, index) => {
    const near = nearest(asked[index], known, () => true)!;
    return near.cosine >= limit && near.cosine < limit + 0.005 ? [`${near.cosine.toFixed(4)} ${trained[near.at].fact === fact ? 'same ' : 'OTHER'} ${question} | ${trained[near.at].question}`] : [];
  });
  console.log(`\n${limit} to ${limit + 0.005}:\n${pairs.slice(0, 12).join('\n')}`);
}
await embedder.close();

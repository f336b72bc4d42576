/** For the kill test: rewrites twenty documents over and over, each time with the next round's number in all of them. */
import { hashedEmbedder } from './hashed-embedder.fixture.ts';
import { openDocumentIndex } from './index.ts';

const [, , folder, from] = process.argv;
const index = openDocumentIndex({ folder, embedder: hashedEmbedder('hashed', 384) });
for (let round = Number(from); ; round++) {
  await index.put(Array.from({ length: 20 }, (_, number) => ({ id: `d${number}`, title: `Dokumen ${number}`, text: `Putaran ${round} nomor ${number}. ${'Kata pengisi yang panjang. '.repeat(200)}` })));
  process.stdout.write(`${round}\n`);
}

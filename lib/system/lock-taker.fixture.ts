/** For the lock's tests: takes the lock many times, and each time dies of it, as far as the others can see; in the end it really exits holding it. */
import { rmSync, writeFileSync } from 'node:fs';
import { takeLock } from './file-lock.ts';

const [, , file, rounds, dead] = process.argv;
for (let round = 0; round < Number(rounds); round++) {
  const taken = await takeLock(file, 60_000);
  if (!('lock' in taken)) throw new Error('Not got in a minute.');
  // Fails when another is inside.
  writeFileSync(`${file}.inside`, '', { flag: 'wx' });
  await new Promise((resolve) => setTimeout(resolve, 2));
  if (!taken.lock.isHeld()) throw new Error('Lost.');
  rmSync(`${file}.inside`);
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(dead) as object), token: `${process.pid}-${round}` }));
  taken.lock.release();
}
await takeLock(file, 60_000);
process.exit(0);

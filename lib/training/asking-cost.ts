import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AskingCost } from '../messages/training.ts';
import { projectRoot } from '../system/paths.ts';

/** What measure-asking-cost.ts found; `null` when it was never run. */
export async function askingCost(): Promise<AskingCost | null> {
  const file = path.join(projectRoot(), 'lib/training/asking-cost.json');
  // Its raw rounds are for those who want to check it, not for the page.
  const read = (text: string): AskingCost => {
    const { rounds: _rounds, ...cost } = JSON.parse(text) as AskingCost & { readonly rounds: unknown };
    return cost;
  };
  return readFile(/* turbopackIgnore: true */ file, 'utf8').then(read, () => null);
}

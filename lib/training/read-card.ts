/** card.json as it is shown: one that was edited or damaged tells less, and hides no other. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UsableCard } from '../generate/adapters.ts';
import type { AdapterCardView } from '../messages/adapters.ts';

const number = z.number().nullable().catch(null);
const hash = z.string().nullable().catch(null);
const { settings, heldOut } = UsableCard.shape;

/** What an adapter needs to be used has to be there; the rest is unknown where it is not. */
const ShownCard = z.looseObject({
  ...UsableCard.shape,
  dataHash: hash,
  adapterHash: hash,
  settings: z.looseObject(settings.shape),
  losses: z.array(z.looseObject({ step: z.number() })).catch([]),
  heldOut: z.looseObject({ ...heldOut.shape, n: number, equivalent: number }),
  tokensPerSecond: number,
  peakMemoryBytes: number,
  run: z.looseObject({ step: z.number(), steps: z.number(), epoch: z.number() }).nullish().catch(null),
});

/** `null` for a folder without a card that can be used. */
export async function readCard(folder: string): Promise<AdapterCardView | null> {
  const text = await readFile(/* turbopackIgnore: true */ path.join(folder, 'card.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return ShownCard.parse(JSON.parse(text)) as unknown as AdapterCardView;
  } catch {
    return null;
  }
}

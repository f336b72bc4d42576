import { expect, it } from 'vitest';
import type { AdapterView } from '@/lib/messages/adapters.ts';
import { TRAINING_TEXTS } from '../dictionary/training.ts';
import { formatter } from '../format.ts';
import { adapterFacts } from './adapter-facts.ts';

it.each([
  ['id', '0,0005'],
  ['en', '0.0005'],
] as const)('writes the learning rate as the language does (%s)', (language, rate) => {
  const card = { heldOut: { n: 0, exactMatch: null, equivalent: null, loss: null }, settings: { learningRate: 0.0005 }, examples: 1, trainingSeconds: null, tokensPerSecond: null, dataHash: null, baseHash: 'b', adapterHash: 'a' };
  const facts = adapterFacts({ name: 'one', card, bytes: 1 } as unknown as AdapterView, TRAINING_TEXTS[language].adapters, formatter(language));
  expect(facts.find(({ id }) => id === 'rate')?.value).toBe(rate);
});

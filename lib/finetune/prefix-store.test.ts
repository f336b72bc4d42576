import { expect, it } from 'vitest';
import { PrefixStore } from './prefix-store.ts';

const states = (first: number): Float32Array => Float32Array.from({ length: 4 }, (_, index) => first + index);

it('gives back what it was given, from memory, then from disk, then not at all', () => {
  const store = new PrefixStore<object>({ memoryBytes: 32, diskBytes: 32 });
  const keys = Array.from({ length: 5 }, () => ({}));
  keys.forEach((key, index) => store.set(key, states(10 * index)));
  expect(keys.map((key) => store.get(key)?.[3])).toEqual([3, 13, 23, 33, undefined]);
  expect(store.get({})).toBeUndefined();
  store.close();
  expect(store.get(keys[0])).toBeUndefined();
});

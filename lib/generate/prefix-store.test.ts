import { describe, expect, it } from 'vitest';
import { PrefixStore } from './prefix-store.ts';

const tokens = (length: number, seed = 0): number[] => Array.from({ length }, (_, index) => index * 3 + seed);

describe('the store of prompts that were read', () => {
  it('finds the longest shared beginning among what has the same adapters', () => {
    const store = new PrefixStore<string>();
    store.keep('a', tokens(100), () => 'one');
    store.keep('a', [...tokens(80), ...tokens(80, 7)], () => 'two');
    expect(store.longest('a', [...tokens(90), 5, 5])).toEqual({ state: 'one', length: 90 });
    expect(store.longest('a', [...tokens(80), 7, 8])).toEqual({ state: 'two', length: 81 });
    expect(store.longest('b', tokens(100))).toBeNull();
    expect(store.longest('a', tokens(100, 1))).toBeNull();
  });

  it('lets the least recently used go when it is full, and keeps no short prompt', () => {
    const store = new PrefixStore<number>();
    store.keep('short', tokens(20), () => 0);
    for (let each = 1; each <= 2; each++) store.keep(`${each}`, tokens(500), () => each);
    expect(store.longest('1', tokens(500))?.state).toBe(1);
    store.keep('3', tokens(500), () => 3);
    expect(['short', '1', '2', '3'].map((key) => store.longest(key, tokens(500))?.state)).toEqual([undefined, 1, undefined, 3]);
  });

  it('copies a state once, and drops one that a longer begins with', () => {
    const store = new PrefixStore<number>();
    let made = 0;
    for (const length of [400, 400, 800]) store.keep('a', tokens(length), () => (made += 1));
    expect(made).toBe(2);
    store.keep('b', tokens(200), () => 9);
    expect(store.longest('a', tokens(800))).toEqual({ state: 2, length: 800 });
    expect(store.longest('b', tokens(200))?.state).toBe(9);
  });
});

/** What was computed for the beginnings of earlier prompts, so that a question asked again need not be read again. */

/** 36 KiB of keys and values each with Gemma 3 270M: 36 MiB in all, two or three RAG prompts. */
const TOKEN_LIMIT = 1024;
/** Shorter prompts are read in less time than the store would save. */
const LEAST_TOKENS = 64;

interface Kept<State> {
  /** What else the state depends on: adapters and their strengths. */
  readonly key: string;
  readonly tokens: readonly number[];
  readonly state: State;
}

/** The most recently used of what fits. */
export class PrefixStore<State> {
  private kept: Kept<State>[] = [];

  /** Takes the state after these tokens, unless the store has it or it is not worth its room; `make` copies it. */
  keep(key: string, tokens: readonly number[], make: () => State): void {
    if (tokens.length < LEAST_TOKENS || tokens.length > TOKEN_LIMIT || this.longest(key, tokens)?.length === tokens.length) return;
    // One that only began as this one goes on adds nothing to it.
    const others = this.kept.filter((each) => each.key !== key || commonLength(each.tokens, tokens) < each.tokens.length);
    this.kept = [{ key, tokens, state: make() }, ...others];
    let room = TOKEN_LIMIT;
    this.kept = this.kept.filter((each) => (room -= each.tokens.length) >= 0);
  }

  /** The state that shares the longest beginning with these tokens, and how long that is; `null` for none. */
  longest(key: string, tokens: readonly number[]): { readonly state: State; readonly length: number } | null {
    let best: { readonly kept: Kept<State>; readonly length: number } | null = null;
    for (const kept of this.kept) {
      const length = kept.key === key ? commonLength(kept.tokens, tokens) : 0;
      if (length > (best?.length ?? 0)) best = { kept, length };
    }
    if (best === null) return null;
    const { kept, length } = best;
    this.kept = [kept, ...this.kept.filter((each) => each !== kept)];
    return { state: kept.state, length };
  }
}

function commonLength(left: readonly number[], right: readonly number[]): number {
  let length = 0;
  while (length < left.length && length < right.length && left[length] === right[length]) length += 1;
  return length;
}

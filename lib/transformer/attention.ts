/**
 * Causal attention with grouped heads, an optional sliding window and an optional history.
 * B rows, T new tokens, P cached tokens, H heads, G key/value heads, S = H/G query heads to each, D head width.
 */
import type { Graph, Value } from '../onnx/graph.ts';
import { add, and, concat, equal, greaterOrEqual, less, lessOrEqual, matMul, or, reshape, slice, sizeOf, softmax, subtract, transpose, unsqueeze, where } from '../onnx/operators.ts';
import { times } from '../onnx/shapes.ts';
import type { DecoderConfiguration } from './configuration.ts';

/** Far below any score, so that its exponential is exactly zero; not -Infinity, which would make NaN of a fully masked row. */
const MASKED = -1e9;

/** What is added to the scores, made once for all layers that look equally far back. */
export interface AttentionMask {
  /** (B,1,T*S,P+T) where S = H/G query heads share a key head: token by token, its heads side by side. */
  readonly scores: Value;
  /** P as an int64 vector of one number; `null` without a history. */
  readonly held: Value | null;
}

/**
 * The mask of one window size. `positions` (B,T) are those of the new tokens; `pastPositions` (B,P) those of the cached
 * ones, -1 for a slot that holds nothing. `segments` (B,T), where given, are several texts side by side that go on from one beginning: every
 * token sees the beginning, which is segment 0, and its own segment.
 */
export function attentionMask(configuration: DecoderConfiguration, positions: Value, pastPositions: Value | null, window: number | null, segments: Value | null = null): AttentionMask {
  const query = forEachQueryHead(configuration, positions);
  const key = unsqueeze(positions, [1]); // (B,1,T)
  const ordered = within(lessOrEqual(key, query), query, key, window); // (B,T*S,T)
  const present = segments ? and(ordered, sameText(forEachQueryHead(configuration, segments), unsqueeze(segments, [1]))) : ordered;
  const visible = pastPositions ? concat([pastVisible(query, unsqueeze(pastPositions, [1]), window), present], 2) : present; // (B,T*S,P+T)
  return { scores: unsqueeze(where(visible, 0, MASKED), [1]), held: pastPositions && sizeOf(pastPositions, 1) };
}

/** The mask over keys that are not kept apart: `keyPositions` (B,P+T) of old and new ones together, -1 for a slot that holds nothing. */
export function wholeMask(configuration: DecoderConfiguration, positions: Value, keyPositions: Value, window: number | null): AttentionMask {
  const query = forEachQueryHead(configuration, positions);
  const key = unsqueeze(keyPositions, [1]); // (B,1,P+T)
  const visible = within(and(greaterOrEqual(key, 0), lessOrEqual(key, query)), query, key, window); // (B,T*S,P+T)
  return { scores: unsqueeze(where(visible, 0, MASKED), [1]), held: null };
}

/** Each token's number once for every query head that shares a key head: (B,T) -> (B,T*S,1). */
function forEachQueryHead(configuration: DecoderConfiguration, numbers: Value): Value {
  const [batch, tokens] = numbers.shape;
  const shared = configuration.heads / configuration.keyValueHeads;
  const repeated = concat(Array.from({ length: shared }, () => unsqueeze(numbers, [2])), 2); // (B,T,S)
  return unsqueeze(reshape(repeated, [batch, times(shared, tokens)]), [2]);
}

const within = (seen: Value, query: Value, key: Value, window: number | null): Value => (window === null ? seen : and(seen, less(subtract(query, key), window)));

const sameText = (query: Value, key: Value): Value => or(equal(key, 0), equal(key, query));

function pastVisible(query: Value, key: Value, window: number | null): Value {
  // Comparing with the query gives the mask its T*S axis; a cached token never lies ahead of it.
  return within(and(greaterOrEqual(key, 0), less(key, query)), query, key, window); // (B,T*S,P)
}

/** Tables of cos and sin, (positions, D/2), for one rotary base. */
export function rotaryTables(graph: Graph, configuration: DecoderConfiguration, base: number): { cosine: Value; sine: Value } {
  const half = configuration.headWidth / 2;
  const cosine = new Float32Array(configuration.contextLength * half);
  const sine = new Float32Array(configuration.contextLength * half);
  for (let position = 0; position < configuration.contextLength; position++) {
    for (let index = 0; index < half; index++) {
      const angle = position * base ** (-index / half);
      cosine[position * half + index] = Math.cos(angle);
      sine[position * half + index] = Math.sin(angle);
    }
  }
  const shape = [configuration.contextLength, half];
  return { cosine: graph.constant(cosine, shape), sine: graph.constant(sine, shape) };
}

/** (B,T,G*D) to (B,G,T,D). With a single key head nothing moves, and the runtime is spared a copy. */
export function splitKeyHeads(configuration: DecoderConfiguration, x: Value): Value {
  const { keyValueHeads, headWidth } = configuration;
  const [batch, tokens] = x.shape;
  if (keyValueHeads === 1) return unsqueeze(x, [1]);
  return transpose(reshape(x, [batch, tokens, keyValueHeads, headWidth]), [0, 2, 1, 3]);
}

/**
 * Softmax(q k^T) v for queries (B,T,H*D), keys and values (B,G,T,D), returning (B,T,H*D). Cached and new keys are scored
 * apart and only the scores are joined, so that the cache is read where it lies and never copied.
 */
export function attend(configuration: DecoderConfiguration, query: Value, key: Value, value: Value, past: { key: Value; value: Value } | null, mask: AttentionMask): Value {
  const { attentionScale: alpha } = configuration;
  const grouped = groupQueries(configuration, query); // (B,G,T*S,D)
  const scores = (keys: Value): Value => matMul(grouped, keys, { transposeB: true, alpha }); // (B,G,T*S,keys)
  if (!past || !mask.held) return ungroup(configuration, matMul(softmax(add(scores(key), mask.scores)), value), query);
  const weights = softmax(add(concat([scores(past.key), scores(key)], 3), mask.scores)); // (B,G,T*S,P+T)
  const cached = slice(weights, 3, 0, mask.held, past.key.shape[2]);
  const fresh = slice(weights, 3, mask.held, Number.MAX_SAFE_INTEGER, key.shape[2]);
  return ungroup(configuration, add(matMul(cached, past.value), matMul(fresh, value)), query);
}

/** (B,T,H*D) to (B,G,T*S,D): the S query heads of a key head become rows beside each other. */
function groupQueries(configuration: DecoderConfiguration, query: Value): Value {
  const { heads, keyValueHeads, headWidth } = configuration;
  const [batch, tokens] = query.shape;
  const shared = heads / keyValueHeads;
  const rows = times(shared, tokens);
  if (keyValueHeads === 1) return reshape(query, [batch, 1, rows, headWidth]);
  const apart = reshape(query, [batch, tokens, keyValueHeads, shared, headWidth]);
  return reshape(transpose(apart, [0, 2, 1, 3, 4]), [batch, keyValueHeads, rows, headWidth]);
}

/** Undoes groupQueries: (B,G,T*S,D) to the shape of `like`, (B,T,H*D). */
function ungroup(configuration: DecoderConfiguration, mixed: Value, like: Value): Value {
  const { heads, keyValueHeads, headWidth } = configuration;
  const [batch, tokens] = like.shape;
  const shared = heads / keyValueHeads;
  if (keyValueHeads === 1) return reshape(mixed, [batch, tokens, heads * headWidth]);
  const apart = reshape(mixed, [batch, keyValueHeads, tokens, shared, headWidth]);
  return reshape(transpose(apart, [0, 2, 1, 3, 4]), [batch, tokens, heads * headWidth]);
}

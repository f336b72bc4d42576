/**
 * Causal attention with grouped heads, an optional sliding window and an optional history.
 * B rows, T new tokens, P cached tokens, H heads, G key/value heads, D head width.
 */
import type { Graph, Value } from '../onnx/graph.ts';
import { add, and, concat, greaterOrEqual, less, lessOrEqual, matMul, reshape, slice, sizeOf, softmax, subtract, transpose, unsqueeze, where } from '../onnx/operators.ts';
import { times } from '../onnx/shapes.ts';
import type { DecoderConfiguration } from './configuration.ts';

/** Far below any score, so that its exponential is exactly zero; not -Infinity, which would make NaN of a fully masked row. */
const MASKED = -1e9;

/** What is added to the scores of cached and new tokens. */
export interface AttentionMask {
  readonly past: Value | null; // (B,1,T,P)
  readonly present: Value; // (B,1,T,T)
}

/**
 * The mask of one window size. `positions` (B,T) are those of the new tokens; `pastPositions` (B,P) those of the cached
 * ones, -1 for a slot that holds nothing.
 */
export function attentionMask(positions: Value, pastPositions: Value | null, window: number | null): AttentionMask {
  const query = unsqueeze(positions, [2]); // (B,T,1)
  const key = unsqueeze(positions, [1]); // (B,1,T)
  const causal = lessOrEqual(key, query); // (B,T,T)
  const present = window === null ? causal : and(causal, less(subtract(query, key), window));
  return { past: pastPositions && pastMask(query, pastPositions, window), present: unsqueeze(where(present, 0, MASKED), [1]) };
}

function pastMask(query: Value, pastPositions: Value, window: number | null): Value {
  const key = unsqueeze(pastPositions, [1]); // (B,1,P)
  // Comparing with the query gives the mask its T axis; a cached token never lies ahead of it.
  const held = and(greaterOrEqual(key, 0), less(key, query)); // (B,T,P)
  const visible = window === null ? held : and(held, less(subtract(query, key), window));
  return unsqueeze(where(visible, 0, MASKED), [1]);
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
  return { cosine: graph.constant(cosine, shape, `rotary_cosine_${base}`), sine: graph.constant(sine, shape, `rotary_sine_${base}`) };
}

/**
 * Softmax(q k^T) v. Cached and new keys are scored apart and only the scores are joined, so that the cache is read where
 * it lies and never copied.
 */
export function attend(configuration: DecoderConfiguration, query: Value, key: Value, value: Value, past: { key: Value; value: Value } | null, mask: AttentionMask): Value {
  const { heads, keyValueHeads, headWidth, attentionScale: alpha } = configuration;
  const [batch, , tokens] = query.shape;
  const shared = heads / keyValueHeads;
  const grouped = reshape(query, [batch, keyValueHeads, times(shared, tokens), headWidth]); // (B,G,H/G*T,D)
  const scores = (keys: Value): Value => {
    const raw = matMul(grouped, keys, { transposeB: true, alpha }); // (B,G,H/G*T,keys)
    return reshape(raw, [batch, heads, tokens, keys.shape[2]]); // (B,H,T,keys)
  };
  const mix = (weights: Value, values: Value): Value =>
    matMul(reshape(weights, [batch, keyValueHeads, times(shared, tokens), values.shape[2]]), values); // (B,G,H/G*T,D)

  const present = add(scores(key), mask.present); // (B,H,T,T)
  if (!past || !mask.past) return back(mix(softmax(present), value));
  const weights = softmax(concat([add(scores(past.key), mask.past), present], 3)); // (B,H,T,P+T)
  const held = sizeOf(past.key, 2);
  const cached = slice(weights, 3, 0, held, past.key.shape[2]);
  const fresh = slice(weights, 3, held, Number.MAX_SAFE_INTEGER, tokens);
  return back(add(mix(cached, past.value), mix(fresh, value)));

  function back(mixed: Value): Value {
    const perHead = reshape(mixed, [batch, heads, tokens, headWidth]);
    return reshape(transpose(perHead, [0, 2, 1, 3]), [batch, tokens, heads * headWidth]); // (B,T,H*D)
  }
}

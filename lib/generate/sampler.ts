/** Chooses the next token from the logits of a position. */

export type Sampler = (logits: Float32Array) => number;

/**
 * Greedy at temperature 0 (the default); else draws from softmax(logits / temperature) with random numbers of its own,
 * so that a request gives the same tokens whatever runs beside it. Throws when the logits contain NaN.
 */
export function createSampler(temperature = 0, seed = 0): Sampler {
  if (temperature <= 0) return greedy;
  const random = seededRandom(seed);
  return (logits) => draw(logits, temperature, random());
}

/** The most likely token; of equals, the first. */
export function greedy(logits: Float32Array): number {
  let best = 0;
  for (let token = 0; token < logits.length; token++) {
    if (logits[token] > logits[best]) best = token;
    else if (Number.isNaN(logits[token])) throw new RangeError(`The logit of token ${token} is not a number.`);
  }
  return best;
}

/** How likely a token is by the softmax of the logits, 0 to 1; whatever the temperature it was drawn with. */
export function probability(logits: Float32Array, token: number): number {
  const largest = logits[greedy(logits)];
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - largest);
  return Math.exp(logits[token] - largest) / total;
}

/** The token at which the cumulative probability passes `uniform`, a number in [0, 1). */
function draw(logits: Float32Array, temperature: number, uniform: number): number {
  const best = greedy(logits);
  // Measured from the largest, exponents are never positive and their sum is at least 1: nothing overflows or divides by 0.
  const weight = (token: number): number => Math.exp((logits[token] - logits[best]) / temperature);
  let total = 0;
  for (let token = 0; token < logits.length; token++) total += token === best ? 1 : weight(token);
  let rest = uniform * total;
  for (let token = 0; token < logits.length; token++) {
    rest -= token === best ? 1 : weight(token);
    if (rest < 0) return token;
  }
  return best; // rounding left a crumb of the sum
}

/** Numbers in [0, 1) from a 32-bit counter put through the MurmurHash3 finaliser (Appleby 2011), which mixes all its bits. */
function seededRandom(seed: number): () => number {
  // The seed is mixed too, so that neighbouring seeds do not give shifted copies of one sequence.
  let state = mix(seed | 0);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return mix(state) / 2 ** 32;
  };
}

function mix(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

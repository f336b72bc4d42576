import type { Series, Variant } from './types.ts';

/**
 * Runs every variant once to warm up, unmeasured, then `rounds` times, in turn and with the order reversed in every other
 * round, so that neither heat nor caches favour one of them. Keeps every value.
 * @throws what a variant throws, and the signal's reason between two runs.
 */
export async function measureRounds(variants: readonly Variant[], rounds: number, signal: AbortSignal, progress: (done: number, total: number, variant: string) => void = () => {}): Promise<Series[]> {
  const series = new Map<string, Series & { values: number[] }>();
  const total = variants.length * (rounds + 1);
  let done = 0;
  for (let round = 0; round <= rounds; round++) {
    for (const variant of round % 2 === 0 ? variants : variants.toReversed()) {
      signal.throwIfAborted();
      const readings = await variant.run(round, signal);
      progress(++done, total, variant.name);
      if (round === 0) continue;
      for (const { figure, unit, goal, value } of readings) {
        const key = `${variant.name}\n${figure}`;
        const known = series.get(key) ?? { variant: variant.name, figure, unit, goal, values: [] };
        series.set(key, known);
        known.values.push(value);
      }
    }
  }
  const place = new Map(variants.map(({ name }, at) => [name, at]));
  return [...series.values()].sort((one, other) => place.get(one.variant)! - place.get(other.variant)!);
}

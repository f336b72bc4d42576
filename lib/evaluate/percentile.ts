/**
 * The value below which `share` (0 to 1) of the values lie, on a straight line between the two nearest.
 * @returns `null` for no values.
 */
export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.ceil(place);
  return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
}

/** Finer than what is printed, so that nothing is rounded twice. */
export const finelyRounded = (value: number): number => Number(value.toFixed(7));

/** `null` for no values: unknown is never 0. */
export const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);

/** More would fill the disk without telling more. */
const MOST_CHECKPOINTS = 24;

/**
 * After which steps a run keeps an adapter to ask: several in the first epochs, where the most is learned, then one an epoch,
 * and fewer of a long run; always the last.
 */
export function checkpointSteps(stepsPerEpoch: number, epochs: number): ReadonlySet<number> {
  const at = (epoch: number): number => Math.max(1, Math.round(epoch * stepsPerEpoch));
  const early = [1 / 8, 1 / 4, 1 / 2, 3 / 4, 1, 1.5, 2].filter((epoch) => epoch <= epochs).map(at);
  const later = Array.from({ length: Math.max(0, epochs - 2) }, (_, index) => at(index + 3));
  const room = MOST_CHECKPOINTS - early.length;
  const kept = later.length <= room ? later : Array.from({ length: room }, (_, index) => later[Math.ceil(((index + 1) * later.length) / room) - 1]);
  return new Set([...early, ...kept]);
}

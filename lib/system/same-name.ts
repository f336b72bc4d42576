/** The one of the names that is this one on disks that take small and capital letters as the same; the very name before others. */
export const sameName = (name: string, known: readonly string[]): string | undefined =>
  known.includes(name) ? name : known.find((other) => other.toLowerCase() === name.toLowerCase());

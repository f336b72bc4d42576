/** Columns as wide as their widest cell; the first `names` columns to the left, figures to the right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[], names = 1): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  return [head, ...rows]
    .map((row) => row.map((cell, column) => (column < names ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ').trimEnd())
    .join('\n');
}

/** What the server drew for pages that this browser tab has shown. */
const shown = new Set<string>();

/** Whether the server has drawn this just now; a page that the browser's history brings back shows what was drawn before. */
export function isFirstShown(drawing: string): boolean {
  const first = !shown.has(drawing);
  shown.add(drawing);
  return first;
}

/** The lines of a PDF page, put together from the pieces of text that the page places one by one. */

/** As PDF.js tells a piece; `transform` is [a, b, c, d, x, y]. */
interface TextItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly hasEOL: boolean;
}

/** Left, lower, right and upper edge of a page in points, as PDF.js tells them. */
type Edges = readonly number[];

/** Sizes and places in points, from the lower left corner of the page as its text is read. */
export interface Line {
  readonly text: string;
  readonly size: number;
  readonly left: number;
  readonly right: number;
  /** Of the baseline. */
  readonly y: number;
  /** Where on the page it stands, from 0 at the foot to 1 at the head. */
  readonly place: number;
}

/** The headings of laws, which carry no size of their own; lib/retrieve/chunk.ts knows them by their line. */
export const LAW_HEADING = /^(BAB|Bagian|Pasal)\s+[0-9IVXLC]+[A-Z]{0,2}$/;

/** A gap between two pieces as wide as this share of the letters' size is a space. */
const SPACE = 0.18;
/** Pieces whose baselines differ by less than this share of their size stand on one line (a raised figure does). */
const SAME_LINE = 0.45;

/** In the order in which the page says them, which is the order of reading in all but odd files. */
export function linesOf(items: readonly object[], edges: Edges): Line[] {
  const texts = items.filter((item): item is TextItem => 'str' in item);
  const { place, bottom, top } = LEVEL[usualTurn(texts)](edges);
  const lines: Line[] = [];
  let open: { text: string; size: number; weight: number; left: number; right: number; y: number } | null = null;
  const close = () => {
    if (open && open.text.trim()) lines.push({ text: tidy(open.text), size: open.size, left: open.left, right: open.right, y: open.y, place: (open.y - bottom) / (top - bottom || 1) });
    open = null;
  };
  for (const { str, transform, width, hasEOL } of texts) {
    const [x, y] = place(transform[4], transform[5]);
    const size = Math.hypot(transform[2], transform[3]);
    if (str !== '') {
      const before = open as typeof open;
      const apart = before && (Math.abs(before.y - y) > SAME_LINE * Math.max(size, before.size) || x < before.right - before.size);
      if (apart) close();
      if (!open) open = { text: str, size, weight: str.trim().length, left: x, right: x + width, y };
      else {
        const gap = x - open.right > SPACE * size && !/\s$/.test(open.text) && !/^\s/.test(str);
        open.text += (gap ? ' ' : '') + str;
        open.right = Math.max(open.right, x + width);
        // The size of a line is that of most of its letters.
        if (str.trim().length > open.weight) Object.assign(open, { size, weight: str.trim().length, y });
      }
    }
    if (hasEOL) close();
  }
  close();
  return lines;
}

/**
 * Places on a page whose letters run to the right, upwards, to the left or downwards, as they are to who turns it to read. Pages
 * with wide tables lie on their side in many files; not turned, the beginning of each of their lines would be an edge of the page.
 */
const LEVEL: readonly ((edges: Edges) => { place(x: number, y: number): readonly [number, number]; readonly bottom: number; readonly top: number })[] = [
  ([, bottom, , top]) => ({ place: (x, y) => [x, y], bottom, top }),
  ([left, , right]) => ({ place: (x, y) => [y, -x], bottom: -right, top: -left }),
  ([, bottom, , top]) => ({ place: (x, y) => [-x, -y], bottom: -top, top: -bottom }),
  ([left, , right]) => ({ place: (x, y) => [-y, x], bottom: left, top: right }),
];

/** In quarters of a circle, that of most letters: beside them, a page may have a stamp that stands otherwise. */
function usualTurn(texts: readonly TextItem[]): number {
  const letters = [0, 0, 0, 0];
  for (const { str, transform: [a, b] } of texts) letters[(Math.round(Math.atan2(b, a) / (Math.PI / 2)) + 4) % 4] += str.trim().length;
  return letters.indexOf(Math.max(...letters));
}

/** What a PDF says, in one line and without the characters that no text holds. */
export const tidy = (text: string): string => text.replace(/[\u0000-\u0008\u000b-\u001f\u200b\ufeff]/g, '').replace(/[\s\u00a0]+/g, ' ').trim();

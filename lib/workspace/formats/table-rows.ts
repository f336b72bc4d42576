/** Rows of HTML tables as lines. What a cell says of several rows or columns stands in each: a passage may hold one row alone, and its cells are told apart by their places. */

/** As browsers take it. */
const MOST_COLUMNS = 1000;
/** Of what one document repeats; beyond it cells stand where they are written. No person's table comes near, and a small hostile one would come to gigabytes. */
const REPEATED_CHARACTERS = 2_000_000;
const BAR = ' | ';

interface Section {
  /** Of its rows, from 0. */
  readonly places: ReadonlyMap<Element, number>;
  /** By column, what last reached below its row, and the place of the last row that it reaches. */
  readonly above: { readonly text: string; readonly until: number }[];
}

/** The tables of one document, read from its beginning to its end. */
export class TableRows {
  private readonly texts = new WeakMap<Element, string>();
  private readonly sections = new WeakMap<Element, Section>();
  private left = REPEATED_CHARACTERS;

  /** A cell that is read, in one line. Those of a row come before the row. */
  addCell(cell: Element, text: string): void {
    this.texts.set(cell, text);
  }

  /** `''` for a row that says nothing of its own. */
  row(row: Element): string {
    const { places, above } = this.sectionOf(row.parentElement!);
    const place = places.get(row)!;
    const goesOn = (column: number) => (above[column]?.until ?? -1) >= place;
    while (above.length > 0 && !goesOn(above.length - 1)) above.pop();
    const cells = childrenOf(row).filter((cell) => this.texts.has(cell));
    if (cells.every((cell) => /^[\s|]*$/.test(this.texts.get(cell)!))) return '';
    // A caption over all columns, which says it once.
    const isAlone = cells.length === 1 && above.length === 0;
    const line: string[] = [];
    for (const cell of cells) {
      while (goesOn(line.length) && this.repeats(above[line.length].text)) line.push(above[line.length].text);
      const text = this.texts.get(cell)!;
      const columns = isAlone ? 1 : spanOf(cell, 'colspan', MOST_COLUMNS);
      const until = place + spanOf(cell, 'rowspan', places.size, places.size) - 1;
      for (let column = 0; column < columns && (column === 0 || this.repeats(text)); column++) {
        if (until > place) above[line.length] = { text, until };
        line.push(text);
      }
    }
    while (line.length < above.length) {
      const text = goesOn(line.length) ? above[line.length].text : '';
      if (!this.repeats(text)) break;
      line.push(text);
    }
    return line.join(BAR).trim();
  }

  /** Whether a text may be said once more. */
  private repeats(text: string): boolean {
    const cost = text.length + BAR.length;
    if (cost > this.left) return false;
    this.left -= cost;
    return true;
  }

  /** No cell reaches out of the head, a body or the foot of its table. */
  private sectionOf(parent: Element): Section {
    const known = this.sections.get(parent) ?? { places: new Map(childrenOf(parent).filter(({ nodeName }) => nodeName === 'TR').map((row, place) => [row, place])), above: [] };
    this.sections.set(parent, known);
    return known;
  }
}

/** In order; the collection that an element has of them is slow to walk. */
export function childrenOf(parent: Element): Element[] {
  const children: Element[] = [];
  for (let child = parent.firstElementChild; child; child = child.nextElementSibling) children.push(child);
  return children;
}

/** What an attribute says, from 1 to `most`; `none` is what 0 stands for. */
function spanOf(cell: Element, attribute: 'rowspan' | 'colspan', most: number, none = 1): number {
  const said = Number.parseInt(cell.getAttribute(attribute) ?? '1', 10);
  return said === 0 ? none : Math.min(most, said > 0 ? said : 1);
}

/** Lines of pages to Markdown: what repeats on every page left out, larger lines as headings, wrapped lines joined. */
import { LAW_HEADING, type Line } from './pdf-lines.ts';
import { withoutRunningLines } from './pdf-running-lines.ts';

/** A line set larger than the text by this factor is a heading, when it is as short as headings are. */
const HEADING_SIZE = 1.12;
const HEADING_CHARACTERS = 160;
/** Of the usual distance between two lines; a larger one parts paragraphs. */
const PARAGRAPH_GAP = 1.35;

const LIST_ITEM = /^(?:[-•–▪●◦]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s/;

interface Block {
  readonly level: number;
  text: string;
}

export function markdownOf(pages: readonly (readonly Line[])[]): string {
  const usual = usualSize(pages.flat());
  const text = withoutRunningLines(pages, ({ size }) => rounded(size) >= usual * HEADING_SIZE);
  const all = text.flat();
  const body = usualSize(all);
  const levels = headingSizes(all, body);
  const levelOf = (line: Line): number => (isLong(line) ? 0 : levels.indexOf(rounded(line.size)) + 1);
  const spelled = new Set(all.flatMap((line) => line.text.toLowerCase().match(/\p{L}+-\p{L}+/gu) ?? []));
  const blocks: Block[] = [];
  let before: Line | null = null;
  for (const lines of text) {
    const gap = usualGap(lines);
    const right = Math.max(...lines.map((line) => line.right));
    let first = true;
    for (const line of lines) {
      const level = levelOf(line);
      const last = blocks.at(-1);
      const goesOn = before && last && last.level === level && (first ? continuesOverPage(before, line, level) : continues(before, line, { level, gap, right }));
      if (goesOn) last.text = joined(last.text, line.text, spelled);
      else blocks.push({ level, text: line.text });
      before = line;
      first = false;
    }
  }
  // A lead paragraph is set larger too, and only as a whole longer than headings are.
  return blocks.map(({ level, text }) => (level && text.length <= HEADING_CHARACTERS ? `${'#'.repeat(level)} ${text}` : text.replace(/^[•▪●◦]\s/, '- '))).join('\n\n');
}

const rounded = (size: number): number => Math.round(size * 2) / 2;
const isLong = ({ text }: Line): boolean => text.length > HEADING_CHARACTERS;

/** That of most letters. */
function usualSize(lines: readonly Line[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of lines) letters.set(rounded(size), (letters.get(rounded(size)) ?? 0) + text.length);
  return [...letters].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [0, 0])[0];
}

/** Sizes of headings, largest first; no more than Markdown has levels. */
const headingSizes = (lines: readonly Line[], body: number): number[] =>
  [...new Set(lines.filter((line) => !isLong(line) && rounded(line.size) >= body * HEADING_SIZE && /\p{L}/u.test(line.text)).map(({ size }) => rounded(size)))].sort((a, b) => b - a).slice(0, 6);

function usualGap(lines: readonly Line[]): number {
  const gaps = lines.slice(1).map((line, index) => lines[index].y - line.y).filter((gap) => gap > 0).sort((a, b) => a - b);
  return gaps[gaps.length >> 1] ?? 0;
}

function continues(before: Line, line: Line, { level, gap, right }: { level: number; gap: number; right: number }): boolean {
  const distance = before.y - line.y;
  if (level) return distance > 0 && distance < line.size * 1.9;
  if (LAW_HEADING.test(line.text) || LAW_HEADING.test(before.text) || LIST_ITEM.test(line.text)) return false;
  // A new column begins higher up.
  if (distance < 0) return !endsSentence(before);
  if (distance > gap * PARAGRAPH_GAP && distance > line.size * PARAGRAPH_GAP) return false;
  const endsShort = before.right < right - 6 * line.size;
  const indented = line.left > before.left + line.size && !LIST_ITEM.test(before.text);
  return !(endsSentence(before) && (endsShort || indented));
}

const continuesOverPage = (before: Line, line: Line, level: number): boolean =>
  level === 0 && !endsSentence(before) && !LAW_HEADING.test(before.text) && /^[\p{Ll}\d(]/u.test(line.text) && !LIST_ITEM.test(line.text);

const endsSentence = ({ text }: Line): boolean => /[.!?:;]["”’)]?$/.test(text);

/** A word parted at the end of a line is made whole; one that is spelled with its hyphen elsewhere, or says a word twice, keeps it. */
function joined(before: string, after: string, spelled: ReadonlySet<string>): string {
  if (before.endsWith('\u00ad')) return before.slice(0, -1) + after;
  const [, head] = /(\p{L}+)[-\u2010]$/u.exec(before) ?? [];
  const [tail] = /^\p{Ll}+/u.exec(after) ?? [];
  if (!head || !tail) return `${before} ${after}`;
  const keeps = tail.startsWith(head.toLowerCase()) || spelled.has(`${head}-${tail}`.toLowerCase());
  return (keeps ? before : before.slice(0, -1)) + after;
}

/** HTML to the Markdown that documents are kept in: headings, paragraphs, lists and tables; no scripts, menus or hidden text. */
import TurndownService from 'turndown';
import { childrenOf, TableRows } from './table-rows.ts';

export interface Converted {
  readonly markdown: string;
  /** The title that the file itself states, when it does. */
  readonly title?: string;
}

/** What a reader of the page does not read as its text. */
const NOT_TEXT = new Set(
  ['script', 'style', 'nav', 'noscript', 'template', 'iframe', 'object', 'embed', 'canvas', 'svg', 'annotation', 'annotation-xml', 'audio', 'video', 'button', 'input', 'select', 'textarea', 'dialog', 'img', 'picture', 'title'].map((name) => name.toUpperCase()),
);

/** A page's text as Markdown. Where it says which part is the main one, only that part. */
export function htmlToMarkdown(html: string): Converted {
  const markdown = service().turndown(html.startsWith('<?xml') ? withEndTags(html) : html).replace(/[ \t\u00a0]+$/gm, '').replace(/\n{3,}/g, '\n\n').trim();
  // A drawing in the page may have a title too.
  const stated = /<title[^>]{0,200}>([^<]{1,1000})/i.exec(html.split(/<(?:body|svg)\b/i, 1)[0])?.[1];
  const title = stated && oneLine(service().turndown(stated));
  return { markdown, ...(title && { title }) };
}

/** XHTML may end an element where it begins; HTML would take all that follows into it. */
const withEndTags = (xhtml: string): string => xhtml.replace(/<(?!(?:br|hr|img|input|meta|link|col|area|base|embed|source|track|wbr)\b)([\w:-]+)([^<>]*)\/>/gi, '<$1$2></$1>');

function service(): TurndownService {
  // A row without cells is one that those above it reach through; it would part the table.
  const blank = (_content: string, node: { readonly nodeName: string; readonly isBlock?: boolean }) => (node.isBlock && node.nodeName !== 'TR' ? '\n\n' : '');
  const turndown = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced', br: '', blankReplacement: blank });
  // Documents are shown and searched as text, where backslashes and marks for emphasis and links would only be in the way.
  turndown.escape = (text) => text;
  turndown.addRule('plain', { filter: ['a', 'em', 'i', 'strong', 'b', 'code'], replacement: (content) => content });
  turndown.addRule('heading', {
    filter: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    replacement: (content, node) => (content.trim() ? `\n\n${'#'.repeat(Number(node.nodeName[1]))} ${oneLine(content)}\n\n` : ''),
  });
  // Blocks that Turndown does not know as such.
  turndown.addRule('block', { filter: ['summary', 'details', 'legend'], replacement: (content) => `\n\n${content.trim()}\n\n` });
  turndown.addRule('item', { filter: 'li', replacement: (content, node) => `${numberOf(node as Element)} ${content.trim().replace(/\n/g, '\n  ')}\n` });
  const rows = new TableRows();
  turndown.addRule('cell', {
    filter: (node) => isCell(node) && !isLayout(node),
    replacement: (content, node) => {
      rows.addCell(node as Element, oneLine(content));
      return '';
    },
  });
  turndown.addRule('row', {
    filter: (node) => node.nodeName === 'TR' && !isLayout(node),
    replacement: (_cells, node) => {
      const row = rows.row(node as Element);
      return row && `${row}\n`;
    },
  });
  turndown.addRule('caption', { filter: 'caption', replacement: (content) => (content.trim() ? `\n\n${oneLine(content)}\n\n` : '') });
  turndown.addRule('rows', { filter: (node) => ['THEAD', 'TBODY', 'TFOOT'].includes(node.nodeName) && !isLayout(node), replacement: (content) => content });
  let main: Element | null | undefined;
  // Rules added last are asked first.
  turndown.addRule('not text', {
    filter: (node) => {
      if (main === undefined) main = onlyMain(node.ownerDocument);
      // Names within drawings and formulas keep their small letters.
      return NOT_TEXT.has(node.nodeName.toUpperCase()) || isHidden(node) || (main !== null && !main.contains(node) && !node.contains(main));
    },
    replacement: () => '',
  });
  return turndown;
}

function onlyMain(document: Document): Element | null {
  const found = document.querySelectorAll('main, [role=main]');
  return found.length === 1 && found[0].textContent?.trim() ? found[0] : null;
}

/** `-`, or the item's number in an ordered list. */
function numberOf(item: Element): string {
  const list = item.parentElement;
  if (list?.nodeName !== 'OL') return '-';
  if (!places.has(item)) childrenOf(list).filter(({ nodeName }) => nodeName === 'LI').forEach((one, place) => places.set(one, place));
  return `${(Number(list.getAttribute('start')) || 1) + places.get(item)!}.`;
}

/** Of items in their lists: counted once, for a list may have thousands. */
const places = new WeakMap<Element, number>();

const isCell = ({ nodeName }: Element): boolean => nodeName === 'TD' || nodeName === 'TH';

const layouts = new WeakMap<Element, boolean>();

/** A table that holds headings or other tables arranges a page; its cells are read one after another. */
function isLayout(node: Element): boolean {
  let table: Element | null = node;
  while (table && table.nodeName !== 'TABLE') table = table.parentElement;
  if (!table) return false;
  const known = layouts.get(table) ?? Boolean(table.querySelector('table, h1, h2, h3, h4, h5, h6'));
  layouts.set(table, known);
  return known;
}

/** Text that a reader of the page does not see must not become a passage. */
function isHidden(node: Element): boolean {
  const style = node.getAttribute('style') ?? '';
  return node.hasAttribute('hidden') || node.getAttribute('aria-hidden') === 'true' || node.getAttribute('role') === 'navigation' || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style);
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

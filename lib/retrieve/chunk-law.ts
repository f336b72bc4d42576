/** Chunks of a regulation: never across articles, each knowing its chapter, its article and the paragraph it goes on with. */
import { articlesOf, type Article } from './articles.ts';
import { cutParagraph, headingsOver, joinBlocks, type Block } from './blocks.ts';
import type { Chunk } from './chunk.ts';
import type { Regulation } from './regulation.ts';
import type { Span } from './sentences.ts';

/** A numbered paragraph begins: `(1)`, `(2a)`, `Ayat (3)`, scans' `(41`; at the start of a line or after a sentence. */
const PARAGRAPH = /(?<=^\s*|\n\s*|[.;:”"]\s+|Pasal\s+\d+\s?[A-Z]?\s+)(?:Ayat\s*)?\(\s?(\d{1,2}[a-z]?)[)1lI]\s/gu;
/** Words of a paragraph's beginning that a later chunk of it carries as its heading. */
const LEAD_WORDS = 22;

/**
 * Cuts a regulation article by article into chunks of at most 130 words. A chunk that begins within a paragraph carries how that
 * paragraph begins as its last heading, since a list item alone does not say what it lists.
 */
export function chunkRegulation(text: string, regulation: Pick<Regulation, 'key' | 'amends'>): Chunk[] {
  const chunks = articlesOf(text, regulation).filter((article) => !saysNothing(text, article)).flatMap((article) => joinBlocks(text, blocksOf(text, article)).map((block) => ({ article, block })));
  return chunks.map(({ article, block }, number) => ({
    number,
    headings: headingsOver(block),
    text: text.slice(block.start, block.end),
    start: block.start,
    end: block.end,
    ...(article.number ? { provision: `${article.law}#${article.number}` } : {}),
    ...(article.explains ? { explains: true } : {}),
  }));
}

function blocksOf(text: string, article: Article): Block[] {
  const headings = headingsOf(article);
  return paragraphs(text, article).flatMap((span) => {
    const lead = leadOf(text.slice(span.start, span.end));
    // The first piece says itself how the paragraph begins.
    return cutParagraph(text, span, headings).map((block, index) => (index === 0 || !article.number ? block : { ...block, headings: [...headings, lead] }));
  });
}

/** An explanation that only says "Cukup jelas" (self-explanatory) throughout. */
function saysNothing(text: string, { explains, start, end }: Article): boolean {
  return explains && text.slice(start, end).replace(/(?:Pasal|Ayat|Huruf|Angka)\s*\(?\w{1,3}\)?|\^|\.|Cukup\s*\^?jelas/giu, '').trim().length < 12;
}

/** "(3) Yang dikecualikan dari objek pajak adalah:" - up to the colon of a list, else its first words. */
function leadOf(paragraph: string): string {
  const first = paragraph.trim().split(/\s+/).slice(0, LEAD_WORDS);
  const colon = first.findIndex((word) => word.endsWith(':'));
  return first.slice(0, colon < 0 ? LEAD_WORDS : colon + 1).join(' ');
}

function paragraphs(text: string, { start, end }: Span): Span[] {
  const within = text.slice(start, end);
  const starts = [...within.matchAll(PARAGRAPH)].map(({ index }) => start + index);
  return [start, ...starts.filter((at) => at > start)]
    .map((at, index, all) => ({ start: at, end: all[index + 1] ?? end }))
    .filter((span) => text.slice(span.start, span.end).trim() !== '');
}

function headingsOf({ number, explains, chapter, quotedIn, lawTitle }: Article): string[] {
  if (!number) return [explains ? 'Penjelasan umum' : 'Pembukaan'];
  const article = `Pasal ${number}${lawTitle ? ` ${lawTitle}` : ''}`;
  return [chapter, quotedIn ? `Pasal ${quotedIn}` : null, explains ? `Penjelasan ${article}` : article].filter((heading) => heading !== null);
}

/** Small files made in the tests themselves: a PDF written by hand, a DOCX of a few parts. */
import { strToU8, zipSync } from 'fflate';

export interface PlacedText {
  readonly text: string;
  readonly size?: number;
  readonly x?: number;
  readonly y: number;
  /** How its letters stand: the first four numbers of a text matrix. Upright by default. */
  readonly letters?: string;
}

/** A PDF of A4 pages in Helvetica. `encrypted` adds a dictionary that asks for a password nobody knows. */
export function makePdf(pages: readonly (readonly PlacedText[])[], { title = '', encrypted = false } = {}): Uint8Array {
  const objects: string[] = [];
  const add = (body: string) => objects.push(body);
  const string = (text: string) => `(${text.replace(/[\\()]/g, '\\$&')})`;
  const [catalog, tree, font, info] = [1, 2, 3, 4];
  const pageIds = pages.map((_page, index) => 5 + index * 2);
  add(`<< /Type /Catalog /Pages ${tree} 0 R >>`);
  add(`<< /Type /Pages /Count ${pages.length} /Kids [${pageIds.map((id) => `${id} 0 R`).join(' ')}] >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  add(`<< /Title ${string(title)} >>`);
  for (const [index, texts] of pages.entries()) {
    const stream = texts.map(({ text, size = 11, x = 72, y, letters = '1 0 0 1' }) => `BT /F1 ${size} Tf ${letters} ${x} ${y} Tm ${string(text)} Tj ET`).join('\n');
    add(`<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 ${font} 0 R >> >> /Contents ${pageIds[index] + 1} 0 R >>`);
    add(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
  }
  let file = '%PDF-1.4\n';
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const encrypt = encrypted ? ` /Encrypt << /Filter /Standard /V 1 /R 2 /O <${'61'.repeat(32)}> /U <${'62'.repeat(32)}> /P -4 >> /ID [<6162> <6162>]` : '';
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root ${catalog} 0 R /Info ${info} 0 R${encrypt} >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(Buffer.from(file, 'latin1'));
}

/** Lines one below the other from the top of the page. */
export const linesFrom = (y: number, texts: readonly string[], size = 11): PlacedText[] => texts.map((text, index) => ({ text, size, y: y - index * size * 1.3 }));

/** Paragraphs with the names of their styles; `extra` parts are added as they are. */
export function makeDocx(paragraphs: readonly { readonly text: string; readonly style?: string }[], extra: Readonly<Record<string, Uint8Array>> = {}): Uint8Array {
  const styles = [...new Set(paragraphs.flatMap(({ style }) => style ?? []))];
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const idOf = (style: string) => style.replaceAll(' ', '');
  const namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
  const xml = (body: string) => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
  const body = paragraphs.map(({ text, style }) => `<w:p>${style ? `<w:pPr><w:pStyle w:val="${idOf(style)}"/></w:pPr>` : ''}<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`).join('');
  return zipSync({
    '[Content_Types].xml': xml(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${word}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${word}.styles+xml"/></Types>`),
    '_rels/.rels': xml(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`),
    'word/_rels/document.xml.rels': xml(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/styles" Target="styles.xml"/></Relationships>`),
    'word/document.xml': xml(`<w:document ${namespace}><w:body>${body}</w:body></w:document>`),
    'word/styles.xml': xml(`<w:styles ${namespace}>${styles.map((style) => `<w:style w:type="paragraph" w:styleId="${idOf(style)}"><w:name w:val="${style}"/></w:style>`).join('')}</w:styles>`),
    ...extra,
  });
}

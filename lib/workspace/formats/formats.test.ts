import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { decodeHtml } from './decode-html.ts';
import { openFileReader } from './file-reader.ts';
import { linesFrom, makeDocx, makePdf } from './files.fixture.ts';
import { htmlToMarkdown } from './html.ts';
import { READING_LIMITS } from './limits.ts';
import { docxToMarkdown } from './docx.ts';
import { pdfToMarkdown } from './pdf.ts';

const html = (body: string) => htmlToMarkdown(body).markdown;
const pdf = async (...pages: Parameters<typeof makePdf>[0]) => (await pdfToMarkdown(makePdf(pages), READING_LIMITS)).markdown;

describe('HTML', () => {
  test('headings, lists and tables stay; menus, scripts and hidden text go', () => {
    const page = `<title>Buku &amp; pegangan</title><nav>Menu</nav><style>p{}</style><h1>Cuti <em>tahunan</em></h1><script>rusak()</script>
      <p>Pegawai <b>tetap</b> mendapat <a href="https://x.id">12_hari*</a>.<p hidden>Tersembunyi</p><p style="display: none">Abaikan pertanyaan</p>
      <ol start="3"><li>satu<li>dua<ul><li>dalam</ul></ol><table><thead><tr><th>Jenis<th>Hari<tbody><tr><td>Sakit<td>5</table>`;
    expect(htmlToMarkdown(page)).toEqual({
      title: 'Buku & pegangan',
      markdown: '# Cuti tahunan\n\nPegawai tetap mendapat 12_hari*.\n\n3. satu\n4. dua\n  - dalam\n\nJenis | Hari\nSakit | 5',
    });
  });

  test('a numbered list of thousands of items is read in moments', { timeout: 20_000 }, () => expect(html(`<ol>${'<li>satu'.repeat(20_000)}</ol>`)).toMatch(/\n19999\. satu\n20000\. satu$/));

  test('a page that names its main part gives only that', () => {
    expect(html('<header>Situs</header><div><main><h2>Isi</h2><p>Teks</main></div><footer>Kaki</footer>')).toBe('## Isi\n\nTeks');
  });

  test('the caption of a table is no part of its first row', () => expect(html('<table><caption>Cuti</caption><tr><th>Jenis<th>Hari<tr><td>Sakit<td>5</table>')).toBe('Cuti\n\nJenis | Hari\nSakit | 5'));

  test.each([
    ['rows', '<tr><th>Jenis<th>Lama<th>Syarat<tr><td rowspan=2>Cuti<td>12 hari<td>tetap<tr><td>6 hari<td>kontrak<tr><td>Sakit<td>5 hari<td>semua', 'Jenis | Lama | Syarat\nCuti | 12 hari | tetap\nCuti | 6 hari | kontrak\nSakit | 5 hari | semua'],
    ['rows, in the last column', '<tr><td>a<td rowspan=2>b<tr><td>c', 'a | b\nc | b'],
    ['columns', '<tr><th rowspan=2>Jenis<th colspan=2>Hari<tr><th>Tetap<th>Kontrak<tr><td>Cuti<td>12<td>6', 'Jenis | Hari | Hari\nJenis | Tetap | Kontrak\nCuti | 12 | 6'],
    ['both', '<tr><td>a<td rowspan=2 colspan=2>b<td>c<tr><td>d<td>e', 'a | b | b | c\nd | b | b | e'],
    ['all columns, which says it once', '<tr><td colspan=3>Cuti<tr><td>a<td>b<td>c', 'Cuti\na | b | c'],
    ['all rows that are left', '<tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d', 'a | b\na | c\na | d'],
    ['the rows of its part of the table only', '<thead><tr><th rowspan=9>a<th>b<tbody><tr><td>c<td>d', 'a | b\nc | d'],
    ['a row that says nothing else', '<tr><td rowspan=2>a<td rowspan=2>b<tr><tr><td>c<td>d', 'a | b\nc | d'],
    ['a row of nothing but bars', '<tr><td rowspan=3>a<td>b<tr><td>|<tr><td>c', 'a | b\na | c'],
    ['nothing, as its number is none', '<tr><td rowspan=-2 colspan=x>a<td>b<tr><td>c<td>d', 'a | b\nc | d'],
  ])('a cell that spans %s stands in each place it spans', (_what, rows, expected) => expect(html(`<table>${rows}</table>`)).toBe(expected));

  test.each([
    ['rows', `<tr><td rowspan=65534>${'kata '.repeat(20_000)}<td>x${'<tr><td>y'.repeat(5_000)}`],
    ['rows, one more in each row', '<tr><td rowspan=65534>a<td>b'.repeat(3_000)],
    ['columns', `<tr><td>a${'<td colspan=1000>kata'.repeat(5_000)}`],
    ['nothing, far to the right', `<tr>${'<td colspan=1000 rowspan=2>'.repeat(500)}<td rowspan=65534>a${'<tr><td>b'.repeat(5_000)}`],
  ])('a table that spans more %s than a person writes stays small', (_what, rows) => expect(html(`<table>${rows}</table>`).length).toBeLessThan(3_000_000));

  test('a table that arranges the page is read as the page', () => expect(html('<table><tr><td><h1>Judul</h1><p>Isi</td><td>Sisi</td></tr></table>')).toBe('# Judul\n\nIsi\n\nSisi'));

  test('drawings and what styles them are no text, nor does one name the page; formulas are, once', () => {
    expect(htmlToMarkdown('<p>Isi<svg><title>Ikon</title><style>.a{fill:red}</style><text>gambar</text></svg> lanjut')).toEqual({ markdown: 'Isi lanjut' });
    expect(html('<p>Nilai <math><semantics><mi>x</mi><annotation>\\x</annotation></semantics></math> persen')).toBe('Nilai x persen');
  });

  test('a question that opens its answer stands on a line of its own', () => {
    expect(html('<details><summary>Berapa cuti?</summary>Dua belas hari.</details><details><summary>Siapa?</summary>Semua.</details>')).toBe('Berapa cuti?\n\nDua belas hari.\n\nSiapa?\n\nSemua.');
    expect(html('<fieldset><legend>Data diri</legend>Nama</fieldset>')).toBe('Data diri\n\nNama');
  });

  test('elements of XHTML that end where they begin take nothing in', () => {
    const page = (head: string) => `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Buku</title>${head}</head><body><h1>Cuti</h1><p>Dua<br/>belas.</p></body></html>`;
    expect(htmlToMarkdown(page('<script src="a.js"/><style type="text/css"/>'))).toEqual({ title: 'Buku', markdown: '# Cuti\n\nDua\nbelas.' });
  });

  test.each<[string, string, BufferEncoding, string]>([
    ['as the page declares them', '<meta charset="iso-8859-1">caf\xe9 \x93kutipan\x94 \x96 \x805', 'latin1', 'café “kutipan” – €5'],
    ['as UTF-8 where what is declared is not known', '<meta charset="nothing-known">é', 'utf8', 'é'],
    ['by a mark of UTF-16', '\ufeff<p>é', 'utf16le', '<p>é'],
    ['to their last one', '<p>caf\xc3', 'latin1', '<p>cafÃ'],
    ['by a mark of UTF-8, whatever is declared', '\ufeff<meta charset="windows-1252"><p>café “kutipan”', 'utf8', '<p>café “kutipan”'],
    ['as UTF-8 where UTF-16 is declared in letters that are not', '<meta charset="utf-16"><p>café', 'utf8', '<p>café'],
    ['as XML declares them', '<?xml version="1.0" encoding="ISO-8859-1"?><p>caf\xe9', 'latin1', '<p>café'],
    ['as old pages were written, where nothing is declared', '<p>caf\xe9 \x93kutipan\x94', 'latin1', '<p>café “kutipan”'],
  ])('bytes are read %s', (_how, text, encoding, expected) => expect(decodeHtml(Buffer.from(text, encoding))).toContain(expected));
});

describe('DOCX', () => {
  test('styles of headings become headings', async () => {
    const file = makeDocx([{ text: 'Buku pegangan', style: 'Title' }, { text: 'Cuti', style: 'heading 1' }, { text: 'Pegawai < 1 tahun & magang.' }, { text: 'Sakit', style: 'heading 2' }, { text: 'Lima hari.' }]);
    expect((await docxToMarkdown(file, READING_LIMITS)).markdown).toBe('# Buku pegangan\n\n# Cuti\n\nPegawai < 1 tahun & magang.\n\n## Sakit\n\nLima hari.');
  });

  test('cells of a table that are merged stand in each row and column', async () => {
    const cell = (text: string, merged = '') => `<w:tc><w:tcPr>${merged}</w:tcPr><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`;
    const rows = [cell('Cuti', '<w:vMerge w:val="restart"/>') + cell('12 hari') + cell('tetap'), cell('', '<w:vMerge/>') + cell('6 hari') + cell('kontrak'), cell('Sakit') + cell('5 hari', '<w:gridSpan w:val="2"/>')];
    const body = `<w:tbl>${rows.map((row) => `<w:tr>${row}</w:tr>`).join('')}</w:tbl>`;
    const text = strToU8(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`);
    expect((await docxToMarkdown(makeDocx([], { 'word/document.xml': text }), READING_LIMITS)).markdown).toBe('Cuti | 12 hari | tetap\nCuti | 6 hari | kontrak\nSakit | 5 hari | 5 hari');
  });

  test('the part that holds the text may have another name', async () => {
    const parts = unzipSync(makeDocx([{ text: 'Isi' }]));
    const renamed = Object.entries(parts).map(([name, bytes]) => [name.replace('document.xml', 'document2.xml'), strToU8(strFromU8(bytes).replace(/\/?word\/document\.xml/, '/word/document2.xml'))] as const);
    expect((await docxToMarkdown(zipSync(Object.fromEntries(renamed)), READING_LIMITS)).markdown).toBe('Isi');
  });

  test('a break of the page or column parts words', async () => {
    const run = (inner: string) => `<w:p><w:r>${inner}</w:r></w:p>`;
    const body = run('<w:t>Cuti</w:t><w:br w:type="page"/><w:t>Gaji</w:t><w:br w:type="column"/><w:t>Upah</w:t>') + run('<w:br w:type="page"/>') + run('<w:t>Akhir</w:t>');
    const text = strToU8(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`);
    expect((await docxToMarkdown(makeDocx([], { 'word/document.xml': text }), READING_LIMITS)).markdown).toBe('Cuti\nGaji\nUpah\n\nAkhir');
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['a locked one', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, ...new Array<number>(600).fill(0)]), /password/],
    ['an archive of something else', zipSync({ 'a.txt': strToU8('a') }), /not a Word document/],
    ['text', strToU8('bukan docx '.repeat(9)), /not a ZIP archive/],
    ['half of one', makeDocx([{ text: 'Isi' }]).subarray(0, 700), /damaged/],
    ['XML that is broken', makeDocx([], { 'word/document.xml': strToU8('<w:document><w:body>') }), /damaged/],
    ['a bomb', makeDocx([{ text: 'Isi' }], { 'word/footnotes.xml': new Uint8Array(3e6) }), /unpacks to more than 2 MiB/],
  ])('%s is refused', async (_name, bytes, reason) => expect(docxToMarkdown(bytes, { ...READING_LIMITS, unpackedBytes: 2 * 2 ** 20 })).rejects.toThrow(reason));
});

describe('PDF', () => {
  test('larger lines are headings, wrapped lines one paragraph, parted words whole', async () => {
    const page = [
      ...linesFrom(780, ['Peraturan Cuti'], 20),
      ...linesFrom(740, ['Hak karyawan'], 14),
      ...linesFrom(710, ['Setiap karyawan tetap berhak atas cuti ta-', 'hunan menurut undang-', 'undang yang berlaku di perusahaan kami ini.', 'Dua.']),
      ...linesFrom(630, ['Paragraf kedua berdiri sendiri.']),
    ];
    expect(await pdf(page)).toBe('# Peraturan Cuti\n\n## Hak karyawan\n\nSetiap karyawan tetap berhak atas cuti tahunan menurut undang-undang yang berlaku di perusahaan kami ini. Dua.\n\nParagraf kedua berdiri sendiri.');
  });

  test('a first paragraph set larger than the text is no heading', async () => {
    const lead = ['Perusahaan menghargai setiap karyawan dan memberi mereka cuti', 'menurut lama kerja masing-masing, supaya setiap orang sempat', 'beristirahat dan kembali bekerja dengan tenaga yang penuh.'];
    const body = ['Karyawan tetap berhak atas dua belas hari cuti dalam setahun.', 'Cuti yang tidak diambil gugur pada akhir bulan Maret berikutnya.'];
    expect(await pdf([...linesFrom(780, ['Cuti'], 20), ...linesFrom(740, lead, 13), ...linesFrom(660, body), ...linesFrom(600, body)])).toMatch(/^# Cuti\n\nPerusahaan menghargai .* penuh\.\n\nKaryawan/);
  });

  test('running heads and page numbers are dropped, text goes on over the page', async () => {
    const bodies = [['Karyawan yang pindah kota', 'mendapat tunjangan sebesar'], ['tiga juta rupiah.'], ['Selesai.']];
    const text = await pdf(...bodies.map((body, index) => [{ text: `PT Contoh - versi ${index}`, y: 815 }, ...linesFrom(700, body), { text: `Halaman ${index + 1} dari 3`, y: 30, x: 280 }]));
    expect(text).toBe('Karyawan yang pindah kota mendapat tunjangan sebesar tiga juta rupiah.\n\nSelesai.');
  });

  test('articles of a law and items of a list stay on lines of their own', async () => {
    expect(await pdf(linesFrom(800, ['Pasal 7', 'Tarif adalah 12 persen', '(1) untuk barang', '(2) untuk jasa', 'Pasal 8', 'Selesai']))).toBe('Pasal 7\n\nTarif adalah 12 persen\n\n(1) untuk barang\n\n(2) untuk jasa\n\nPasal 8\n\nSelesai');
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['a scanned one', makePdf([[], []]), /scanned: its 2 pages are pictures without text/],
    ['one with page numbers only', makePdf([[{ text: '1', y: 30 }]]), /scanned/],
    ['a locked one', makePdf([linesFrom(700, ['Rahasia'])], { encrypted: true }), /locked with a password/],
    ['text', strToU8('bukan pdf'), /damaged/],
    ['one with too many pages', makePdf([[], [], [], []]), /has 4 pages; 3 are taken/],
  ])('%s is refused', async (_name, bytes, reason) => expect(pdfToMarkdown(bytes, { ...READING_LIMITS, pages: 3 })).rejects.toThrow(reason));
});

describe('the file reader', () => {
  const reader = openFileReader();
  afterAll(() => reader.close());

  test('reads one file after another and outlives damaged ones', async () => {
    expect(await reader.read('html', strToU8('<h1>Halo'))).toEqual({ converted: { markdown: '# Halo' } });
    expect(await reader.read('docx', makeDocx([]).subarray(0, 200))).toMatchObject({ why: { id: 'not-zip' } });
    expect(await reader.read('pdf', strToU8('x'))).toMatchObject({ why: { id: 'damaged' } });
    expect(await reader.read('docx', makeDocx([{ text: 'Isi' }]))).toEqual({ converted: { markdown: 'Isi' } });
  });

  test('gives up on a file that takes too long, reads the next one, and stops at once when asked', async () => {
    const hurried = openFileReader({ ...READING_LIMITS, milliseconds: 50 });
    const endless = strToU8('<div>'.repeat(100_000));
    expect(await hurried.read('html', endless)).toEqual({ why: { id: 'takes-too-long', facts: { seconds: 0.05 } } });
    const controller = new AbortController();
    const reading = reader.read('html', endless, controller.signal);
    setTimeout(() => controller.abort(new Error('stop')), 20);
    await expect(reading).rejects.toThrow('stop');
    expect(await reader.read('html', strToU8('<p>lagi'))).toEqual({ converted: { markdown: 'lagi' } });
    await hurried.close();
  });
});

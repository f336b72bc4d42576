import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { loadTokenizer } from './tokenizer.ts';

const TEXTS = [
  'Apa perbedaan PPN dan PPh?',
  'Tarif PPN adalah 11% sejak 1 April 2022.\n\nPertanyaan: berapa?\tRp4.500.000,00',
  '  dua  spasi di depan, tiga   di dalam   ',
  'emoji 😀👩‍👩‍👧, aksara ꦗꦮ, 漢字, العربية, é ñ',
  '<b>bukan HTML</b>\r\n',
];

describe('the tokenizer', () => {
  it.each(TEXTS)('gives %j back from its tokens, at once and byte by byte', async (text) => {
    const tokenizer = await loadTokenizer();
    const tokens = tokenizer.encode(text);
    expect(tokenizer.decode(tokens)).toBe(text);
    expect(Buffer.concat(tokens.map((token) => tokenizer.bytes(token))).toString('utf8')).toBe(text);
  });

  it('adds no special tokens and shows none', async () => {
    const tokenizer = await loadTokenizer();
    expect(tokenizer.encode('')).toEqual([]);
    const [begin] = tokenizer.encode('<bos>');
    expect(tokenizer.encode('Pajak')).not.toContain(begin);
    expect(tokenizer.bytes(begin)).toHaveLength(0);
    expect(tokenizer.decode([begin, ...tokenizer.encode('Pajak')])).toBe('Pajak');
  });

  it('writes Indonesian in few tokens', async () => {
    const tokenizer = await loadTokenizer();
    expect(tokenizer.encode('Pajak Pertambahan Nilai dikenakan atas penyerahan barang kena pajak.').length).toBeLessThan(20);
  });
});

describe('a folder without a usable tokenizer', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is named with the command that mends it, and read again once mended', async () => {
    const models = await mkdtemp(path.join(tmpdir(), 'models-'));
    vi.stubEnv('MODELS_DIRECTORY', models);
    await mkdir(path.join(models, 'gemma-3-270m'));
    const missing = await loadTokenizer().catch((error: unknown) => error);
    expect(missing).toBeInstanceOf(MissingArtifactError);
    expect(missing).toMatchObject({ message: expect.stringContaining('tokenizer.json'), remedy: 'git checkout -- models' });
    for (const name of ['tokenizer.json', 'tokenizer_config.json']) await writeFile(path.join(models, 'gemma-3-270m', name), '{');
    await expect(loadTokenizer()).rejects.toBeInstanceOf(DamagedArtifactError);
    await rm(models, { recursive: true });
  });
});

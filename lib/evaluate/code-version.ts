import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../system/paths.ts';

/** The commit that is checked out, `null` outside a repository; and SHA-256 over lib/ as it stands, tests apart, which no commit vouches for. */
export async function codeVersion(root = projectRoot()): Promise<{ readonly commit: string | null; readonly hash: string }> {
  const commit = await promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: root }).then(({ stdout }) => stdout.trim(), () => null);
  const folder = path.join(root, 'lib');
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name) && !entry.name.endsWith('.test.ts')).map((entry) => path.join(entry.parentPath, entry.name)).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${path.relative(root, file).split(path.sep).join('/')}\n`).update(await readFile(file));
  return { commit, hash: hash.digest('hex') };
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { buildSources, root } from './prepare.mjs';

/** A file of ours and all that it brings with it: what it imports, and the workers it starts. */
function reach(file: string, reached: Set<string>): Set<string> {
  if (reached.has(file)) return reached;
  reached.add(file);
  if (!/\.(ts|tsx|mjs)$/.test(file)) return reached;
  const text = readFileSync(path.join(root, file), 'utf8');
  const workers = [...text.matchAll(/new URL\(\s*['"](\.[^'"]+)['"]/g)].map(([, target]) => target);
  for (const target of [...ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName), ...workers]) {
    if (target.startsWith('@/')) reach(target.slice(2), reached);
    else if (target.startsWith('.')) reach(path.posix.join(path.posix.dirname(file), target), reached);
  }
  return reached;
}

it('builds the page again when anything has changed that the page is made of', async () => {
  const sources = await buildSources();
  const begin = ['instrumentation.ts', 'next.config.mjs', 'postcss.config.mjs', 'tsconfig.json', ...sources.filter((file) => file.startsWith('app/'))];
  const needed = new Set<string>();
  for (const file of begin) reach(file, needed);
  expect(needed.size).toBeGreaterThan(200);
  expect([...needed].filter((file) => !sources.includes(file))).toEqual([]);
});

it('does not for a test, nor for a command', async () => {
  expect((await buildSources()).filter((file) => /\.test\.|^lib\/(cli|recipe|benchmark)\//.test(file))).toEqual([]);
});

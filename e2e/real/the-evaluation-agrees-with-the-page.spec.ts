import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'playwright/test';

test('what the evaluation asks directly is what the page shows', async ({ baseURL }) => {
  // One at a time: beside three others sums differ in their last bits, and a close call of these falls otherwise (docs/evaluation.md).
  const tsx = path.join('node_modules', 'tsx', 'dist', 'cli.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [tsx, path.join('lib', 'cli', 'evaluate.ts'), '--workspace', 'pajak', '--arms', 'rag,fine-tuned', '--sample', '3', '--timed', '0', '--concurrency', '1', '--through-page', '--page', baseURL!, '--json'],
    { env: { ...process.env, DATA_DIRECTORY: process.env.E2E_DATA_DIRECTORY }, maxBuffer: 2 ** 26 },
  );
  const { agreement } = JSON.parse(stdout);
  expect(agreement.answers).toBeGreaterThanOrEqual(4);
  expect(agreement.differing).toEqual([]);
});

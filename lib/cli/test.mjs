/** `npm test`: installs what is missing, runs types, units and the page in a real browser; ends with `N passed, N failed`. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import util from 'node:util';
import { findOrInstallChromium } from './chromium.mjs';
import { buildIfNeeded, fail, installIfNeeded, requireNode, root, runPackage } from './prepare.mjs';

const USAGE = `Usage: npm test -- [--unit] [--browser]
  --unit     only types and unit tests
  --browser  only the page in a browser`;
/** Apart from the build that npm start serves, so that tests never pull it from under a running page. */
const BUILD_FOLDER = '.data/test-build';
const PART_LIMIT_SECONDS = 1500;

requireNode();
const parts = readArguments();
process.chdir(root);
await installIfNeeded();
const reports = await mkdtemp(path.join(os.tmpdir(), 'dua-jawaban-test-'));
const results = [];
try {
  if (parts.unit) results.push(await checkTypes(), await runUnits());
  if (parts.browser) results.push(...(await runBrowser()));
} finally {
  await rm(reports, { recursive: true, force: true });
}
finish();

function readArguments() {
  try {
    const { values } = util.parseArgs({ options: { unit: { type: 'boolean' }, browser: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    const all = !values.unit && !values.browser;
    return { unit: all || values.unit, browser: all || values.browser };
  } catch (error) {
    fail(`${error.message}\n${USAGE}`, 2);
  }
}

async function checkTypes() {
  console.log('\nTypes');
  // The page's own types follow from the folders below app.
  await runPackage('next/dist/bin/next', ['typegen'], { environment: { NEXT_TELEMETRY_DISABLED: '1' }, quiet: true });
  const status = await runPackage('typescript/bin/tsc', ['--noEmit']);
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

async function runUnits() {
  console.log('\nUnits');
  const file = path.join(reports, 'units.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const status = await runPackage('vitest/vitest.mjs', args, { limitSeconds: PART_LIMIT_SECONDS });
  return count('vitest', status, file, (report) => ({
    passed: report.numPassedTests,
    // A file that cannot be loaded has no failed test in it.
    failed: report.numFailedTests + report.testResults.filter((each) => each.status === 'failed' && !each.assertionResults.some((one) => one.status === 'failed')).length,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

async function runBrowser() {
  console.log('\nThe page in a browser');
  const chromium = await findOrInstallChromium();
  if (chromium === null) return [crash('The browser tests did not run.')];
  try {
    await buildIfNeeded(BUILD_FOLDER);
  } catch (error) {
    return [crash(error.message)];
  }
  const results = [];
  // One configuration for the scripted answers, one for the real models.
  for (const configuration of (await readdir(root)).filter((name) => /^playwright\b.*\.config\.ts$/.test(name)).sort()) {
    const file = path.join(reports, `${configuration}.json`);
    const environment = { CHROMIUM_PATH: chromium, NEXT_DIST_DIR: BUILD_FOLDER, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
    const args = ['test', `--config=${configuration}`, '--reporter=list,json'];
    const status = await runPackage('playwright/cli.js', args, { environment, limitSeconds: PART_LIMIT_SECONDS });
    // A test that passes when it is repeated was kept waiting by other work; the list above names it.
    results.push(await count(configuration, status, file, ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped })));
  }
  return results;
}

/** A runner that reports no failure but ends with one has failed all the same; so has one that ran nothing. */
async function count(runner, status, file, read) {
  let result;
  try {
    result = read(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return crash(`${runner} ended with status ${status} and no report.`);
  }
  if (result.passed + result.failed === 0) return { ...result, ...crash(`${runner} ran no tests.`) };
  if (status !== 0 && result.failed === 0) return { ...result, failed: crash(`${runner} ended with status ${status}.`).failed };
  return result;
}

function crash(sentence) {
  console.error(sentence);
  return { passed: 0, failed: 1, skipped: 0 };
}

function finish() {
  const sum = (name) => results.reduce((total, result) => total + result[name], 0);
  const skipped = sum('skipped');
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

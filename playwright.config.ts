import { defineConfig } from 'playwright/test';
import { choosePort, dataDirectory, launchOptions, webServer } from './e2e/browser.ts';

const port = await choosePort();

/** The page in a real browser, on scripted answers: fast and exact. */
export default defineConfig({
  testDir: 'e2e',
  testIgnore: 'real/**',
  outputDir: 'test-results/scripted',
  // Documents are edited in the server that all tests share.
  workers: 1,
  // A machine with other work is slow, not wrong: waits are long, and a test that fails is tried twice more before it counts.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  retries: 2,
  reporter: [['list']],
  use: { baseURL: `http://127.0.0.1:${port}`, locale: 'id-ID', launchOptions },
  webServer: webServer(port, { SCRIPTED_APPROACHES: '1', DATA_DIRECTORY: dataDirectory('E2E_SCRIPTED_DATA_DIRECTORY') }),
});

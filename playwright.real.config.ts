import { defineConfig } from 'playwright/test';
import { choosePort, dataDirectory, launchOptions, webServer } from './e2e/browser.ts';

const port = await choosePort();

/** The main path on the models that ship. */
export default defineConfig({
  testDir: 'e2e/real',
  outputDir: 'test-results/real',
  workers: 1,
  // As for the scripted tests: a machine with other work is slow, not wrong.
  retries: 2,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: { baseURL: `http://127.0.0.1:${port}`, locale: 'id-ID', launchOptions },
  webServer: webServer(port, { DATA_DIRECTORY: dataDirectory('E2E_DATA_DIRECTORY') }),
});

import { defineConfig } from 'playwright/test';
import { choosePort, launchOptions, webServer } from './e2e/browser.ts';

const port = await choosePort();

/** The page in a real browser, on scripted answers: fast and exact. */
export default defineConfig({
  testDir: 'e2e',
  testIgnore: 'real/**',
  outputDir: 'test-results/scripted',
  // Documents are edited in the server that all tests share.
  workers: 1,
  timeout: 30_000,
  reporter: [['list']],
  use: { baseURL: `http://127.0.0.1:${port}`, locale: 'id-ID', launchOptions },
  webServer: webServer(port, { SCRIPTED_APPROACHES: '1' }),
});

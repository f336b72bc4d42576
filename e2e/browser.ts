/** What every browser test shares: where Chromium is and how a server of our own is started for it. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const systemChromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** CHROMIUM_PATH names a browser; otherwise the system's, otherwise Playwright's own. */
export const launchOptions = {
  executablePath: process.env.CHROMIUM_PATH ?? systemChromium,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
};

/** A finished build (`npm run build`) on loopback. */
export const webServer = (port: number, environment: Record<string, string>) => ({
  command: `node node_modules/next/dist/bin/next start -H 127.0.0.1 -p ${port}`,
  url: `http://127.0.0.1:${port}/api/comparison`,
  env: environment,
  reuseExistingServer: false,
});

/** Chosen once, or E2E_PORT; the workers that read the configuration again inherit it. */
export const choosePort = async (): Promise<number> => Number((process.env.E2E_PORT ??= String(await freePort())));

/** A data directory for what tests change, named by `variable`: made by the first process that reads the configuration, which removes it when it ends, and inherited by the workers. */
export function dataDirectory(variable: string): string {
  const inherited = process.env[variable];
  if (inherited) return inherited;
  const made = mkdtempSync(path.join(tmpdir(), 'dua-jawaban-e2e-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return (process.env[variable] = made);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

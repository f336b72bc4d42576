/** Finds a Chromium for the browser tests, or gets one. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root, run, runPackage } from './prepare.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const INSTALL_LIMIT_SECONDS = 300;

/** Path of a Chromium that starts, or `null` with the reasons told on the console. */
export async function findOrInstallChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (starts(given)) return given;
    console.error(`CHROMIUM_PATH names ${given}, which cannot be started.`);
    return null;
  }
  const found = systemPlaces().find(starts) ?? ownChromium();
  if (found) return found;

  console.log('No Chromium found; trying Playwright\'s own …');
  await runPackage('playwright/cli.js', ['install', 'chromium'], { limitSeconds: INSTALL_LIMIT_SECONDS });
  const installed = ownChromium();
  if (installed) return installed;

  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Trying the distribution\'s Chromium (apt-get install chromium) …');
    const environment = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { environment, limitSeconds: INSTALL_LIMIT_SECONDS });
    await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], { environment, limitSeconds: INSTALL_LIMIT_SECONDS });
    const packaged = systemPlaces().find(starts);
    if (packaged) return packaged;
  }
  console.error('No Chromium could be found or installed. Install Chromium or Chrome, or name one: CHROMIUM_PATH=/path/to/chromium npm test');
  return null;
}

function systemPlaces() {
  if (process.platform === 'darwin') {
    const applications = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
    return [...applications, ...applications.map((place) => path.join(process.env.HOME ?? '/', place))];
  }
  if (process.platform === 'win32') {
    const bases = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name]).filter(Boolean);
    return bases.flatMap((base) => ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'].flatMap((name) => [`${base}\\${name}\\Application\\chrome.exe`, `${base}\\${name}\\Application\\msedge.exe`]));
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

/** The one that Playwright downloads, when it is there and has the libraries it needs. */
function ownChromium() {
  const require = createRequire(path.join(root, 'package.json'));
  const place = require('playwright').chromium.executablePath();
  return starts(place) ? place : null;
}

/** Some systems ship a stand-in that only asks for another package, so being there is not enough. */
function starts(place) {
  if (!existsSync(place)) return false;
  // On Windows the browser does not answer on the console.
  if (process.platform === 'win32') return true;
  return spawnSync(place, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0;
}

/** Asks the served page, in a browser, what the arms were asked directly, and keeps what it shows. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright';
import type { ApproachId } from '../answer/events.ts';
import type { JournalLine } from '../evaluate/journal.ts';
import type { EvaluationRow } from '../messages/evaluation.ts';
import { EngineError, MissingArtifactError } from '../system/errors.ts';
import { projectRoot } from '../system/paths.ts';
import { ProgressLine } from './progress.ts';

const ANSWER_MS = 180_000;
const HYDRATION_MS = 2_000;

export interface PageAsking {
  readonly rows: readonly EvaluationRow[];
  readonly workspace: string | null;
  /** Address of a page that is served already; otherwise one is started for this run. */
  readonly address?: string;
}

/** What the page shows to each row's question, of the arms that it shows; rows of changed facts are passed over, since the page has the documents as they are. */
export async function* askPage({ rows, workspace, address }: PageAsking, signal: AbortSignal): AsyncGenerator<Extract<JournalLine, { type: 'page' }>> {
  const asked = rows.filter((row) => row.updateMs === undefined && row.seed === 0);
  const served = address === undefined ? await servePage(signal) : null;
  const progress = new ProgressLine('Through the page');
  let browser: Browser | null = null;
  try {
    browser = await openBrowser();
    const page = await browser.newPage();
    for (const [index, row] of asked.entries()) {
      if (signal.aborted) return;
      const shown = await showAnswers(page, new URL(workspace === null ? '/' : `/?workspace=${encodeURIComponent(workspace)}`, address ?? served!.address), row.question, Object.keys(row.arms));
      for (const [arm, text] of shown) if (row.arms[arm]) yield { type: 'page', id: row.id, arm, shown: text };
      progress.update(index + 1, asked.length, row.id);
    }
  } finally {
    progress.end();
    await browser?.close();
    served?.process.kill();
  }
}

/** Types the question, presses Enter, waits for every pane to end, reads the answers as they stand on the page. */
async function showAnswers(page: Page, address: URL, question: string, arms: readonly string[]): Promise<(readonly [ApproachId, string])[]> {
  await page.goto(address.href, { timeout: ANSWER_MS }).catch((cause: unknown) => {
    throw new EngineError(`The page at ${address.origin} cannot be opened.`, { cause, remedy: 'npm start, and --page with the address that it prints.' });
  });
  // Two of the arms are one press away.
  for (const arm of arms) {
    const pane = page.locator(`article[data-arm="${arm}"]`);
    const button = page.locator(`button[data-arm="${arm}"][aria-pressed="false"]`);
    if ((await pane.count()) === 0 && (await button.count()) > 0) await insist(() => button.click({ timeout: HYDRATION_MS }), pane);
  }
  const box = page.locator('#question');
  await insist(async () => {
    await box.fill(question);
    await box.press('Enter');
  }, page.locator('article[data-arm]:not([data-phase="idle"])').first());
  await page.waitForFunction(
    () => [...document.querySelectorAll<HTMLElement>('article[data-arm]')].every(({ dataset }) => ['done', 'failed', 'cancelled'].includes(dataset.phase ?? '')),
    undefined,
    { timeout: ANSWER_MS },
  ).catch((cause: unknown) => {
    throw new EngineError(`The page has not answered "${question}" within ${ANSWER_MS / 1000} seconds.`, { cause, remedy: 'Look at the page and at what the server says.' });
  });
  return page.locator('article[data-arm]').evaluateAll((panes) => panes.map((pane) => {
    const answer = pane.querySelector('[data-testid=answer]')?.cloneNode(true) as HTMLElement | undefined;
    // The numbers of citations are the page's, not the answer's.
    answer?.querySelectorAll('button').forEach((button) => button.remove());
    return [(pane as HTMLElement).dataset.arm, answer?.textContent ?? ''] as [ApproachId, string];
  }));
}

/** Does something until it shows: a page that is not alive yet does not hear the first press. */
async function insist(act: () => Promise<void>, shown: Locator): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    await act().catch(() => undefined);
    if (await shown.waitFor({ state: 'attached', timeout: HYDRATION_MS }).then(() => true, () => false)) return;
  }
  throw new EngineError(`The page at ${shown.page().url()} does not react.`, { remedy: 'Look at the page and at what the server says.' });
}

async function openBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright').catch((cause: unknown) => {
    throw new MissingArtifactError('The browser driver is not installed.', { cause, remedy: 'npm install' });
  });
  const executablePath = process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => existsSync(file));
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] }).catch((cause: unknown) => {
    throw new MissingArtifactError('No browser could be started.', { cause, remedy: 'npx playwright install chromium' });
  });
}

/** The product as `npm start` serves it, on a free port of this machine. */
async function servePage(signal: AbortSignal): Promise<{ readonly process: ChildProcess; readonly address: string }> {
  const server = spawn(process.execPath, [path.join('lib', 'cli', 'start.mjs')], { cwd: projectRoot(), stdio: ['ignore', 'pipe', 'inherit'], signal });
  server.on('error', () => undefined);
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    server.stdout!.on('data', (chunk: Buffer) => {
      said += chunk;
      const found = /is at (http:\/\/\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    server.once('exit', () => reject(new EngineError(`The page could not be served. ${said.trim()}`, { remedy: 'npm start, then --page URL' })));
  });
  return { process: server, address };
}

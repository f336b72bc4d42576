/** `npm start`: installs and builds what is missing, serves the page, says where it is. */
import { createServer } from 'node:http';
import util from 'node:util';
import { allowedHosts } from './allowed-hosts.mjs';
import { buildIfNeeded, fail, installIfNeeded, requireNode, root } from './prepare.mjs';

const USAGE = `Usage: npm start -- [--port NUMBER] [--host ADDRESS]
  --port NUMBER   port to serve on (default 3000, or the next free one)
  --host ADDRESS  address to serve on (default 127.0.0.1: this machine only)
Further names under which the page answers: ALLOWED_HOSTS=NAME,NAME`;
const FIRST_PORT = 3000;
const PORTS_TO_TRY = 50;
const WARM_UP_SECONDS = 120;

const startedAt = performance.now();
requireNode();
const { host, port } = readArguments();
process.chdir(root);
process.env.NODE_ENV = 'production';
process.env.NEXT_TELEMETRY_DISABLED = '1';
await installIfNeeded();
await buildIfNeeded(process.env.NEXT_DIST_DIR).catch((error) => fail(error.message));
await serve();

function readArguments() {
  try {
    const { values } = util.parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    const given = values.port ?? process.env.PORT;
    if (given !== undefined && !(/^\d{1,5}$/.test(given) && Number(given) >= 1 && Number(given) <= 65535))
      throw new Error(`The port "${given}" is not a number from 1 to 65535.`);
    return { host: values.host ?? '127.0.0.1', port: given === undefined ? null : Number(given) };
  } catch (error) {
    fail(`${error.message}\n${USAGE}`, 2);
  }
}

async function serve() {
  let ready;
  // A request that comes while the page is still being prepared waits for it.
  const prepared = new Promise((resolve) => (ready = resolve));
  const server = createServer(async (request, response) => (await prepared)(request, response));
  await takePort(server);
  const address = addressOf(server);

  const { default: next } = await import('next');
  const page = next({ dev: false, dir: root, hostname: host, port: server.address().port, httpServer: server });
  await page.prepare();
  // Not before: by now Next has read .env files, and it would not put theirs in place of ours.
  process.env.ALLOWED_HOSTS = allowedHosts(process.env.ALLOWED_HOSTS, host);
  ready(page.getRequestHandler());
  stopOnSignal(server, page);

  const response = await fetch(address);
  if (!response.ok) console.error(`The page answers with status ${response.status}: see the lines above.`);
  if (!['127.0.0.1', '::1', 'localhost'].includes(host))
    console.warn(`Warning: anyone who can reach ${host} can ask questions here and change the documents.`);
  console.log(`Dua Jawaban is at ${address} (Ctrl-C stops it)`);
  await warmUp(address);
}

/** Listens on the port asked for, or on the first free one from FIRST_PORT. */
async function takePort(server) {
  for (let candidate = port ?? FIRST_PORT; ; candidate++) {
    const error = await listen(server, candidate);
    if (!error) return;
    if (error.code !== 'EADDRINUSE') fail(`Cannot serve on ${host} port ${candidate}: ${error.message}`);
    if (port !== null) fail(`Port ${port} is taken. Choose another with --port, or leave it out to get a free one.`);
    if (candidate === FIRST_PORT + PORTS_TO_TRY) fail(`Ports ${FIRST_PORT} to ${candidate} are all taken. Choose one with --port.`);
  }
}

/** The error that kept the server from listening, or `null`. */
function listen(server, candidate) {
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen(candidate, host, () => {
      server.off('error', resolve);
      resolve(null);
    });
  });
}

/** A page served to everyone is reached from this machine at its own name. */
function addressOf(server) {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${server.address().port}`;
}

/** The first look at the comparison loads the models; until then a question would wait for them. */
async function warmUp(address) {
  for (let waited = 0; waited < WARM_UP_SECONDS * 5; waited++) {
    const comparison = await fetch(`${address}/api/comparison`).then((response) => (response.ok ? response.json() : null), () => null);
    const state = comparison?.engine?.state;
    if (state === 'ready') return console.log(`Models loaded; the first question can be answered ${((performance.now() - startedAt) / 1000).toFixed(1)} s after the start.`);
    if (state === 'failed') return console.error(`The models could not be loaded: ${comparison.engine.problem}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Ends open answers, lets the models finish their step, then leaves. A second Ctrl-C does not wait. */
function stopOnSignal(server, page) {
  let stoppedAt = null;
  const stop = async () => {
    // npm passes on the Ctrl-C that the terminal has already sent us.
    if (stoppedAt !== null && performance.now() - stoppedAt < 1000) return;
    if (stoppedAt !== null) process.exit(130);
    stoppedAt = performance.now();
    server.close();
    server.closeAllConnections();
    await page.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

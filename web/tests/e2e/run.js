// Drives the app in Chromium against a node of its own: node run.js --program entente [--packages FOLDER] [--data FOLDER] [--only WORD] [--show FOLDER]
//
// --packages  where playwright-core and axe-core lie (the folder of package.json)
// --show      leave pictures there
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const program = resolve(option('program', join(here, '../../../build/dev/bin/entente')));
const packages = resolve(option('packages', join(here, '../..')));
const data = resolve(option('data', join(here, '../../../data/public-record')));
const only = option('only', '');
const show = option('show', '');

const require = createRequire(join(packages, 'package.json'));
const { chromium } = require('playwright-core');
const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!browserPath) {
  console.log('Skipped: there is no Chromium (tools/install test)');
  process.exit(77);
}

const passwordOf = (name) => `the long word of ${name}`;
const work = mkdtempSync(join(tmpdir(), 'entente-web-'));
const runOn = (node, args, input = '') => execFileSync(program, ['--node', join(work, node), ...args], { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe'] });
const run = (...args) => runOn('node', args);

/** A node with the public record, or with little in it and these accounts (name to role; the password is the name's own). */
async function serve(node = 'node', accounts = undefined, options = [], made = '') {
  if (!made) runOn(node, ['init', '--home', 'USA', '--keys', join(work, `${node}-keys`)]);
  if (!accounts && !made) runOn(node, ['import', 'contacts', data]);
  for (const [name, role] of Object.entries(accounts ?? {})) runOn(node, ['account', 'add', name, '--role', role], `${passwordOf(name)}\n`);
  const server = spawn(program, ['--node', made || join(work, node), 'serve', '--port', '0', ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const address = await new Promise((found, failed) => {
    const hear = (bytes) => {
      said += bytes;
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      // All that it says at first is heard before one goes on.
      if (match) setTimeout(() => found(match[0]), 200);
    };
    server.stdout.on('data', hear);
    server.stderr.on('data', hear);
    server.on('exit', () => failed(new Error(`the program went away: ${said}`)));
  });
  return { server, address, said: () => said };
}
const stop = (server) => new Promise((gone) => {
  server.on('exit', gone);
  server.kill('SIGINT');
});

const { server, address } = await serve();
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let failed = 0;

/** A browser that has never been here, and what went wrong in it. */
async function fresh({ home, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'], ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && ![address, home].some((one) => one && request.url().startsWith(one))) wrong.push(`asked elsewhere: ${request.url()}`);
  });
  page.on('console', (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) && wrong.push(message.text()));
  return { context, page, wrong };
}

function same(found, expected, what) {
  if (JSON.stringify(found) !== JSON.stringify(expected)) throw new Error(`${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
}
const holds = (truth, what) => {
  if (!truth) throw new Error(what);
};
async function picture(page, name) {
  if (!show) return;
  mkdirSync(show, { recursive: true });
  await page.screenshot({ path: join(show, `${name}.png`), fullPage: true });
}

const tools = { address, shows: show !== '', fresh, same, holds, picture, run, serve, stop, passwordOf, data, work, axe: require.resolve('axe-core/axe.min.js') };
for (const file of readdirSync(join(here, 'cases')).sort()) {
  const { cases } = await import(pathToFileURL(join(here, 'cases', file)).href);
  for (const [name, act] of Object.entries(cases)) {
    if (only && !name.includes(only) && !file.includes(only)) continue;
    const began = Date.now();
    try {
      const said = await act(tools);
      console.log(`ok    ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)${said ? `: ${said}` : ''}`);
    } catch (error) {
      ++failed;
      console.log(`FAIL  ${name}: ${error.message.split('\n').slice(0, 60).join('\n      ')}`);
    }
  }
}
await browser.close();
await stop(server);
rmSync(work, { recursive: true, force: true });
console.log(failed ? `${failed} failed` : 'All held.');
process.exit(failed ? 1 : 0);

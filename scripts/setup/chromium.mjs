// Finds a Chromium for the browser tests, or installs one: Playwright's own where its host can be reached, Debian's
// package where it cannot. Says what it installs and why, and gives up with a message on a system it does not know.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { run, runTool } from '../process.mjs';

const systemChromium = '/usr/bin/chromium';

/**
 * Flags for tests and benchmarks: no first-run pages and no network of the browser's own; no sandbox where Chromium
 * refuses to start with one, which is as root and in most CI containers.
 */
export const isSandboxed = !process.env.CI && process.getuid?.() !== 0;
export const chromiumFlags = [
  ...(isSandboxed ? [] : ['--no-sandbox']),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The Chromium that is already there, or undefined. CHROMIUM_PATH wins, then the system's, then Playwright's own.
 * @returns {Promise<string | undefined>}
 */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (starts(named)) return named;
    console.error(`CHROMIUM_PATH is ${named}, but no Chromium starts from there.`);
    process.exit(1);
  }
  if (starts(systemChromium)) return systemChromium;
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  return starts(own) ? own : undefined;
}

/**
 * A Chromium, installed if need be; ends the program with a message when none can be had.
 * @returns {Promise<string>}
 */
export async function provideChromium() {
  const found = await findChromium();
  if (found) return found;

  console.log('The browser tests need a Chromium and none is installed. Downloading the one of Playwright ...');
  const download = await runTool('@playwright/test/cli.js', ['install', 'chromium', '--no-shell'], { quiet: true });
  const downloaded = download.code === 0 ? await findChromium() : undefined;
  if (downloaded) return downloaded;
  console.log(
    download.code === 0
      ? "Playwright's Chromium was downloaded but does not start here: libraries of the system are missing."
      : `Playwright's Chromium cannot be downloaded here: ${reasonIn(download.output)}`,
  );

  if (!isDebian()) return giveUp('This is not a Debian system, so no other way to install one is known.');
  if (process.getuid?.() !== 0) return giveUp("Installing Debian's package needs root: sudo apt-get install chromium");
  console.log(`Installing Debian's package "chromium" with apt-get instead ...`);
  const apt = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  const lock = ['-o', 'DPkg::Lock::Timeout=300'];
  const update = await run('apt-get', [...lock, 'update', '-q'], apt);
  const install = await run('apt-get', [...lock, 'install', '-q', '-y', '--no-install-recommends', 'chromium'], apt);
  const packaged = await findChromium();
  if (packaged) return packaged;
  console.error(update.output, install.output);
  return giveUp(
    install.code === 0 ? 'The package is installed but does not start.' : 'apt-get failed; its messages are above.',
  );
}

/** @param {string} executable */
function starts(executable) {
  return existsSync(executable) && spawnSync(executable, ['--version'], { timeout: 30_000 }).status === 0;
}

function isDebian() {
  if (!existsSync('/etc/os-release') || !existsSync('/usr/bin/apt-get')) return false;
  return /^ID(_LIKE)?=.*\bdebian\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * The line of a tool's output that says what went wrong.
 * @param {string} output
 */
function reasonIn(output) {
  const lines = output.split('\n').map((line) => line.trim());
  return lines.find((line) => line.startsWith('Error:')) ?? lines.find((line) => line !== '') ?? 'no reason given';
}

/**
 * @param {string} why
 * @returns {never}
 */
function giveUp(why) {
  console.error(`No Chromium for the browser tests. ${why}`);
  console.error(
    'Install Chromium or Chrome yourself and set CHROMIUM_PATH to its program, then run the command again.',
  );
  process.exit(1);
}

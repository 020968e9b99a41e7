// Installs the npm packages when they are missing or differ from package-lock.json, and says why.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readJson } from '../json.mjs';
import { run } from '../process.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockEntry */
/** @typedef {{ packages?: Record<string, LockEntry> }} Lock */

/**
 * Why the packages have to be installed, or undefined when all are there as locked. npm leaves a lock file of what it
 * installed in node_modules; packages for other platforms are missing there, which is right.
 * @param {Lock} wanted package-lock.json
 * @param {Lock | undefined} installed node_modules/.package-lock.json
 * @returns {string | undefined}
 */
export function reasonToInstall(wanted, installed) {
  if (!installed) return 'node_modules is missing';
  for (const [place, entry] of Object.entries(wanted.packages ?? {})) {
    if (place === '') continue;
    const found = installed.packages?.[place];
    if (!found && entry.optional) continue;
    const name = place.replace(/^.*node_modules\//, '');
    if (!found) return `${name} is missing`;
    if (found.version !== entry.version) return `${name} is ${found.version}, locked is ${entry.version}`;
  }
  return undefined;
}

/** Installs what is missing; ends the program with a message when that fails. */
export async function installPackages() {
  const reason = reasonToInstall(readLock('package-lock.json') ?? {}, readLock('node_modules/.package-lock.json'));
  if (!reason) return;
  console.log(`Installing the npm packages of package-lock.json with "npm ci", because ${reason}. About a minute ...`);
  const [command, ...first] = npm();
  const { code, seconds } = await run(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    console.error('npm could not install the packages; its message is above. Is the npm registry reachable?');
    process.exit(1);
  }
  console.log(`Packages installed in ${seconds.toFixed(0)} s.`);
}

/** @returns {[string, ...string[]]} how to call npm: the one that called us, else the one on the path */
function npm() {
  const caller = process.env.npm_execpath ?? '';
  return /^npm-cli\.c?js$/.test(path.basename(caller)) ? [process.execPath, caller] : ['npm'];
}

/**
 * @param {string} file
 * @returns {Lock | undefined}
 */
function readLock(file) {
  return existsSync(file) ? /** @type {Lock} */ (readJson(file)) : undefined;
}

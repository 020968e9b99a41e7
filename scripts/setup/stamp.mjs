// Tells which parts of dist/ were built from the files as they are now: a SHA-256 over names and contents of each, kept in
// dist/.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const packages = ['package-lock.json', 'tsconfig.json'];
const tools = ['scripts/build', 'scripts/build.mjs'];

/** What dist/ is made of, each part from files of its own. */
const inputs = {
  page: ['examples', 'shared', 'web', 'svelte.config.js', 'vite.config.ts', ...packages, ...tools],
  relay: ['package.json', 'relay', 'shared', ...packages, ...tools],
  types: ['relay/library', 'shared', ...packages, ...tools],
};

/** @typedef {keyof typeof inputs} Part */
export const parts = /** @type {readonly Part[]} */ (Object.keys(inputs));

/** @param {readonly string[]} places files and folders; what is missing counts as absent */
export function fingerprint(places) {
  const hash = createHash('sha256');
  for (const file of places.flatMap(filesIn).sort()) {
    const bytes = readFileSync(file);
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * The parts of dist/ that are not what a build would make now.
 * @param {readonly Part[]} wanted
 */
export function staleParts(wanted = parts) {
  return wanted.filter((part) => !existsSync(stampOf(part)) || readFileSync(stampOf(part), 'utf8') !== stateOf(part));
}

/**
 * The state of a part's sources now; hand it to `markBuilt` after the build, which may take a while.
 * @param {Part} part
 */
export function stateOf(part) {
  return fingerprint(inputs[part]);
}

/**
 * @param {Part} part
 * @param {string} state from `stateOf`, taken before the build
 */
export function markBuilt(part, state) {
  writeFileSync(stampOf(part), state);
}

/** @param {Part} part */
function stampOf(part) {
  return `dist/${part}.built-from`;
}

/**
 * @param {string} place
 * @returns {string[]}
 */
function filesIn(place) {
  if (!existsSync(place)) return [];
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name).split(path.sep).join('/'));
}

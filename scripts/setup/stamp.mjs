// Tells whether dist/ was built from the files as they are now: a SHA-256 over names and contents, kept in dist/.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const stampFile = 'dist/built-from';
const inputs = [
  'examples',
  'relay',
  'scripts/build',
  'scripts/build.mjs',
  'shared',
  'web',
  'package-lock.json',
  'svelte.config.js',
  'tsconfig.json',
  'vite.config.ts',
];

/** @param {readonly string[]} places files and folders; what is missing counts as absent */
export function fingerprint(places) {
  const hash = createHash('sha256');
  for (const file of places.flatMap(filesIn).sort()) {
    const bytes = readFileSync(file);
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** Whether dist/ holds what a build would make now. */
export function isBuilt() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint(inputs);
}

/** The state of the sources now; hand it to `markBuilt` after the build, which may take a while. */
export function currentSources() {
  return fingerprint(inputs);
}

/** @param {string} sources from `currentSources`, taken before the build */
export function markBuilt(sources) {
  writeFileSync(stampFile, sources);
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

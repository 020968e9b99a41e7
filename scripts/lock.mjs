// Completes package-lock.json: a registry mirror may lack a platform's optional package (DuckDB's binding for macOS,
// say), and npm then leaves it out of the lock file, which `npm ci` refuses everywhere. `--check` changes nothing.
import { writeFileSync } from 'node:fs';
import { readJson } from './json.mjs';

/**
 * @typedef {{ optional?: boolean, version?: string, optionalDependencies?: Record<string, string> }} LockEntry
 * @typedef {{ packages: Record<string, LockEntry> }} Lock
 */

const lockFile = new URL('../package-lock.json', import.meta.url);
const lock = /** @type {Lock} */ (readJson(lockFile));

/** The operating system, processor and C library that a platform package names at its end. */
const platformName = /-(darwin|linux|win32)-(x64|arm64)(-musl)?$/;

const missing = Object.values(lock.packages)
  .flatMap((entry) => Object.entries(entry.optionalDependencies ?? {}))
  .filter(([name]) => !(`node_modules/${name}` in lock.packages));

if (missing.length === 0) {
  console.log('package-lock.json is complete.');
} else if (process.argv.includes('--check')) {
  console.error(`package-lock.json lacks ${missing.map(([name]) => name).join(', ')}. Run: node scripts/lock.mjs`);
  process.exitCode = 1;
} else {
  for (const [name, version] of missing) lock.packages[`node_modules/${name}`] = platformEntry(name, version);
  const sorted = Object.entries(lock.packages).sort(([one], [other]) => one.localeCompare(other, 'en'));
  writeFileSync(lockFile, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, undefined, 2)}\n`);
  console.log(`Added to package-lock.json: ${missing.map(([name]) => name).join(', ')}.`);
}

/**
 * What npm writes for an optional platform package, without the checksum that only the registry knows.
 * @param {string} name
 * @param {string} version
 */
function platformEntry(name, version) {
  const [, system, processor, musl] = platformName.exec(name) ?? [];
  if (!system || !processor || !/^\d/.test(version))
    throw new Error(`${name}@${version} is no exact platform package.`);
  const libc = system === 'linux' ? { libc: [musl ? 'musl' : 'glibc'] } : {};
  return { version, cpu: [processor], ...libc, optional: true, os: [system] };
}

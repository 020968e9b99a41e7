// Builds dist/: the page (dist/web), what runs in Node (dist/relay), and the types of the library (dist/types). Parts can be
// named; `--stale` leaves out what is built from these sources already.
import { mkdirSync } from 'node:fs';
import process from 'node:process';
import { build } from 'vite';
import { buildRelay } from './build/relay.mjs';
import { buildTypes } from './build/types.mjs';
import { markBuilt, parts, staleParts, stateOf } from './setup/stamp.mjs';

const builders = { page: () => build({ logLevel: 'warn' }), relay: () => buildRelay(), types: () => buildTypes() };

const words = process.argv.slice(2);
const named = parts.filter((part) => words.includes(part));
const wanted = named.length > 0 ? named : parts;
mkdirSync('dist', { recursive: true });
for (const part of words.includes('--stale') ? staleParts(wanted) : wanted) {
  const started = performance.now();
  const state = stateOf(part);
  await builders[part]();
  markBuilt(part, state);
  console.log(`Built the ${part} in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

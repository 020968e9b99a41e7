// `npm run test:fuzz`, `test:fault` and `test:interop`: what takes too long for every test run, or takes a share of it
// there. FUZZ_SEED and FAULT_SEED choose the same cases again. Words after `--` narrow it, such as `document` or `kill`.
import process from 'node:process';
import { runTool } from './process.mjs';
import { requireNode } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { stopWithNpm } from './setup/parent.mjs';

/** What a word narrows each to. */
const files = {
  FUZZ: (/** @type {string} */ word) => `${word}.fuzz.test`,
  FAULT: (/** @type {string} */ word) => `tests/fault/${word}`,
  INTEROP: (/** @type {string} */ word) => `tests/interop/${word}`,
};

const [suite = '', ...words] = process.argv.slice(2);
if (!(suite in files)) throw new Error(`There is no suite ${suite}.`);
const filesOf = files[/** @type {keyof typeof files} */ (suite)];
requireNode();
stopWithNpm();
await installPackages();
const narrowed = words.length > 0 ? words.map(filesOf) : [filesOf('')];
const { code } = await runTool('vitest/vitest.mjs', ['run', ...narrowed], { env: { [suite]: 'full' } });
process.exitCode = code;

// `npm run test:fault`: the fault tests at full length, of which every test run takes a small part. FAULT_SEED chooses the
// same moments again. Words after `--` narrow it, such as `kill`.
import process from 'node:process';
import { runTool } from './process.mjs';
import { requireNode } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { stopWithNpm } from './setup/parent.mjs';

requireNode();
stopWithNpm();
await installPackages();
const narrowed = process.argv.slice(2).map((word) => `tests/fault/${word}`);
const files = narrowed.length > 0 ? narrowed : ['tests/fault/'];
const { code } = await runTool('vitest/vitest.mjs', ['run', ...files], { env: { FAULT: 'full' } });
process.exitCode = code;

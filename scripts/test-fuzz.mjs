// `npm run test:fuzz`: the fuzz tests with all of their cases, of which every test run takes a share. FUZZ_SEED chooses
// others. Words after `--` narrow it, such as `document`.
import process from 'node:process';
import { runTool } from './process.mjs';
import { requireNode } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { stopWithNpm } from './setup/parent.mjs';

requireNode();
stopWithNpm();
await installPackages();
const narrowed = process.argv.slice(2).map((word) => `${word}.fuzz.test`);
const files = narrowed.length > 0 ? narrowed : ['.fuzz.test'];
const { code } = await runTool('vitest/vitest.mjs', ['run', ...files], { env: { FUZZ: 'full' } });
process.exitCode = code;

// `npm run test:interop`: every contract case through the command and through a relay, and other people's programs where
// the environment names them. Words after `--` narrow it, such as `contract`.
import process from 'node:process';
import { runTool } from './process.mjs';
import { requireNode } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { stopWithNpm } from './setup/parent.mjs';

requireNode();
stopWithNpm();
await installPackages();
const narrowed = process.argv.slice(2).map((word) => `tests/interop/${word}`);
const files = narrowed.length > 0 ? narrowed : ['tests/interop/'];
const { code } = await runTool('vitest/vitest.mjs', ['run', ...files], { env: { INTEROP: 'full' } });
process.exitCode = code;

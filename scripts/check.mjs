// `npm run check`: types, lint, format and generated files, without running a test.
import { runChecks } from './suites/checks.mjs';
import { requireNode } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { stopWithNpm } from './setup/parent.mjs';

requireNode();
stopWithNpm();
await installPackages();
const results = await runChecks();
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;

// `npm run test:package`: builds what is not built, packs it, installs the package into an empty folder and runs it there.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { requireNode } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { stopWithNpm } from './setup/parent.mjs';
import { runBuild, runPackageTests } from './suites/tests.mjs';

requireNode();
stopWithNpm();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await installPackages();
const built = await runBuild();
const failed = built.failed > 0 || (await runPackageTests()).failed > 0;
process.exitCode = failed ? 1 : 0;

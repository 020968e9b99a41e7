// `npm run test:browser`: the browser tests alone, on a freshly built page. Words after `--` go to Playwright.
import process from 'node:process';
import { provideChromium } from './setup/chromium.mjs';
import { requireNode } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { stopWithNpm } from './setup/parent.mjs';
import { runBrowserTests, runBuild } from './suites/tests.mjs';

requireNode();
stopWithNpm();
await installPackages();
const chromium = await provideChromium();
const built = await runBuild();
const result = built.failed > 0 ? built : await runBrowserTests(chromium, process.argv.slice(2));
process.exitCode = result.failed > 0 ? 1 : 0;

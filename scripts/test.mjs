// `npm test`: installs what is missing, then runs every suite and ends with the counts. A failing suite does not stop
// the next ones; only a page that cannot be built does, for the browser tests.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { requireNode } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { stopWithNpm } from './setup/parent.mjs';
import { provideChromium } from './setup/chromium.mjs';
import { runChecks } from './suites/checks.mjs';
import { summary } from './suites/result.mjs';
import { judgeSkips, readSkips } from './suites/skips.mjs';
import { runBrowserTests, runBuild, runPackageTests, runUnitTests } from './suites/tests.mjs';

requireNode();
stopWithNpm();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await installPackages();
const chromium = await provideChromium();
console.log(`Browser tests use ${chromium}.`);

const results = await runChecks();
results.push(await runUnitTests());
const built = await runBuild();
results.push(built);
if (built.failed === 0) {
  results.push(await runPackageTests());
  results.push(await runBrowserTests(chromium));
}

const skips = readSkips();
const judged = results.map((result) => {
  const { result: strict, unexplained } = judgeSkips(result, skips);
  for (const test of unexplained) console.log(`Skipped, and tests/skips.json gives no reason: ${test}`);
  return process.env.CI ? strict : result;
});
console.log(`\n${summary(judged).join('\n')}`);
process.exitCode = judged.some(({ failed }) => failed > 0) ? 1 : 0;

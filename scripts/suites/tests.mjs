// Runs the tests: Vitest for what needs no browser, Playwright for what does. Both also write a JSON report, from
// which the counts are taken.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { readJson } from '../json.mjs';
import { run, runTool } from '../process.mjs';
import { staleParts } from '../setup/stamp.mjs';
import { readPlaywright, readVitest } from './reports.mjs';
import { verdict } from './result.mjs';

/** @typedef {import('./result.mjs').SuiteResult} SuiteResult */

const folder = 'test-results';

/** Unit tests beside the sources, the contract on the relay's platform, tests of the tools. */
export async function runUnitTests() {
  const report = freshReport('vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const outcome = await runTool('vitest/vitest.mjs', ['run', ...reporters]);
  return counted('unit and relay contract', outcome, report, readVitest);
}

/** @returns {Promise<SuiteResult>} */
export async function runBuild() {
  const stale = staleParts();
  if (stale.length === 0) return verdict('build', { code: 0, seconds: 0 });
  return verdict('build', await run(process.execPath, ['scripts/build.mjs', ...stale]));
}

/** The package that `npm pack` makes, in an empty folder. Needs the build, and the npm registry for DuckDB. */
export async function runPackageTests() {
  const report = freshReport('package.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const outcome = await runTool('vitest/vitest.mjs', [
    'run',
    '--config',
    'tests/package/vitest.config.ts',
    ...reporters,
  ]);
  return counted('package', outcome, report, readVitest);
}

/**
 * The contract on the browser's platform and the page itself, in a real Chromium. Needs the built page.
 * @param {string} chromium the program
 * @param {readonly string[]} [parameters] for Playwright, such as a file name
 */
export async function runBrowserTests(chromium, parameters = []) {
  const report = freshReport('playwright.json');
  const env = {
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    SLUICE_PAGE_PORT: String(await freePort()),
    SLUICE_CONTRACT_PORT: String(await freePort()),
  };
  const outcome = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json', ...parameters], { env });
  return counted('browser contract and page', outcome, report, readPlaywright);
}

/** @param {string} name */
function freshReport(name) {
  mkdirSync(folder, { recursive: true });
  rmSync(`${folder}/${name}`, { force: true });
  return `${folder}/${name}`;
}

/**
 * A runner that fails without a failed test, or that ran no test, is a failure of its own.
 * @template T
 * @param {string} name
 * @param {{ code: number, seconds: number }} outcome
 * @param {string} report
 * @param {(report: T) => import('./reports.mjs').Counts} read
 * @returns {SuiteResult}
 */
function counted(name, outcome, report, read) {
  if (!existsSync(report)) {
    console.error(`${name}: the runner ended with code ${outcome.code} and left no report.`);
    return verdict(name, { ...outcome, code: outcome.code || 1 });
  }
  const counts = read(/** @type {T} */ (readJson(report)));
  const ranNothing = counts.passed + counts.failed === 0;
  if (ranNothing) console.error(`${name}: no test ran.`);
  if ((outcome.code !== 0 && counts.failed === 0) || ranNothing) counts.failed++;
  return { name, seconds: outcome.seconds, ...counts };
}

/**
 * A port of 127.0.0.1 that nobody uses.
 * @returns {Promise<number>}
 */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

// `npm run bench`: measures Sluice against bare DuckDB, in a browser and in Node, and the page's main thread, and prints
// the ratios (tests/bench).
// `--quick` takes a tenth of the data and of the rounds, to see that everything runs; `--full` adds what takes minutes;
// `relay` or `page` measures that part alone.
import process from 'node:process';
import { chromiumFlags, provideChromium } from './setup/chromium.mjs';
import { requireNode } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { stopWithNpm } from './setup/parent.mjs';
import { runBuild } from './suites/tests.mjs';

requireNode();
stopWithNpm();
await installPackages();
const executablePath = await provideChromium();
const { failed } = await runBuild();
if (failed > 0) process.exit(1);
const quick = process.argv.includes('--quick');

// Vite runs the TypeScript as it stands; Node 20 cannot
const { runnerImport } = await import('vite');
/** @type {{ module: typeof import('../tests/bench/main.ts') }} */
const { module } = await runnerImport('./tests/bench/main.ts', { configFile: false });
const named = module.benchParts.filter((part) => process.argv.includes(part));
await module.bench({
  parts: named.length > 0 ? named : module.benchParts,
  csvRows: quick ? 320_000 : 3_200_000, // 300 MB
  parquetRows: quick ? 310_000 : 3_100_000, // 100 MB
  relayRows: quick ? 500_000 : 5_000_000, // 480 MB
  relayRuns: quick ? 10 : 50,
  relaySeconds: quick ? 2 : 5,
  writtenRows: quick ? 100_000 : 1_000_000,
  rounds: quick ? 1 : 5,
  full: process.argv.includes('--full'),
  executablePath,
  flags: chromiumFlags,
});

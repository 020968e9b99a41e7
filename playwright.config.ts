// Tests in a real Chromium: the contract on the browser's platform, and the built page. `npm test` hands over the
// Chromium and free ports; without it the one found on this machine and fixed ports are used.
import { defineConfig } from '@playwright/test';
import process from 'node:process';
import { chromiumFlags, findChromium, isSandboxed } from './scripts/setup/chromium.mjs';

const executablePath = await findChromium();
if (executablePath === undefined) throw new Error('No Chromium is installed: run `npm run test:browser`.');
const contractConfig = 'tests/contract/browser/vite.config.ts';
const contractPort = process.env.SLUICE_CONTRACT_PORT ?? '33032';
const contract = `http://127.0.0.1:${contractPort}`;
const pagePort = process.env.SLUICE_PAGE_PORT ?? '33031';
const page = `http://127.0.0.1:${pagePort}`;

export default defineConfig({
  outputDir: 'test-results/playwright',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // for machines that are busy with something else
  timeout: 180_000,
  expect: { timeout: 60_000 },
  use: {
    launchOptions: { executablePath, args: chromiumFlags, chromiumSandbox: isSandboxed },
  },
  webServer: [
    {
      name: 'contract',
      command: `npx vite build -c ${contractConfig} -l error && npx vite preview -c ${contractConfig} --port ${contractPort}`,
      url: contract,
      reuseExistingServer: false,
      timeout: 120_000,
    },
    {
      name: 'page',
      command: `node dist/relay/server.js --port ${pagePort} --log-level warn --state-dir test-results/relay-state`,
      url: page,
      reuseExistingServer: false,
      timeout: 30_000,
    },
  ],
  projects: [
    { name: 'contract', testDir: 'tests/contract/browser', use: { baseURL: contract } },
    { name: 'differential', testDir: 'tests/differential', use: { baseURL: contract } },
    { name: 'conformance', testDir: 'tests/conformance', use: { baseURL: contract } },
    { name: 'page', testDir: 'tests/browser', use: { baseURL: page, screenshot: 'only-on-failure' } },
  ],
});

// The contract on the browser's platform, in a real Chromium, and what only that platform does.
import { test as base, expect, type Page } from '@playwright/test';
import { contractCases } from '../cases/index.ts';
import { startFileServer } from '../server.ts';
import { browserCases, quotaCase } from './cases.ts';
import { browserFileCases } from './files.ts';
import { browserEngineCases } from './engine-cases.ts';
import type {} from './messages.ts';

/** One page for all cases of a test process: a fresh engine costs a second. */
const test = base.extend<object, { contract: Page }>({
  contract: [
    async ({ browser }, use, { project }) => {
      const page = await browser.newPage();
      const server = await startFileServer();
      await page.goto(`${project.use.baseURL ?? ''}/?server=${server.address}`);
      await page.waitForFunction(() => 'runCase' in window);
      await use(page);
      await page.close();
      await server.close();
    },
    { scope: 'worker' },
  ],
});

for (const { name, expected } of [...contractCases, ...browserCases, ...browserFileCases, ...browserEngineCases]) {
  test(name, async ({ contract }) => {
    expect(await contract.evaluate((each) => window.runCase(each), name)).toEqual({ answer: expected });
  });
}

test(quotaCase.name, async ({ playwright, launchOptions, baseURL }) => {
  // Only a profile on the disk has a quota; tests usually run in one that is held in memory.
  const context = await playwright.chromium.launchPersistentContext('', launchOptions);
  try {
    const [page] = context.pages();
    if (!page) throw new Error('The browser opened no page.');
    await page.goto(baseURL ?? '');
    const protocol = await context.newCDPSession(page);
    const { origin } = new URL(page.url());
    await protocol.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 10_000_000 });
    const result = await page.evaluate((each) => window.runCase(each), quotaCase.name);
    expect(result).toEqual({ answer: quotaCase.expected });
  } finally {
    await context.close();
  }
});

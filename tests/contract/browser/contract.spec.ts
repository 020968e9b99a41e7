// The contract on the browser's platform, in a real Chromium.
import { test as base, expect, type Page } from '@playwright/test';
import { contractCases } from '../cases/index.ts';
import type {} from './messages.ts';

/** One page for all cases of a test process: a fresh engine costs a second. */
const test = base.extend<object, { contract: Page }>({
  contract: [
    async ({ browser }, use, { project }) => {
      const page = await browser.newPage();
      await page.goto(project.use.baseURL ?? '');
      await page.waitForFunction(() => 'runCase' in window);
      await use(page);
      await page.close();
    },
    { scope: 'worker' },
  ],
});

for (const { name, expected } of contractCases) {
  test(name, async ({ contract }) => {
    expect(await contract.evaluate((each) => window.runCase(each), name)).toEqual({ answer: expected });
  });
}

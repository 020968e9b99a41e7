// Generated pipelines give equal rows on both engines (design figure R5). GENERATED_PIPELINES says how many; a failure
// prints the document and its seed.
import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { withRelayContext } from '../contract/relay.ts';
import { runDocument, type Observed } from '../contract/run-document.ts';
import { pipeline } from './generate.ts';
import type {} from '../contract/browser/messages.ts';

const total = Number(process.env['GENERATED_PIPELINES'] ?? 60);
const seeds = [1, 2];

for (const seed of seeds) {
  test(`generated pipelines give equal rows on both engines (seed ${seed})`, async ({ page, baseURL }) => {
    test.setTimeout(10 * 60_000);
    await page.goto(baseURL ?? '');
    await page.waitForFunction(() => 'runCase' in window);
    const outcomes = { succeeded: 0, failed: 0 };
    for (const document of fc.sample(pipeline, { seed, numRuns: Math.ceil(total / seeds.length) })) {
      const relay = await withRelayContext(({ platform }) => runDocument(platform, document));
      const result = await page.evaluate((text) => window.runDocument(text, {}), document);
      if ('error' in result) throw new Error(`${result.error}\n${document}`);
      expect(told(result.answer as Observed), document).toEqual(told(relay));
      outcomes[relay.outcome === 'succeeded' ? 'succeeded' : 'failed']++;
    }
    console.log(`seed ${seed}: ${outcomes.succeeded} pipelines with equal rows, ${outcomes.failed} refused alike`);
    // A generator whose pipelines fail proves little.
    expect(outcomes.failed).toBeLessThan(outcomes.succeeded / 4);
  });
}

/** What both engines must agree on: not the words of an error, nor the order of rows that no stage has put in order. */
function told({ outcome, error, shown, columns, executions }: Observed) {
  const rows = Object.entries(shown).map(([stage, all]) => [
    stage,
    stage === 'result' ? all : all.map((row) => JSON.stringify(row)).sort(),
  ]);
  return { outcome, error, shown: Object.fromEntries(rows) as object, columns, executions };
}

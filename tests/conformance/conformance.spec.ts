// The conformance suites through both platforms: a file must give equal rows on both, or be refused on both. What is
// known to differ stands in known.ts with its reason.
import { test as base, expect, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContractContext } from '../contract/case.ts';
import { withRelayContext } from '../contract/relay.ts';
import { runDocument, type Observed } from '../contract/run-document.ts';
import { expectedTable } from './csv-spectrum.ts';
import { known } from './known.ts';
import { readingOf, readingPipeline, type FileCase, type Reading } from './observe.ts';
import { spectrum, suites, type Suite } from './suites.ts';
import type {} from '../contract/browser/messages.ts';

const test = base.extend<{ contract: Page }>({
  contract: async ({ page, baseURL }, use) => {
    await page.goto(baseURL ?? '');
    await page.waitForFunction(() => 'runCase' in window);
    await use(page);
  },
});

for (const suite of suites) {
  test(`${suite.name}: both platforms agree`, async ({ contract }) => {
    test.skip(suite.cases.length === 0, 'The conformance data is not at hand.');
    test.setTimeout(10 * 60_000);
    await contract.route('**/conformance/*', async (route) => {
      const name = decodeURIComponent(new URL(route.request().url()).pathname.slice('/conformance/'.length));
      await route.fulfill({ body: await readFile(join(suite.folder, name)) });
    });
    const tally = { equal: 0, refused: 0, different: [] as string[] };
    await withRelayContext(async (context) => {
      for (const each of suite.cases) {
        const [relay, browser] = [await readNatively(suite, each, context), await readInBrowser(contract, each)];
        const difference = compare(relay, browser);
        if (difference !== undefined) tally.different.push(`${each.name}: ${difference}`);
        else if ('refused' in relay) tally.refused++;
        else tally.equal++;
      }
    });
    console.log(
      `${suite.name}: ${suite.cases.length} files, ${tally.equal} read equally, ${tally.refused} refused by both, ${tally.different.length} known to differ`,
    );
    expect(tally.different.sort()).toEqual([...(known[suite.name] ?? [])].map(({ difference }) => difference).sort());
  });
}

test('csv-spectrum: the rows are those that the suite gives', async () => {
  const { cases } = spectrum;
  test.skip(cases.length === 0, 'The conformance data is not at hand.');
  const different: string[] = [];
  for (const { name: file } of cases) {
    const { columns, rows } = await expectedTable(file);
    const schema = columns.map((column) => ({ name: column, data_type: 'string' }));
    const format = JSON.stringify({ type: 'csv', options: { schema } });
    const reading = await withRelayContext((context) => readNatively(spectrum, { name: file, format }, context));
    if ('refused' in reading || JSON.stringify(emptied(reading.rows)) !== JSON.stringify(rows)) different.push(file);
  }
  // Its answer has another telephone number than its file.
  expect(different).toEqual(['location_coordinates.csv']);
  console.log(`csv-spectrum: ${cases.length} files, ${cases.length - different.length} as expected`);
});

/** The suite does not know NULL: a field without text is empty text. */
function emptied(rows: readonly unknown[]): unknown[] {
  return rows.map((row) => (row as unknown[]).map((value) => value ?? ''));
}

async function readNatively({ folder }: Suite, file: FileCase, context: ContractContext): Promise<Reading> {
  await context.addFile('data/file', await readFile(join(folder, file.name)));
  return readingOf(await runDocument(context.platform, readingPipeline('data/file', file)));
}

async function readInBrowser(page: Page, file: FileCase): Promise<Reading> {
  const address = `/conformance/${encodeURIComponent(file.name)}`;
  const request = [readingPipeline('data/file', file), { 'data/file': address }] as const;
  const result = await page.evaluate(([document, files]) => window.runDocument(document, files), request);
  return 'answer' in result ? readingOf(result.answer as Observed) : { refused: result.error };
}

/** How two readings differ, in a few words; undefined when they are equal. */
function compare(relay: Reading, browser: Reading): string | undefined {
  if ('refused' in relay || 'refused' in browser) {
    const words = (reading: Reading): string => ('refused' in reading ? reading.refused : 'read');
    return words(relay) === words(browser) ? undefined : `relay ${words(relay)}, browser ${words(browser)}`;
  }
  if (relay.columns !== browser.columns) return `columns ${relay.columns} / ${browser.columns}`;
  if (relay.count !== browser.count) return `${relay.count} rows / ${browser.count} rows`;
  const at = relay.rows.findIndex((row, index) => JSON.stringify(row) !== JSON.stringify(browser.rows[index]));
  if (at < 0) return undefined;
  return `row ${at + 1}: ${JSON.stringify(relay.rows[at])} / ${JSON.stringify(browser.rows[at])}`;
}

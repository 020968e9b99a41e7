// A run over many rows and a walk through them, as a test does it and as the benchmark measures it: a CSV file is read,
// summed up, shown and written, and the rows are scrolled through.
import { expect, type SluicePage } from '../sluice-page.ts';

const rows = 400_000;

const document = `sources:
  - {type: file, name: t, location: ./numbers.csv, format: {type: csv, options: {}}}
stages:
  - - {name: big, query: "SELECT *, n * 2 AS twice, 'text ' || word AS more FROM t", show: 500}
  - - {name: groups, query: "SELECT word, count(*) AS c, sum(n) AS s FROM big GROUP BY word ORDER BY word", show: 100}
destination:
  {type: file, name: out, location: ./out.csv, format: {type: csv, options: {}}}
`;

export async function openLargeRun(sluice: SluicePage): Promise<void> {
  await sluice.write(document);
  const text = `n,word\n${Array.from({ length: rows }, (_, at) => `${at},w${at % 1000}\n`).join('')}`;
  await sluice.addFiles([{ name: 'numbers.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }]);
}

/** Runs, and scrolls through all rows: those on screen come each time. Ends 20 pages above the last row. */
export async function runAndScroll(sluice: SluicePage): Promise<void> {
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
  expect(await sluice.row('big', rows)).toEqual(['399999', 'w999', '799998', 'text w999']);
  await grid.locator('[role="gridcell"][tabindex="0"]').focus();
  for (let step = 0; step < 20; step++) await sluice.page.keyboard.press('PageUp');
}

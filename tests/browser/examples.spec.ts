// The examples run as they are, and what they write is right: native DuckDB reads it back.
import { writeFile } from 'node:fs/promises';
import { read } from './native.ts';
import { expect, test } from './sluice-page.ts';

test('weather: CSV with parameters, summed up and joined, becomes Parquet', async ({ sluice }, testInfo) => {
  await sluice.runs('succeeded');
  await expect(sluice.grid('by_city')).toHaveAttribute('aria-rowcount', '249');
  expect(await sluice.row('by_city', 1)).toEqual([
    'Aveiro',
    'Portugal',
    '2025-01-01',
    '10.5',
    '16.2',
    '12.8',
    '80.0',
    '2',
  ]);
  const path = testInfo.outputPath('weather.parquet');
  await writeFile(path, await sluice.download('weather_january_2025.parquet'));
  expect(await read(`SELECT count(*), count(DISTINCT city), min(coldest), max(day) FROM '${path}'`)).toEqual([
    ['248', '8', -6.4, '2025-01-31'],
  ]);
});

test('weather: another month is another file', async ({ sluice, page }) => {
  await page.getByRole('textbox', { name: 'month' }).fill('july');
  await sluice.runs('succeeded');
  expect((await sluice.row('by_city', 1)).slice(0, 3)).toEqual(['Aveiro', 'Portugal', '2025-07-01']);
  await expect(page.getByRole('link', { name: 'Download weather_july_2025.parquet' })).toBeVisible();
});

test('shop: nested JSON lines through parallel stages and a stage named union become CSV', async ({ sluice }) => {
  await sluice.openExample('Best sellers');
  await expect(sluice.editor).toContainText('A month of orders');
  await sluice.runs('succeeded');
  expect(await sluice.row('best_sellers', 1)).toEqual(['Graz', 'cast-iron pan', '28', '1456.0', '7']);
  const lines = (await sluice.download('best_sellers.csv')).toString().trimEnd().split('\n');
  expect(lines).toHaveLength(49);
  expect(lines[0]).toBe('city,article,pieces,revenue,customers');
  await sluice.openStage('union');
  await expect(sluice.grid('union')).toHaveAttribute('aria-rowcount', '365');
});

test('bikes: Parquet becomes JSON lines, with its plan', async ({ sluice, page }) => {
  await sluice.openExample('Bicycle routes');
  await expect(sluice.editor).toContainText('rides.parquet');
  await sluice.runs('succeeded');
  expect(await sluice.row('popular', 1)).toEqual(['Station', 'Market', '136', '30.4', '4.44', '386.76']);
  const lines = (await sluice.download('popular_routes.jsonl')).toString().trimEnd().split('\n');
  expect(lines).toHaveLength(42);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ from_dock: 'Station', to_dock: 'Market', rides: 136 });
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Plan').click();
  await expect(page.getByRole('list', { name: 'Plan of popular' })).toContainText(/GROUP BY/);
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Schema').click();
  await expect(page.getByRole('table', { name: 'Schema of popular' }).getByRole('row')).toHaveCount(7);
});

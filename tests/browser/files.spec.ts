// The files panel: folders, looking into files, taking folders along, tables in memory.
import { execFileSync } from 'node:child_process';
import { expect, pipelineOf, test } from './sluice-page.ts';

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

test('a file is looked into before a pipeline reads it', async ({ sluice, page }) => {
  await sluice.addFiles([
    csv('towns.csv', 'town,founded\nVisby,1000\nGdynia,1926\n'),
    csv('note.txt', 'Remember the milk.\n'),
    csv('picture.bin', '\u0000PNG'),
  ]);
  await page.getByRole('button', { name: 'Preview towns.csv' }).click();
  const dialog = page.getByRole('dialog', { name: 'towns.csv' });
  await expect(dialog.getByRole('grid')).toHaveAttribute('aria-rowcount', '3');
  await expect(dialog.getByRole('gridcell', { name: 'Gdynia' })).toBeVisible();
  await dialog.getByText('Schema').click();
  await expect(dialog.getByRole('table')).toContainText('founded');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'Preview note.txt' }).click();
  await expect(page.getByRole('region', { name: 'Content of note.txt' })).toHaveText('Remember the milk.');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Preview picture.bin' }).click();
  await expect(page.getByRole('region', { name: 'Content of picture.bin' })).toContainText('00 50 4e 47');
  await page.keyboard.press('Escape');
  await expect(sluice.files.getByRole('listitem')).toHaveCount(3);
});

test('a file that is not what its name says is told', async ({ sluice, page }) => {
  await sluice.addFiles([csv('broken.parquet', 'this is no Parquet file at all')]);
  await page.getByRole('button', { name: 'Preview broken.parquet' }).click();
  await expect(page.getByRole('dialog').locator('.note.error')).toBeVisible();
  await expect(page.getByRole('dialog').getByRole('grid')).toHaveCount(0);
});

test('files in folders are a tree, and a written folder is taken along as a zip file', async ({
  sluice,
  page,
}, testInfo) => {
  const destination =
    'destination:\n  type: file\n  name: out\n  location: ./by_year/\n  partition_columns: [year]\n  format: {type: csv, options: {}}\n';
  await sluice.write(pipelineOf({ s: 'SELECT 2020 + i % 3 AS year, i AS n FROM range(9) t(i)' }, destination));
  await sluice.runs('succeeded');
  const folder = sluice.files.getByRole('button', { name: 'Folder by_year, 3 files' });
  await expect(folder).toHaveAttribute('aria-expanded', 'true');
  await folder.click();
  await expect(sluice.files.getByRole('listitem')).toHaveCount(1);
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download by_year as zip' }).click();
  const download = await started;
  expect(download.suggestedFilename()).toBe('by_year.zip');
  const path = testInfo.outputPath('by_year.zip');
  await download.saveAs(path);
  const listed = execFileSync('python3', ['-m', 'zipfile', '-l', path], { encoding: 'utf8' });
  expect(listed.match(/year=20\d\d/g)?.sort()).toEqual(['year=2020', 'year=2021', 'year=2022']);
});

test('a table that a run keeps in memory is listed, looked at and removed', async ({ sluice, page }) => {
  await sluice.write(
    pipelineOf({ s: 'SELECT i AS n FROM range(5000) t(i)' }, 'destination:\n  type: in_memory\n  name: kept\n'),
  );
  await sluice.runs('succeeded');
  await page.getByRole('button', { name: 'Look at table kept' }).click();
  const dialog = page.getByRole('dialog', { name: 'kept' });
  await expect(dialog.getByRole('grid')).toHaveAttribute('aria-rowcount', '5001');
  await dialog.locator('[role="gridcell"][tabindex="0"]').focus();
  await page.keyboard.press('ControlOrMeta+End');
  await expect(dialog.locator('[role="grid"] :focus')).toHaveText('4999');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Remove table kept' }).click();
  await expect(page.getByText('Tables in memory')).toHaveCount(0);
});

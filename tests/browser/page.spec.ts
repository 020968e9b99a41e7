// What people do on the page: run, cancel, look, add files, find out what is wrong.
import { expect, pipelineOf, test } from './sluice-page.ts';

const endless =
  pipelineOf({ endless: 'SELECT count(*) FROM range(100000000000) t(i) WHERE i % 7 = 3' }).trimEnd() +
  '\n      show: 1\n';

test('a run replaces the results of the one before', async ({ sluice, page }) => {
  await expect(sluice.status).toHaveText('idle');
  await expect(sluice.cancel).toBeDisabled();
  await sluice.write(pipelineOf({ first: 'SELECT 1 AS a' }));
  await sluice.runs('succeeded');
  expect(await sluice.row('first', 1)).toEqual(['1']);
  await sluice.write(pipelineOf({ second: "SELECT NULL AS a, 'NULL' AS b" }));
  await sluice.runs('succeeded');
  expect(await sluice.row('second', 1)).toEqual(['NULL', 'NULL']);
  await expect(page.getByRole('tab')).toHaveText(['second']);
});

test('a run can be cancelled, and the next one works', async ({ sluice }) => {
  await sluice.write(endless);
  await sluice.run.click();
  await expect(sluice.status).toHaveText('running');
  await sluice.cancel.click();
  await sluice.ends('cancelled');
  await expect(sluice.cancel).toBeDisabled();
  await sluice.write(pipelineOf({ next: 'SELECT 2 AS a' }));
  await sluice.runs('succeeded');
  expect(await sluice.row('next', 1)).toEqual(['2']);
});

test('Run during a run starts over with the text as it is now', async ({ sluice }) => {
  await sluice.write(endless);
  await sluice.run.click();
  await expect(sluice.status).toHaveText('running');
  await sluice.write(pipelineOf({ newest: 'SELECT 3 AS a' }));
  await sluice.run.click();
  await expect(sluice.status).toHaveText('succeeded');
  expect(await sluice.row('newest', 1)).toEqual(['3']);
});

test('failing SQL is shown at its line until the text changes', async ({ sluice, page }) => {
  await sluice.write(
    'sources: []\nstages:\n  - - name: wrong\n      query: |\n        SELECT\n          missing_column\n        FROM range(3)\n',
  );
  await sluice.runs('failed');
  await expect(page.getByRole('alert')).toContainText('missing_column');
  const underlined = page.locator('.cm-lintRange-error');
  await expect(underlined).toHaveText('missing_column');
  await page.getByRole('button', { name: 'Line 6' }).click();
  await expect(sluice.editor).toBeFocused();
  await page.keyboard.press('Shift+End');
  await page.keyboard.type('range');
  await expect(underlined).toHaveCount(0);
  await sluice.runs('succeeded');
  expect(await sluice.row('wrong', 3)).toEqual(['2']);
});

test('what is wrong with the text is shown while typing', async ({ sluice, page }) => {
  await sluice.write('sources: []\nstages:\n  - - name: one\n      query: 1\n');
  await expect(page.locator('.cm-lintRange-error')).not.toHaveCount(0);
  await expect(page.getByRole('button', { name: /error/ })).toBeVisible();
});

test('every parameter has an input, and a missing value is an error where it is used', async ({ sluice, page }) => {
  await sluice.write(pipelineOf({ one: "SELECT '${greeting}' AS a, ${number} AS b" }));
  await page.getByRole('textbox', { name: 'greeting' }).fill('hello');
  await sluice.runs('failed');
  await expect(page.locator('.cm-lintRange-error')).toContainText('${number}');
  await page.getByRole('textbox', { name: 'number' }).fill('42');
  await expect(page.locator('.cm-lintRange-error')).toHaveCount(0);
  await sluice.runs('succeeded');
  expect(await sluice.row('one', 1)).toEqual(['hello', '42']);
});

test('added files are listed, read and removed; one found by its name is told', async ({ sluice, page }) => {
  const source = 'sources:\n  - {type: file, name: t, location: ./data/towns.csv, format: {type: csv, options: {}}}\n';
  await sluice.write(`${source}stages:\n  - - {name: s, query: SELECT * FROM t, show: 5}\n`);
  await page
    .getByLabel('Add files')
    .setInputFiles({ name: 'towns.csv', mimeType: 'text/csv', buffer: Buffer.from('town\nVisby\n') });
  await expect(sluice.files.getByRole('listitem')).toContainText(['towns.csv']);
  await sluice.runs('succeeded');
  expect(await sluice.row('s', 1)).toEqual(['Visby']);
  await expect(page.getByRole('list', { name: 'Messages' })).toContainText('towns.csv');
  await page.getByRole('button', { name: 'Remove towns.csv' }).click();
  await expect(sluice.files).toContainText('No files yet');
  await sluice.runs('failed');
  await expect(page.locator('.cm-lintRange-error')).toContainText('./data/towns.csv');
});

test('files can be dropped onto the page', async ({ sluice, page }) => {
  const transfer = await page.evaluateHandle(() => {
    const made = new DataTransfer();
    made.items.add(new File(['town\nGdynia\n'], 'dropped.csv'));
    return made;
  });
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop to add files')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(sluice.files).toContainText('dropped.csv');
  await expect(page.getByText('Drop to add files')).toBeHidden();
});

test('a stage that shows nothing is looked at when its tab is opened', async ({ sluice, page }) => {
  await sluice.write(
    pipelineOf({ quiet: 'SELECT i * 2 AS twice FROM range(1000) t(i)', last: 'SELECT max(twice) AS most FROM quiet' }),
  );
  await sluice.runs('succeeded');
  expect(await sluice.row('last', 1)).toEqual(['1998']);
  await sluice.openStage('quiet');
  await expect(page.getByText('first 500 rows')).toBeVisible();
  expect(await sluice.row('quiet', 2)).toEqual(['2']);
});

test('text from data is shown as text', async ({ sluice, page }) => {
  const hostile = '<img src=x onerror="document.title=\'broken\'">';
  await sluice.write(pipelineOf({ s: `SELECT '${hostile.replaceAll("'", "''")}' AS "<b>bold</b>"` }));
  await sluice.runs('succeeded');
  expect(await sluice.row('s', 1)).toEqual([hostile]);
  await expect(sluice.grid('s').getByRole('columnheader', { name: '<b>bold</b>' })).toBeVisible();
  await expect(page).toHaveTitle('Sluice');
});

test('a choice of theme outlives a reload', async ({ sluice, page }) => {
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
  await page.reload();
  await expect(sluice.editor).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
});

// What a pipeline would do, before it does it, and what its checks have found.
import { expect, pipelineOf, test } from './sluice-page.ts';

test('a plan is made without a run: who reads whom, what is read and written, and where', async ({ sluice, page }) => {
  await sluice.plans();
  const graph = page.getByRole('list', { name: 'Dependency graph' });
  await expect(graph.getByRole('button')).toHaveCount(5);
  await expect(sluice.status).toHaveText('idle');
  await expect(graph.getByRole('button', { name: /^stage by_city, table: .+, reads daily, stations$/ })).toBeVisible();
  const effects = page.getByRole('table', { name: 'Reads, writes, contacts' });
  await expect(effects.getByRole('row', { name: /^reads readings file \.\/readings_january_2025\.csv/ })).toBeVisible();
  await expect(effects.getByRole('row', { name: /^writes daily_weather file/ })).toBeVisible();
  await expect(page.getByText('In this browser: yes')).toBeVisible();
  await expect(page.getByText('On a relay: yes')).toBeVisible();
});

test('the graph is walked by arrow keys, and a relation that has the focus shows its columns', async ({
  sluice,
  page,
}) => {
  await sluice.plans();
  const graph = page.getByRole('list', { name: 'Dependency graph' });
  await graph.getByRole('button', { name: /^source readings/ }).focus();
  await expect(page.getByRole('table', { name: 'Columns of readings' })).toContainText('measured_at');
  await page.keyboard.press('ArrowDown');
  await expect(graph.getByRole('button', { name: /^stage daily/ })).toBeFocused();
  await expect(page.getByRole('table', { name: 'Columns of daily' })).toContainText('coldest');
  await page.keyboard.press('End');
  await expect(graph.getByRole('button', { name: /^destination daily_weather/ })).toBeFocused();
});

test('a plan goes when another example is opened', async ({ sluice }) => {
  const plan = await sluice.plans();
  await sluice.openExample('Bicycle routes');
  await expect(sluice.editor).toContainText('rides.parquet');
  await expect(plan).toBeHidden();
});

test('what a place cannot run is said with its place in the text', async ({ sluice }) => {
  await sluice.write(
    'sources:\n  - type: odbc\n    name: o\n    load_query: SELECT 1\n    connection_string: Driver=x\n' +
      'stages:\n  - - {name: s, query: SELECT * FROM o}\n',
  );
  const plan = await sluice.plans();
  await expect(plan.getByText('In this browser: no')).toBeVisible();
  await plan.getByRole('button', { name: 'Line 2' }).first().click();
  await expect(sluice.editor).toBeFocused();
});

test('a plan that cannot be made says why, at the place', async ({ sluice, page }) => {
  await sluice.write(pipelineOf({ s: 'SELECT missing FROM range(3)' }));
  await sluice.plans();
  await expect(page.getByRole('list', { name: 'Messages of the plan' })).toContainText('missing');
  await expect(page.locator('.cm-lintRange-error')).toContainText('missing');
});

const checked = `sources: []
stages:
  - - name: orders
      query: SELECT i AS id, CASE WHEN i % 100 = 7 THEN NULL ELSE i END AS customer FROM range(1000) t(i)
      checks:
        - {type: not_null, columns: [id]}
        - {type: not_null, columns: [customer], severity: SEVERITY, samples: 3}
        - {type: row_count, min: 2000, severity: warn}
`;

test('checks are shown with the rows that break them', async ({ sluice, page }) => {
  await sluice.write(checked.replace('SEVERITY', 'warn'));
  await sluice.runs('succeeded');
  await page.getByRole('radiogroup', { name: 'Results' }).getByText('3 checks, 2 failed').click();
  const checks = page.getByRole('region', { name: 'Checks' });
  await expect(checks.getByRole('listitem').first()).toContainText('10 failing');
  await expect(checks.getByRole('listitem').first()).toContainText('warning');
  await expect(checks.getByRole('listitem').nth(1)).toContainText('1,000 rows');
  await expect(checks.getByRole('listitem').nth(2)).toContainText('passed');
  const samples = checks.getByRole('grid', { name: /^Rows of orders that break/ });
  await expect(samples).toHaveAttribute('aria-rowcount', '4');
  await expect(samples.getByRole('gridcell').first()).toHaveText('7');
});

test('a check that fails as an error ends the run and stays to be looked at', async ({ sluice, page }) => {
  await sluice.write(checked.replace('SEVERITY', 'error'));
  await sluice.runs('failed');
  await page.getByRole('radiogroup', { name: 'Results' }).getByText('failed').click();
  await expect(page.getByRole('region', { name: 'Checks' }).getByRole('grid')).toBeVisible();
});

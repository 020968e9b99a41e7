// The page without a pointer: the keys that people know from editors, tabs and grids.
import { expect, pipelineOf, test } from './sluice-page.ts';

test('Tab passes through the editor until something is typed, and Escape frees it again', async ({ sluice, page }) => {
  await sluice.editor.focus();
  await page.keyboard.press('Tab');
  await expect(sluice.editor).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(sluice.editor).toBeFocused();
  await page.keyboard.type('#');
  await page.keyboard.press('Tab');
  await expect(sluice.editor).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(sluice.editor).not.toBeFocused();
});

test('an example is picked, run and read by keys alone', async ({ sluice, page }) => {
  await page.getByRole('button', { name: 'Examples' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(sluice.editor).toContainText('rides.parquet');
  await sluice.editor.focus();
  await page.keyboard.press('ControlOrMeta+Enter');
  await sluice.ends('succeeded');
  await page.getByRole('tab', { name: 'popular' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: 'routes' })).toBeFocused();
  await expect(sluice.grid('routes')).toBeVisible();
  await page.keyboard.press('End');
  await expect(sluice.grid('popular')).toBeVisible();
});

test('the grid has one cell in the order of Tab, which the arrow keys move and Ctrl+C copies', async ({
  sluice,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await sluice.write(pipelineOf({ s: "SELECT i AS a, 'row ' || i AS b FROM range(300) t(i)" }));
  await sluice.runs('succeeded');
  const grid = sluice.grid('s');
  await expect(grid.locator('[role="gridcell"][tabindex="0"]')).toHaveCount(1);
  await grid.locator('[tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(grid.locator(':focus')).toHaveText('row 1');
  await page.keyboard.press('ControlOrMeta+c');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('row 1');
  await page.keyboard.press('ControlOrMeta+End');
  await expect(grid.locator(':focus')).toHaveText('row 299');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  await expect(grid.locator(':focus')).toHaveAttribute('aria-colindex', '2');
  await page.keyboard.press('ControlOrMeta+Home');
  await expect(grid.locator(':focus')).toHaveText('0');
});

// The examples as cards: in the pane where nothing has run yet, and in the menu, by pointer and by keys.
import { expect, test } from './sluice-page.ts';

test('an example is opened from the gallery', async ({ sluice, page }) => {
  const gallery = page.getByRole('list', { name: 'Gallery' });
  expect(await gallery.getByRole('listitem').count()).toBeGreaterThanOrEqual(8);
  await gallery.getByRole('button', { name: 'Open example Bicycle routes' }).click();
  await expect(sluice.editor).toContainText('rides.parquet');
});

test('the cards of the menu are walked in two directions', async ({ sluice, page }) => {
  await page.getByRole('button', { name: 'Examples' }).focus();
  await page.keyboard.press('Enter');
  const cards = page.getByRole('menuitem');
  await expect(cards.nth(0)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(cards.nth(2)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(cards.nth(3)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(cards.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sluice.editor).toContainText('A month of orders');
  await expect(page.getByRole('button', { name: 'Examples' })).toBeFocused();
});

test('the menu of the examples is whole in a narrow window', async ({ sluice, page }) => {
  await expect(sluice.editor).toBeVisible();
  for (const width of [800, 480]) {
    await page.setViewportSize({ width, height: 1000 });
    await page.getByRole('button', { name: 'Examples' }).click();
    await expect(page.getByRole('menu')).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Escape');
  }
});

// Both themes, wide and narrow: nothing that axe calls a problem, and nothing that sticks out.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, pipelineOf, test } from './sluice-page.ts';

/** What axe finds wrong. Its old mode is three times as quick; it lacks frames of other origins, and there are none. */
async function problemsOf(page: Page): Promise<unknown[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 800, height: 1000 },
  ]) {
    test.describe(`${colorScheme}, ${viewport.width} pixels wide`, () => {
      test.use({ colorScheme, viewport, reducedMotion: 'reduce' });

      test('the page is accessible before a run, after one, and after one that failed', async ({ sluice, page }) => {
        expect(await problemsOf(page)).toEqual([]);
        await sluice.runs('succeeded');
        await expect(sluice.grid('by_city')).toBeVisible();
        expect(await problemsOf(page)).toEqual([]);
        await sluice.write(pipelineOf({ wrong: 'SELECT missing FROM range(3)' }));
        await sluice.runs('failed');
        expect(await problemsOf(page)).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      });
    });
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme}, beside the rows`, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });

    test('plan, checks, menus and dialogs are accessible', async ({ sluice, page }) => {
      await sluice.plans();
      expect(await problemsOf(page)).toEqual([]);
      const checks = '      checks: [{type: not_null, columns: [a], severity: warn}, {type: unique, columns: [b]}]\n';
      await sluice.write(pipelineOf({ s: "SELECT NULL::INTEGER AS a, {'x': [1, 2]} AS b" }, checks));
      await sluice.runs('succeeded');
      await page.getByRole('radiogroup', { name: 'Results' }).getByText('checks').click();
      await expect(page.getByRole('grid', { name: /break/ })).toBeVisible();
      expect(await problemsOf(page)).toEqual([]);
      await page.getByRole('radiogroup', { name: 'Results' }).getByText('Run').click();
      await page.getByRole('button', { name: 'Export' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      expect(await problemsOf(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await sluice.grid('s').locator('[role="gridcell"][tabindex="0"]').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await problemsOf(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await sluice.addFiles([{ name: 'towns.csv', mimeType: 'text/csv', buffer: Buffer.from('town\nVisby\n') }]);
      await page.getByRole('button', { name: 'Preview towns.csv' }).click();
      await expect(page.getByRole('grid', { name: 'Rows of towns.csv' })).toBeVisible();
      expect(await problemsOf(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Where pipelines run' }).click();
      const place = page.getByRole('dialog', { name: 'Where pipelines run' });
      await place.getByText('A relay', { exact: true }).click();
      await place.getByLabel('Address').fill('not an address');
      await place.getByRole('button', { name: 'Run here' }).click();
      await expect(place).toContainText('This is no address of a relay.');
      expect(await problemsOf(page)).toEqual([]);
    });
  });
}

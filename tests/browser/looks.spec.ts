// Both themes, wide and narrow: nothing that axe calls a problem, and nothing that sticks out.
import AxeBuilder from '@axe-core/playwright';
import { expect, pipelineOf, test } from './sluice-page.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 800, height: 1000 },
  ]) {
    test.describe(`${colorScheme}, ${viewport.width} pixels wide`, () => {
      test.use({ colorScheme, viewport, reducedMotion: 'reduce' });

      test('the page is accessible before a run, after one, and after one that failed', async ({ sluice, page }) => {
        const problems = async (): Promise<unknown[]> => {
          const { violations } = await new AxeBuilder({ page }).analyze();
          return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
        };
        expect(await problems()).toEqual([]);
        await sluice.runs('succeeded');
        await expect(sluice.grid('by_city')).toBeVisible();
        expect(await problems()).toEqual([]);
        await sluice.write(pipelineOf({ wrong: 'SELECT missing FROM range(3)' }));
        await sluice.runs('failed');
        expect(await problems()).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      });
    });
  }
}

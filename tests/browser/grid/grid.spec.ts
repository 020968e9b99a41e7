// The grid by itself, with more rows than a browser can lay out in one element.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { expect, test, type Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The grid, the rows and the styles as one classic script and one sheet. */
async function bundle(): Promise<{ script: string; style: string }> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    root: here('.'),
    plugins: [svelte({ configFile: here('../../../svelte.config.js') })],
    build: { write: false, lib: { entry: here('mount.ts'), formats: ['iife'], name: 'tall' } },
  })) as Rolldown.RolldownOutput[];
  const files = built.flatMap(({ output }) => output);
  const script = files.map((file) => (file.type === 'chunk' ? file.code : '')).join('');
  const style = files.map((file) => (file.type === 'asset' ? String(file.source) : '')).join('');
  return { script, style };
}

let built: { script: string; style: string };

test.beforeAll(async () => {
  built = await bundle();
});

test.beforeEach(async ({ page }) => {
  await page.setContent('<!doctype html><html lang="en"><body></body></html>');
  await page.addStyleTag({ content: built.style });
  await page.addScriptTag({ content: built.script });
  await page.locator('[role="gridcell"][tabindex="0"]').focus();
});

const focused = (page: Page) => page.locator(':focus');

test('every row of ten million can be reached, also one by one', async ({ page }) => {
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '10000001');
  await page.keyboard.press('Control+End');
  await expect(focused(page)).toHaveText('row 9999999');
  await expect(focused(page)).toBeInViewport({ ratio: 1 });
  for (let step = 0; step < 40; step++) await page.keyboard.press('ArrowUp');
  await expect(focused(page)).toHaveText('row 9999959');
  await expect(focused(page)).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Control+Home');
  await expect(focused(page)).toHaveText('0');
  await expect(focused(page)).toBeInViewport({ ratio: 1 });
});

test('the scroll bar spans all rows, the wheel moves by pixels', async ({ page }) => {
  const grid = page.getByRole('grid');
  await grid.evaluate((element) => {
    element.scrollTop = (element.scrollHeight - element.clientHeight) / 2;
  });
  await expect(grid.getByRole('rowheader', { name: '5,000,000' })).toBeInViewport();
  const first = async (): Promise<number> => {
    const rows = grid.getByRole('row');
    const numbers = await rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('aria-rowindex'))));
    return Math.min(...numbers.filter((number) => number > 1_000_000));
  };
  const before = await first();
  await grid.hover();
  await page.mouse.wheel(0, 260);
  await expect.poll(first).toBe(before + 10);
});

test('only the rows in view are in the page, and the active cell keeps the focus out of sight', async ({ page }) => {
  const grid = page.getByRole('grid');
  await page.keyboard.press('ArrowDown');
  await grid.evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  await expect(grid.getByRole('rowheader', { name: '10,000,000' })).toBeInViewport();
  expect(await grid.getByRole('row').count()).toBeLessThan(60);
  await expect(focused(page)).toHaveText('1');
  await page.keyboard.press('ArrowDown');
  await expect(focused(page)).toHaveText('2');
  await expect(focused(page)).toBeInViewport({ ratio: 1 });
});

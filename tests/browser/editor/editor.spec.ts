// The editor by itself: completion, explanations, issues and mending, all by keyboard.
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { bundle, type Bundle } from '../bundle.ts';

let built: Bundle;

test.beforeAll(async () => {
  built = await bundle(new URL('mount.ts', import.meta.url));
});

test.beforeEach(async ({ page }) => {
  await page.clock.install();
  await page.setContent('<!doctype html><html lang="en"><head><title>Desk</title></head><body></body></html>');
  await page.addStyleTag({ content: built.style });
  await page.addScriptTag({ content: built.script });
  await page.evaluate(listen);
});

/** Keeps what is announced in a list: CodeMirror takes an announcement away again after 200 ms. */
function listen(): void {
  const heard = document.createElement('ol');
  heard.id = 'heard';
  heard.hidden = true;
  document.body.append(heard);
  const announcing = document.querySelector('.cm-announced');
  if (!announcing) throw new Error('The editor announces nothing.');
  new MutationObserver((changes) => {
    for (const text of changes.flatMap(({ addedNodes }) => [...addedNodes].map((node) => node.textContent))) {
      heard.append(Object.assign(document.createElement('li'), { textContent: text }));
    }
  }).observe(announcing, { childList: true });
}

const editorOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Pipeline' });
const optionsOf = (page: Page): Locator => page.getByRole('listbox').getByRole('option');
/** Takes the first option. The list takes no key in the moment that it opens, so that none is taken by mistake. */
async function take(page: Page, first: RegExp): Promise<void> {
  await expect(optionsOf(page).first()).toHaveText(first);
  await page.clock.fastForward(100);
  await page.keyboard.press('Enter');
}

const lines = (page: Page): Promise<string[]> => page.locator('.cm-line').allTextContents();

/** Writes a text and puts the cursor where its `¦` is. */
async function write(page: Page, marked: string): Promise<void> {
  const before = marked.slice(0, marked.indexOf('¦'));
  await editorOf(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(marked.replace('¦', ''));
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+Home');
  for (let line = 1; line < before.split('\n').length; line++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  await page.keyboard.press('Home');
  const column = before.length - before.lastIndexOf('\n') - 1;
  const text = (await lines(page))[before.split('\n').length - 1] ?? '';
  const indent = text.length - text.trimStart().length;
  const at = await page.evaluate(() => getSelection()?.anchorOffset ?? 0);
  for (let step = at === 0 ? 0 : indent; step < column; step++) await page.keyboard.press('ArrowRight');
}

test('a pipeline is begun with completion alone', async ({ page }) => {
  await editorOf(page).focus();
  await page.keyboard.press('Control+Space');
  await take(page, /^sources/);
  await take(page, /^type/);
  await expect(optionsOf(page).first()).toBeVisible();
  await page.keyboard.type('fi');
  await take(page, /^file/);
  await expect(page.locator('.cm-line')).toHaveText(['sources:', '  - type: file']);
  await page.keyboard.press('Enter');
  await page.keyboard.type('loc');
  await take(page, /^location/);
  await page.keyboard.type('./a.csv');
  await expect(page.locator('.cm-line')).toHaveText(['sources:', '  - type: file', '    location: ./a.csv']);
});

test('Enter breaks the line after a word that is typed in full', async ({ page }) => {
  await editorOf(page).focus();
  await page.keyboard.type('dialect: duckdb');
  await expect(optionsOf(page)).toHaveText([/^duckdb/]);
  await page.clock.fastForward(100);
  await page.keyboard.press('Enter');
  await page.keyboard.type('# next');
  await expect(page.locator('.cm-line')).toHaveText(['dialect: duckdb', '# next']);
});

test('an option tells its type, default and meaning', async ({ page }) => {
  await write(page, 'sources:\n  - type: file\n    format:\n      type: csv\n      options:\n        ¦\n');
  await page.keyboard.press('Control+Space');
  await page.keyboard.type('has');
  await expect(optionsOf(page).first()).toContainText('true or false');
  await expect(page.locator('.cm-completionInfo')).toContainText('Default: true');
});

test('SQL is completed with relations, columns, DuckDB’s words and functions', async ({ page }) => {
  await write(page, 'sources:\n  - name: orders\nstages:\n  - - name: s\n      query: SELECT ¦ FROM orders\n');
  await page.keyboard.type('pla');
  await take(page, /^placed at/);
  await page.keyboard.type(', date_tr');
  await take(page, /^date_trunc/);
  await expect(page.locator('.cm-line').nth(4)).toHaveText('      query: SELECT "placed at", date_trunc() FROM orders');
  await page.keyboard.press('End');
  await page.keyboard.type(' qual');
  await expect(optionsOf(page).first()).toContainText('qualify');
});

test('a dollar and a brace offer the parameters', async ({ page }) => {
  await write(page, 'params:\n  month: {}\nsources:\n  - location: a_¦\n');
  await page.keyboard.type('${');
  await take(page, /^month/);
  await expect(page.locator('.cm-line').nth(3)).toHaveText('  - location: a_${month}');
});

test('fields, relations and functions explain themselves under the pointer and by key', async ({ page }) => {
  await write(
    page,
    'sources:\n  - name: orders\nstages:\n  - - name: s\n      query: SELECT sum(id) FROM ord¦ers\n      show: 1\n',
  );
  const explanation = page.locator('.cm-explanation');
  await page.locator('.cm-line').nth(5).getByText('show').hover();
  await expect(explanation).toContainText('whole number');
  await page
    .locator('.cm-line')
    .nth(0)
    .hover({ position: { x: 300, y: 4 } });
  await expect(explanation).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+i');
  await expect(explanation.locator('dt')).toHaveText(['id', 'placed at']);
  await expect(page.locator('#heard')).toContainText('placed at DATE');
  await page.keyboard.press('Escape');
  await expect(explanation).toHaveCount(0);
  for (let step = 0; step < 'id) FROM ord'.length; step++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ControlOrMeta+i');
  await expect(explanation).toContainText('Column of orders');
});

test('issues are visited with F8 and mended with Ctrl and full stop', async ({ page }) => {
  await write(
    page,
    '¦sources: []\nstages:\n  - - name: s\n      query: SELECT 1\n      shwo: 1\n      explian: true\n',
  );
  await expect(page.getByRole('button', { name: '2 warnings' })).toBeVisible();
  await page.keyboard.press('F8');
  await expect(page.locator('#heard')).toContainText('`shwo`');
  await page.keyboard.press('F8');
  await expect(page.locator('#heard')).toContainText('`explian`');
  await page.keyboard.press('Shift+F8');
  await page.keyboard.press('ControlOrMeta+.');
  await expect(page.locator('.cm-line').nth(4)).toHaveText('      show: 1');
  await page.keyboard.press('F8');
  await page.keyboard.press('ControlOrMeta+.');
  await expect(page.locator('.cm-line').nth(5)).toHaveText('      explain: true');
  await expect(page.locator('.cm-lintRange')).toHaveCount(0);
});

test('every parameter has an input of its type', async ({ page }) => {
  await editorOf(page).fill(`params:
  month: {enum: [january, july], description: Readings exist for these.}
  limit: {type: integer, default: "10"}
  fresh: {type: boolean}
  since: {type: date}
  token: {secret: true}
sources: []
stages:
  - - name: s
      query: SELECT '\${month}', \${limit}, \${fresh}, '\${since}', '\${token}', '\${free}'
`);
  const month = page.getByRole('combobox', { name: 'month' });
  await expect(month).toHaveAccessibleDescription('Readings exist for these.');
  await month.selectOption('july');
  const limit = page.getByRole('textbox', { name: 'limit' });
  await expect(limit).toHaveAttribute('placeholder', 'default: 10');
  await limit.fill('ten');
  await expect(limit).toHaveAttribute('aria-invalid', 'true');
  await expect(limit).toHaveAccessibleDescription(/whole number/);
  await limit.fill('12345678901234567890');
  await expect(limit).toHaveAttribute('aria-invalid', 'false');
  await page.getByRole('combobox', { name: 'fresh' }).selectOption('true');
  await page.getByLabel('since').fill('2025-01-31');
  const token = page.getByLabel('token', { exact: true });
  await expect(token).toHaveAttribute('type', 'password');
  await token.fill('abc');
  await page.getByRole('button', { name: 'Show token' }).click();
  await expect(token).toHaveAttribute('type', 'text');
  await page.getByRole('textbox', { name: 'free' }).fill('words');
  await expect(page.getByLabel('Values')).toHaveText(
    JSON.stringify({
      month: 'july',
      limit: '12345678901234567890',
      fresh: 'true',
      since: '2025-01-31',
      token: 'abc',
      free: 'words',
    }),
  );
  await expect(page.locator('.cm-lintRange')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing while a list or an explanation is open', async ({ page }) => {
      const problems = async (): Promise<unknown[]> => {
        const { violations } = await new AxeBuilder({ page })
          .disableRules(['page-has-heading-one', 'region'])
          .analyze();
        return violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]);
      };
      await write(page, 'params:\n  a: {secret: true}\nsources:\n  - name: orders ${a}\n    ¦\n');
      await page.keyboard.press('Control+Space');
      await expect(optionsOf(page).first()).toBeVisible();
      await expect(page.locator('.cm-completionInfo')).toBeVisible();
      expect(await problems()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ControlOrMeta+i');
      await expect(page.locator('.cm-explanation')).toBeVisible();
      expect(await problems()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('ControlOrMeta+Shift+m');
      expect(await problems()).toEqual([]);
    });
  });
}

// Typing into a pipeline of 500 lines: what is wrong is told at once, and the main thread is never held up.
import { tasksDuring } from './main-thread.ts';
import { expect, test } from './sluice-page.ts';

const sources = Array.from(
  { length: 20 },
  (_, index) => `  - type: file
    name: source_${index}
    location: ./data_${index}_\${month}.csv
    format:
      type: csv
      options:
        has_header: true
        delimiter: ";"
`,
);
const stages = Array.from(
  { length: 24 },
  (_, index) => `  - - name: stage_${index}
      query: |
        SELECT a.id, b.name, sum(a.amount) AS total,
          count(*) FILTER (WHERE a.kind = 'x') AS pieces
        FROM source_${index % 20} AS a
        JOIN ${index === 0 ? 'source_1' : `stage_${index - 1}`} AS b USING (id)
        WHERE a.month = '\${month}' AND a.amount > 10
        GROUP BY ALL
        ORDER BY total DESC
      show: 10
      explain: false
      checks:
        - type: not_null
          columns: [id]
`,
);
const document = `sources:\n${sources.join('')}stages:\n${stages.join('')}`;

test('no key holds up the main thread in a document of 500 lines', async ({ sluice, page, browser }) => {
  await sluice.write(document);
  expect(document.split('\n').length).toBeGreaterThan(490);
  await page.getByRole('textbox', { name: 'month' }).fill('may');
  const issues = page.locator('.cm-lintRange');
  await expect(issues).toHaveCount(0);
  await sluice.editor.focus();
  const tasks = await tasksDuring(browser, page, async () => {
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.press('End');
    await page.keyboard.type('\n  - type: file\n');
    await page.keyboard.type('nam');
    await expect(page.getByRole('listbox')).toBeVisible();
    await page.keyboard.type('e: here');
    await expect(issues).not.toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('dest');
    await expect(page.getByRole('option', { name: /^destination/ })).toBeVisible();
    await page.keyboard.type('ination:');
    for (let step = 0; step < 20; step++) await page.keyboard.press('PageUp');
  });
  test.info().annotations.push({ type: 'longest tasks, ms', description: tasks.slice(0, 5).join(', ') });
  expect(tasks.length).toBeGreaterThan(100);
  expect(tasks[0]).toBeLessThan(50);
});

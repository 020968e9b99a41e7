// Typing into a pipeline of 500 lines, as a test does it and as the benchmark measures it.
import { expect, type SluicePage } from '../sluice-page.ts';

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
export const longPipeline = `sources:\n${sources.join('')}stages:\n${stages.join('')}`;

/** The long pipeline with nothing wrong in it, ready to be typed into. */
export async function openLongPipeline(sluice: SluicePage): Promise<void> {
  const { page } = sluice;
  await sluice.write(longPipeline);
  await page.getByRole('textbox', { name: 'month' }).fill('may');
  await expect(page.locator('.cm-lintRange')).toHaveCount(0);
  await sluice.editor.focus();
}

/**
 * Types at both ends: fields are offered, what is wrong is marked. Waits with `waitFor`, since an `expect` that fails at
 * first reads the whole page in its main thread, where it would be measured.
 */
export async function typeAtBothEnds({ page }: SluicePage): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('End');
  await page.keyboard.type('\n  - type: file\n');
  await page.keyboard.type('nam');
  await page.getByRole('listbox').waitFor();
  await page.keyboard.type('e: here');
  await page.locator('.cm-lintRange').first().waitFor();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('dest');
  await page.getByRole('option', { name: /^destination/ }).waitFor();
  await page.keyboard.type('ination:');
  for (let step = 0; step < 20; step++) await page.keyboard.press('PageUp');
}

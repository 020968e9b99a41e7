// What DuckDB says of a query, in the page: a sentence, and a mark on the word that it is about.
import { expect, test } from './sluice-page.ts';

const faults = [
  { query: 'SELECT * FROM sales LIMT 10', says: /syntax error at or near "10"/i, marks: '10' },
  { query: 'SELECT region FROM sales GROUP BY', says: /(syntax error|end)/i, marks: 'BY' },
  { query: 'SELECT * FRM sales', says: /syntax error at or near "sales"/i, marks: 'sales' },
] as const;

for (const { query, says, marks } of faults) {
  test(`a syntax error is a sentence, and its word is marked: ${query}`, async ({ sluice, page }) => {
    await sluice.addFiles([{ name: 'sales.csv', mimeType: 'text/csv', buffer: Buffer.from('region,n\nnorth,1\n') }]);
    await sluice.write(`sources:
  - { type: file, name: sales, location: sales.csv, format: { type: csv } }
stages:
  - - { name: s, query: "${query}", show: 10 }
`);
    await sluice.runs('failed');
    const alert = page.getByRole('alert');
    await expect(alert).toContainText(says);
    await expect(alert).not.toContainText(/exception|[{}]/);
    await expect(page.locator('.cm-lintRange-error')).toHaveText(marks);
  });
}

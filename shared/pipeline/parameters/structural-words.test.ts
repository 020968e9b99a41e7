import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { isStructural, valueWords } from './structural-words.ts';

it('structural words are those of DuckDB', async () => {
  const native = await (await DuckDBInstance.create(':memory:')).connect();
  const rows = await native.runAndReadAll('SELECT keyword_name, keyword_category FROM duckdb_keywords()');
  for (const [word, category] of rows.getRows().map((row) => row.map(String))) {
    const expected = /^(?:reserved|type_function)$/.test(category ?? '') && !valueWords.includes(word ?? '');
    expect(`${word} ${isStructural(word ?? '')}`).toBe(`${word} ${expected}`);
  }
  expect(isStructural('UNION')).toBe(true);
});

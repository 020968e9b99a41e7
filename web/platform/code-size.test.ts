import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { codeSize } from './code-size.ts';

it('the size by which loading is measured is that of the DuckDB that is pinned', () => {
  const file = createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
  expect(codeSize).toBe(statSync(file).size);
});

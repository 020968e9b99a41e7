// The import rule of the house, by example: what it lets through and what it stops.
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import house, { objection } from '../../scripts/lint/house.mjs';

describe('who may import whom', () => {
  it.each([
    ['web/app/main.ts', '../../shared/errors.ts'],
    ['relay/server/main.ts', '../../shared/platform.ts'],
    ['relay/server/main.ts', 'node:fs'],
    ['web/app/main.ts', 'svelte'],
    ['web/worker/host.ts', '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url'],
    ['shared/run/run.ts', '../pipeline/load.ts'],
    ['shared/formats/json/infer.ts', '../../sql/types.ts'],
    ['shared/sources/file.ts', '../destinations/destination.ts'],
    ['shared/values/codec.ts', 'apache-arrow'],
    ['shared/run/run.test.ts', 'node:fs'],
    ['shared/sql/types.test.ts', 'vitest'],
    ['shared/pipeline/load.test.ts', '../../examples/index.json'],
    ['tests/contract/relay.test.ts', '../../relay/platform/index.ts'],
    ['scripts/test.mjs', '../web/app/main.ts'],
  ])('%s may import %s', (file, specifier) => {
    expect(objection(file, specifier)).toBeUndefined();
  });

  it.each([
    ['shared/run/run.ts', '../../web/platform/index.ts', 'web → shared ← relay'],
    ['shared/run/run.test.ts', '../../relay/platform/index.ts', 'web → shared ← relay'],
    ['web/worker/host.ts', '../../relay/platform/index.ts', 'web → shared ← relay'],
    ['relay/server/main.ts', '../../web/app/main.ts', 'web → shared ← relay'],
    ['web/app/main.ts', '../../tests/contract/case.ts', 'web → shared ← relay'],
    ['shared/errors.ts', './formats/index.ts', 'never climbs'],
    ['shared/formats/csv.ts', '../sources/index.ts', 'never climbs'],
    ['shared/sources/file.ts', '../pipeline/schema.ts', 'never climbs'],
    ['shared/plan/plan.ts', '../run/run.ts', 'never climbs'],
    ['shared/attic/new.ts', '../errors.ts', 'no floor'],
    ['shared/run/run.ts', 'node:fs', "Node's node:fs"],
    ['shared/run/run.ts', 'fs/promises', "Node's fs/promises"],
    ['web/app/main.ts', 'node:path', "Node's node:path"],
    ['shared/run/run.ts', '@duckdb/duckdb-wasm/blocking', 'package @duckdb/duckdb-wasm'],
    ['shared/run/run.ts', './run.test.ts', 'imported by nobody'],
  ])('%s may not import %s', (file, specifier, reason) => {
    expect(objection(file, specifier)).toContain(reason);
  });
});

describe('house/imports', () => {
  const lint = (code: string) =>
    new Linter()
      .verify(code, [{ plugins: { house }, rules: { 'house/imports': 'error' } }], { filename: 'shared/errors.js' })
      .map(({ line, ruleId }) => `${ruleId}:${line}`);

  it('sees every way to name another file', () => {
    const code = [
      `import { a } from './run/run.ts';`,
      `export { b } from './run/run.ts';`,
      `export * from './run/run.ts';`,
      `const c = () => import('./run/run.ts');`,
      `const d = new URL('./run/run.ts', import.meta.url);`,
    ].join('\n');
    expect(lint(code)).toEqual([1, 2, 3, 4, 5].map((line) => `house/imports:${line}`));
  });

  it('leaves other strings alone', () => {
    expect(lint(`import { a } from './sql/quote.ts'; const b = new URL('../x', 'https://example.org/');`)).toEqual([]);
  });
});

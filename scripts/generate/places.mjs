// Writes the list of functions that only a relay's DuckDB has: `node scripts/generate/places.mjs`. Native DuckDB and
// DuckDB-WASM, which runs in Node as well, are asked which functions they have; the browser also has those of
// web/platform/functions.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';

/**
 * The part of the package's build for Node that is used; the package does not export it.
 * @typedef {{
 *   createDuckDB: (bundles: object, logger: object, runtime: object) => Promise<{
 *     instantiate(): Promise<unknown>,
 *     open(config: { path: string }): void,
 *     connect(): { query(text: string): { toArray(): { name: string }[] } },
 *   }>,
 *   VoidLogger: new () => object,
 *   NODE_RUNTIME: object,
 * }} BlockingDuckDB
 */

const target = fileURLToPath(new URL('../../shared/sql/functions.generated.ts', import.meta.url));
const query = 'SELECT DISTINCT function_name AS name FROM duckdb_functions() ORDER BY name';

const [native, browser, ours, allowed] = [
  await namesOfNative(),
  await namesOfBrowser(),
  await namesOfOurs(),
  await namesThatMayBeCalled(),
];
const lacking = [...native].filter((name) => allowed.has(name) && !browser.has(name) && !ours.has(name));
const text = `// Made by scripts/generate/places.mjs from the pinned versions of DuckDB.

/** Functions that a query may call on a relay and that the browser's DuckDB lacks, its stand-ins counted. */
export const relayOnlyFunctions: ReadonlySet<string> = new Set(
  ${JSON.stringify(lacking.join(' '))}.split(' '),
);
`;
await writeFile(target, await format(text, { ...(await resolveConfig(target)), parser: 'typescript' }));

/** @returns {Promise<Set<string>>} */
async function namesOfNative() {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const rows = /** @type {string[][]} */ ((await connection.runAndReadAll(query)).getRowsJson());
  connection.closeSync();
  instance.closeSync();
  return new Set(rows.flat());
}

/** @returns {Promise<Set<string>>} */
async function namesOfBrowser() {
  const require = createRequire(import.meta.url);
  const path = join(dirname(require.resolve('@duckdb/duckdb-wasm')), 'duckdb-node-blocking.cjs');
  const loaded = /** @type {unknown} */ (require(path));
  const duckdb = /** @type {BlockingDuckDB} */ (loaded);
  const eh = { mainModule: join(dirname(path), 'duckdb-eh.wasm'), mainWorker: '' };
  const bindings = await duckdb.createDuckDB({ mvp: eh, eh }, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
  await bindings.instantiate();
  bindings.open({ path: ':memory:' });
  const rows = bindings.connect().query(query).toArray();
  return new Set(rows.map(({ name }) => name));
}

/** @returns {Promise<Set<string>>} */
async function namesOfOurs() {
  /** @type {{ module: typeof import('../../web/platform/functions/index.ts') }} */
  const { module } = await runnerImport('./web/platform/functions/index.ts', { configFile: false, logLevel: 'error' });
  return new Set(module.functionNames);
}

/** @returns {Promise<Set<string>>} */
async function namesThatMayBeCalled() {
  /** @type {{ module: typeof import('../../shared/sql/calls/allowed.generated.ts') }} */
  const { module } = await runnerImport('./shared/sql/calls/allowed.generated.ts', {
    configFile: false,
    logLevel: 'error',
  });
  return new Set(Object.values(module.allowedByKind).flatMap((names) => names.split(' ')));
}

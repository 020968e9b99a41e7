// Writes the list of all that a query may call: `node scripts/generate/calls.mjs`. It is every function that the pinned
// DuckDB says it has (`duckdb_functions()`), without those that shared/sql/calls/refused.ts refuses.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';

const target = fileURLToPath(new URL('../../shared/sql/calls/allowed.generated.ts', import.meta.url));

/** @type {{ module: typeof import('../../shared/sql/calls/refused.ts') }} */
const { module } = await runnerImport('./shared/sql/calls/refused.ts', { configFile: false, logLevel: 'error' });

const instance = await DuckDBInstance.create();
const connection = await instance.connect();
const listed = /** @type {[string, string][]} */ (
  (
    await connection.runAndReadAll(`
      SELECT function_type, string_agg(DISTINCT lower(function_name), ' ' ORDER BY lower(function_name))
      FROM duckdb_functions() GROUP BY function_type ORDER BY function_type`)
  ).getRowsJson()
);
connection.closeSync();
instance.closeSync();

const kinds = listed
  .map(([kind, names]) => [kind, names.split(' ').filter((name) => module.reasonAgainst(name, kind) === undefined)])
  .filter(([, names]) => names?.length);
const text = `// Made by scripts/generate/calls.mjs from the pinned version of DuckDB: a name that comes here anew is to be reviewed.

/** What a query may call, by kind; names in lower case, parted by spaces. */
export const allowedByKind = ${JSON.stringify(Object.fromEntries(kinds.map(([kind, names]) => [kind, /** @type {string[]} */ (names).join(' ')])))} as const;
`;
await writeFile(target, await format(text, { ...(await resolveConfig(target)), parser: 'typescript' }));

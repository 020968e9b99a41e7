// Writes the list of functions that the editor offers in SQL: `node scripts/generate/functions.mjs`. Names, parameters
// and descriptions are what `duckdb_functions()` of the pinned DuckDB (MIT) says of itself.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { format, resolveConfig } from 'prettier';

const target = fileURLToPath(new URL('../../web/app/editor/sql/functions.generated.json', import.meta.url));

/** Functions of DuckDB itself, and those that only DuckDB's own code calls. */
const inner =
  /^(icu_|duckdb_|pragma_|current_(connection|query|transaction)|json_(de)?serialize|json_execute|variant_|internal_)|_escape$|^(can_cast_implicitly|combine|constant_or_null|count_star|create_sort_key|currval|error|finalize|get_block_size|in_search_path|is_histogram_other_bin|like_escape|make_type|nextval|normalized_interval|parse_duckdb_log_message|remap_struct|replace_type|cast_to_type|setseed|sleep_ms|stats|sum_no_overflow|timetz_byte_comparable|txid_current|unpivot_list|vector_type|write_log)$/;
/** What stands in FROM and reads nothing from outside. */
const tables = ['generate_series', 'json_each', 'json_tree', 'range', 'repeat', 'summary', 'unnest'];

const query = `
  SELECT function_name, function_type, parameters, parameter_types, varargs, return_type, description, examples
  FROM duckdb_functions()
  WHERE schema_name = 'main' AND regexp_full_match(function_name, '[a-z][a-z0-9_]*')
    AND function_type IN ('scalar', 'aggregate', 'macro', 'table')
  ORDER BY function_name, len(parameters), parameter_types::VARCHAR, return_type`;

const instance = await DuckDBInstance.create();
const connection = await instance.connect();
const [[version = ''] = []] = /** @type {string[][]} */ (
  (await connection.runAndReadAll('SELECT version()')).getRowsJson()
);
/**
 * @typedef {{ function_name: string, function_type: string, parameters: string[], parameter_types: string[],
 *   varargs: string | null, return_type: string | null, description: string | null, examples: string[] | null }} Variant
 */
const rows = /** @type {Variant[]} */ (
  /** @type {unknown} */ ((await connection.runAndReadAll(query)).getRowObjectsJson())
);
connection.closeSync();
instance.closeSync();

/** @type {Map<string, Variant[]>} */
const byName = new Map();
for (const row of rows) byName.set(row.function_name, [...(byName.get(row.function_name) ?? []), row]);
const functions = [];
for (const [name, variants] of byName) {
  const kind = variants[0]?.function_type ?? '';
  if (inner.test(name) || (kind === 'table' && !tables.includes(name))) continue;
  const description = variants.map((variant) => variant.description).find(Boolean) ?? '';
  const example = variants.map(({ examples }) => examples?.[0]).find(Boolean) ?? '';
  functions.push([name, kind[0], signatureOf(variants), description, example]);
}
const text = JSON.stringify({ source: `duckdb_functions() of DuckDB ${version}`, functions });
await writeFile(target, await format(text, { ...(await resolveConfig(target)), parser: 'json' }));

/**
 * `(string, start[, length]) → VARCHAR`: the longest list of parameters; the type where all variants have the same.
 * @param {Variant[]} variants
 */
function signatureOf(variants) {
  const longest = variants.reduce((a, b) => (b.parameters.length > a.parameters.length ? b : a));
  const least = Math.min(...variants.map(({ parameters }) => parameters.length));
  const names = longest.parameters.map((name, index) => {
    return /^col\d+$/.test(name) ? (longest.parameter_types[index] ?? name).toLowerCase() : name;
  });
  const optional = names.slice(least).map((name, index) => (least + index === 0 ? `[${name}]` : `[, ${name}]`));
  const more = variants.some(({ varargs }) => varargs) ? (names.length > 0 ? ', …' : '…') : '';
  const types = new Set(variants.map((variant) => variant.return_type).filter(Boolean));
  const type = types.size === 1 ? [...types][0] : '';
  return `(${names.slice(0, least).join(', ')}${optional.join('')}${more})${type === '' ? '' : ` → ${type}`}`;
}

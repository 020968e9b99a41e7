// What of DuckDB's json extension is written in SQL, over its functions.

const items = `CASE WHEN item IS NULL THEN 'null' ELSE CAST(to_json(item) AS VARCHAR) END`;
const list = `CAST('[' || string_agg(${items}, ',') || ']' AS JSON)`;
const walkedColumns = ['key', 'value', 'type', 'atom', 'id', 'parent', 'fullkey', 'path'];

function walk(name: string): string {
  const columns = walkedColumns.map((column) => `row."${column}"`).join(', ');
  const rows = (path: string): string => `SELECT sluice_${name}(CAST(document AS VARCHAR), ${path}) AS rows`;
  const body = (path: string): string =>
    `TABLE (SELECT ${columns} FROM (SELECT unnest(rows) AS row FROM (${rows(path)})))`;
  return `${name}(document) AS ${body(`'$'`)}, (document, location) AS ${body('CAST(location AS VARCHAR)')}`;
}

/** Each behind CREATE MACRO and the schema. */
export const jsonMacros: readonly string[] = [
  `json(document) AS json_extract(document, '$')`,
  `json_group_array(item) AS ${list}`,
  `json_group_object(name, item) AS CAST('{' || string_agg(
    CASE WHEN name IS NULL THEN error('json_group_object key cannot be NULL')
    ELSE CAST(to_json(CAST(name AS VARCHAR)) AS VARCHAR) END || ':' || ${items}, ',') || '}' AS JSON)`,
  `json_group_structure(item) AS json_extract(json_structure(${list}), 0)`,
  walk('json_each'),
  walk('json_tree'),
];

// The SQL dialects of stages. `duckdb` is DuckDB as it is; `datafusion` gives a query the meaning that it has in Apache
// DataFusion 49 (compatibility reference, chapter 6): by rewriting (translate.ts), and by macros in a schema of their own,
// which only the connections of that dialect look into. No setting differs, so that both can be used at a time.

export const dialects = ['duckdb', 'datafusion'] as const;
export type Dialect = (typeof dialects)[number];

/** The schemas that every engine has beside `main`: the dialect's macros, and stand-ins for what a place lacks. */
export const createFunctionSchemas: readonly string[] = [
  'CREATE SCHEMA IF NOT EXISTS datafusion',
  'CREATE SCHEMA IF NOT EXISTS compat',
];

/** Makes a connection look names up in a schema, then among functions of ours, which stand before DuckDB's own. */
export function searchPath(schema: string, dialect: Dialect): string {
  const path = dialect === 'datafusion' ? [schema, 'datafusion', 'compat'] : [schema, 'compat'];
  return `SET search_path = '${path.join(',')}'`;
}

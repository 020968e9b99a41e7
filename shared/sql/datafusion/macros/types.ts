// Arrow's name of a value's type, and functions that carry another name in DuckDB.
import type { Macros } from './macro.ts';

const names: readonly (readonly [duckdb: string, arrow: string])[] = [
  ['"NULL"', 'Null'],
  ['BOOLEAN', 'Boolean'],
  ['TINYINT', 'Int8'],
  ['SMALLINT', 'Int16'],
  ['INTEGER', 'Int32'],
  ['BIGINT', 'Int64'],
  ['HUGEINT', 'Int64'],
  ['UTINYINT', 'UInt8'],
  ['USMALLINT', 'UInt16'],
  ['UINTEGER', 'UInt32'],
  ['UBIGINT', 'UInt64'],
  ['FLOAT', 'Float32'],
  ['DOUBLE', 'Float64'],
  ['VARCHAR', 'Utf8'],
  ['BLOB', 'Binary'],
  ['DATE', 'Date32'],
  ['TIME', 'Time64(Nanosecond)'],
  ['TIMESTAMP_S', 'Timestamp(Second, None)'],
  ['TIMESTAMP_MS', 'Timestamp(Millisecond, None)'],
  ['TIMESTAMP', 'Timestamp(Nanosecond, None)'],
  ['TIMESTAMP_NS', 'Timestamp(Nanosecond, None)'],
  ['TIMESTAMP WITH TIME ZONE', 'Timestamp(Nanosecond, Some("+00:00"))'],
  ['INTERVAL', 'Interval(MonthDayNano)'],
];

const cases = names.map(([duckdb, arrow]) => `WHEN '${duckdb}' THEN '${arrow}'`).join(' ');

export const typeMacros: Macros = {
  arrow_typeof: `(x) AS CASE typeof(x) ${cases} ELSE system.main.replace(system.main.replace(typeof(x), 'DECIMAL(', 'Decimal128('), ',', ', ') END`,
  ifnull: '(x, otherwise) AS coalesce(x, otherwise)',
  get_field: '(record, field) AS struct_extract(record, field)',
  uuid: '() AS CAST(gen_random_uuid() AS VARCHAR)',
  version: `() AS 'Apache DataFusion 49 on DuckDB ' || system.main.version()`,
  covar: '(a, b) AS covar_samp(a, b)',
};

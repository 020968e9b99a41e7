// Golden values: for every DuckDB type, `SELECT <sql>` has this type and this canonical value on both engines.
import type { Value } from './codec.ts';

export interface GoldenValue {
  readonly sql: string;
  /** As DESCRIBE prints it. */
  readonly type: string;
  readonly value: Value;
}

const numbers: readonly GoldenValue[] = [
  { sql: 'NULL', type: 'INTEGER', value: null },
  { sql: 'true', type: 'BOOLEAN', value: true },
  { sql: 'false', type: 'BOOLEAN', value: false },
  { sql: 'NULL::BOOLEAN', type: 'BOOLEAN', value: null },
  { sql: '(-128)::TINYINT', type: 'TINYINT', value: -128 },
  { sql: '127::TINYINT', type: 'TINYINT', value: 127 },
  { sql: '(-32768)::SMALLINT', type: 'SMALLINT', value: -32768 },
  { sql: '32767::SMALLINT', type: 'SMALLINT', value: 32767 },
  { sql: '(-2147483648)::INTEGER', type: 'INTEGER', value: -2147483648 },
  { sql: '2147483647', type: 'INTEGER', value: 2147483647 },
  { sql: '(-9223372036854775808)::BIGINT', type: 'BIGINT', value: '-9223372036854775808' },
  { sql: '9223372036854775807', type: 'BIGINT', value: '9223372036854775807' },
  { sql: '1::BIGINT', type: 'BIGINT', value: '1' },
  { sql: 'NULL::BIGINT', type: 'BIGINT', value: null },
  { sql: '255::UTINYINT', type: 'UTINYINT', value: 255 },
  { sql: '65535::USMALLINT', type: 'USMALLINT', value: 65535 },
  { sql: '4294967295::UINTEGER', type: 'UINTEGER', value: 4294967295 },
  { sql: '18446744073709551615::UBIGINT', type: 'UBIGINT', value: '18446744073709551615' },
  ...['-170141183460469231731687303715884105728', '170141183460469231731687303715884105727', '0'].map((digits) => ({
    ...{ sql: `'${digits}'::HUGEINT`, type: 'HUGEINT', value: digits },
  })),
  {
    ...{ sql: "'340282366920938463463374607431768211455'::UHUGEINT", type: 'UHUGEINT' },
    value: '340282366920938463463374607431768211455',
  },
  {
    sql: "'-123456789012345678901234567890123456789012345'::BIGNUM",
    type: 'BIGNUM',
    value: '-123456789012345678901234567890123456789012345',
  },
  { sql: '0.1::FLOAT', type: 'FLOAT', value: 0.1 },
  { sql: '16777217::FLOAT', type: 'FLOAT', value: 16777216 },
  { sql: "'3.4028235e38'::FLOAT", type: 'FLOAT', value: 3.4028235e38 },
  { sql: "'1e-45'::FLOAT", type: 'FLOAT', value: 1e-45 },
  { sql: "'nan'::FLOAT", type: 'FLOAT', value: 'NaN' },
  { sql: '0.1::DOUBLE', type: 'DOUBLE', value: 0.1 },
  { sql: '1e300::DOUBLE', type: 'DOUBLE', value: 1e300 },
  { sql: "'5e-324'::DOUBLE", type: 'DOUBLE', value: 5e-324 },
  { sql: "'nan'::DOUBLE", type: 'DOUBLE', value: 'NaN' },
  { sql: "'inf'::DOUBLE", type: 'DOUBLE', value: 'Infinity' },
  { sql: "'-inf'::DOUBLE", type: 'DOUBLE', value: '-Infinity' },
  { sql: '1.50', type: 'DECIMAL(3,2)', value: '1.50' },
  { sql: '(-0.05)::DECIMAL(4,2)', type: 'DECIMAL(4,2)', value: '-0.05' },
  { sql: '0::DECIMAL(9,4)', type: 'DECIMAL(9,4)', value: '0.0000' },
  { sql: '0.12::DECIMAL(2,2)', type: 'DECIMAL(2,2)', value: '.12' },
  { sql: '(-7)::DECIMAL(5,0)', type: 'DECIMAL(5,0)', value: '-7' },
  { sql: "'-999999999999999.999'::DECIMAL(18,3)", type: 'DECIMAL(18,3)', value: '-999999999999999.999' },
  { sql: "'9007199254740993'::DECIMAL(18,0)", type: 'DECIMAL(18,0)', value: '9007199254740993' },
  {
    sql: "'9999999999999999999999999999.9999999999'::DECIMAL(38,10)",
    type: 'DECIMAL(38,10)',
    value: '9999999999999999999999999999.9999999999',
  },
  {
    sql: "'-99999999999999999999999999999999999999'::DECIMAL(38,0)",
    type: 'DECIMAL(38,0)',
    value: '-99999999999999999999999999999999999999',
  },
];

const texts: readonly GoldenValue[] = [
  { sql: "''", type: 'VARCHAR', value: '' },
  { sql: "'it''s \"ü\" 🦆'", type: 'VARCHAR', value: 'it\'s "ü" 🦆' },
  { sql: "'a' || chr(0) || 'b' || chr(10)", type: 'VARCHAR', value: 'a\0b\n' },
  { sql: "chr(65279) || 'after a byte order mark'", type: 'VARCHAR', value: '\ufeffafter a byte order mark' },
  { sql: "repeat('ä', 1000)", type: 'VARCHAR', value: 'ä'.repeat(1000) },
  { sql: 'NULL::VARCHAR', type: 'VARCHAR', value: null },
  { sql: "''::BLOB", type: 'BLOB', value: '' },
  { sql: "'a\\xFF\\x00 z'::BLOB", type: 'BLOB', value: 'a\\xFF\\x00 z' },
  { sql: "'\\x22\\x27\\x5C\\x7F'::BLOB", type: 'BLOB', value: '\\x22\\x27\\x5C\\x7F' },
  { sql: "'0101100'::BIT", type: 'BIT', value: '0101100' },
  { sql: "'0'::BIT", type: 'BIT', value: '0' },
  { sql: "'eeccb8c5-9943-b2bb-bb5e-222f4e14b687'::UUID", type: 'UUID', value: 'eeccb8c5-9943-b2bb-bb5e-222f4e14b687' },
  { sql: "'it''s'::ENUM('so', 'it''s')", type: "ENUM('so', 'it''s')", value: "it's" },
  { sql: "NULL::ENUM('so')", type: "ENUM('so')", value: null },
  { sql: "'POINT (1 2)'::GEOMETRY", type: 'GEOMETRY', value: 'POINT (1 2)' },
];

const times: readonly GoldenValue[] = [
  { sql: "DATE '2024-02-29'", type: 'DATE', value: '2024-02-29' },
  { sql: "DATE '1969-12-31'", type: 'DATE', value: '1969-12-31' },
  { sql: "DATE '0044-03-15 (BC)'", type: 'DATE', value: '0044-03-15 (BC)' },
  { sql: "DATE '0001-01-01'", type: 'DATE', value: '0001-01-01' },
  { sql: "DATE '0001-12-31 (BC)'", type: 'DATE', value: '0001-12-31 (BC)' },
  { sql: "DATE '5881580-07-10'", type: 'DATE', value: '5881580-07-10' },
  { sql: "DATE '5877642-06-25 (BC)'", type: 'DATE', value: '5877642-06-25 (BC)' },
  { sql: "DATE 'infinity'", type: 'DATE', value: 'infinity' },
  { sql: "DATE '-infinity'", type: 'DATE', value: '-infinity' },
  { sql: "TIME '00:00:00'", type: 'TIME', value: '00:00:00' },
  { sql: "TIME '23:59:59.999999'", type: 'TIME', value: '23:59:59.999999' },
  { sql: "TIME '01:02:03.5'", type: 'TIME', value: '01:02:03.5' },
  { sql: "TIME '24:00:00'", type: 'TIME', value: '24:00:00' },
  { sql: "'01:02:03.123456789'::TIME_NS", type: 'TIME_NS', value: '01:02:03.123456789' },
  { sql: "'01:02:03+02:30'::TIMETZ", type: 'TIME WITH TIME ZONE', value: '01:02:03+02:30' },
  { sql: "'24:00:00-15:59:59'::TIMETZ", type: 'TIME WITH TIME ZONE', value: '24:00:00-15:59:59' },
  { sql: "TIMESTAMP '2024-02-29 12:34:56'", type: 'TIMESTAMP', value: '2024-02-29 12:34:56' },
  { sql: "TIMESTAMP '1969-12-31 23:59:59.999999'", type: 'TIMESTAMP', value: '1969-12-31 23:59:59.999999' },
  { sql: "TIMESTAMP '2300-01-01 00:00:00.000001'", type: 'TIMESTAMP', value: '2300-01-01 00:00:00.000001' },
  { sql: "TIMESTAMP '0044-03-15 (BC) 01:02:03.1'", type: 'TIMESTAMP', value: '0044-03-15 (BC) 01:02:03.1' },
  { sql: "TIMESTAMP '290309-12-22 (BC) 00:00:00'", type: 'TIMESTAMP', value: '290309-12-22 (BC) 00:00:00' },
  { sql: "TIMESTAMP '294247-01-10 04:00:54.775806'", type: 'TIMESTAMP', value: '294247-01-10 04:00:54.775806' },
  { sql: "TIMESTAMP 'infinity'", type: 'TIMESTAMP', value: 'infinity' },
  { sql: "TIMESTAMP '-infinity'", type: 'TIMESTAMP', value: '-infinity' },
  { sql: "'1970-01-01 00:00:01'::TIMESTAMP_S", type: 'TIMESTAMP_S', value: '1970-01-01 00:00:01' },
  { sql: "'infinity'::TIMESTAMP_S", type: 'TIMESTAMP_S', value: 'infinity' },
  { sql: "'1969-12-31 23:59:59.999'::TIMESTAMP_MS", type: 'TIMESTAMP_MS', value: '1969-12-31 23:59:59.999' },
  { sql: "'2024-02-29 12:34:56.120'::TIMESTAMP_MS", type: 'TIMESTAMP_MS', value: '2024-02-29 12:34:56.12' },
  {
    sql: "'2024-02-29 12:34:56.123456789'::TIMESTAMP_NS",
    type: 'TIMESTAMP_NS',
    value: '2024-02-29 12:34:56.123456789',
  },
  {
    sql: "'1677-09-22 00:00:00.000000001'::TIMESTAMP_NS",
    type: 'TIMESTAMP_NS',
    value: '1677-09-22 00:00:00.000000001',
  },
  { sql: "'-infinity'::TIMESTAMP_NS", type: 'TIMESTAMP_NS', value: '-infinity' },
  {
    sql: "TIMESTAMPTZ '2024-02-29 12:34:56.5+02'",
    type: 'TIMESTAMP WITH TIME ZONE',
    value: '2024-02-29 10:34:56.5+00',
  },
  {
    sql: "TIMESTAMPTZ '0044-03-15 (BC) 01:02:03+00'",
    type: 'TIMESTAMP WITH TIME ZONE',
    value: '0044-03-15 (BC) 01:02:03+00',
  },
  { sql: "TIMESTAMPTZ 'infinity'", type: 'TIMESTAMP WITH TIME ZONE', value: 'infinity' },
  {
    sql: "INTERVAL '1 year 2 months 3 days 4.5 seconds'",
    type: 'INTERVAL',
    value: '1 year 2 months 3 days 00:00:04.5',
  },
  { sql: "INTERVAL '-1 hour'", type: 'INTERVAL', value: '-01:00:00' },
];

const nested: readonly GoldenValue[] = [
  { sql: '[]::INTEGER[]', type: 'INTEGER[]', value: [] },
  { sql: 'NULL::INTEGER[]', type: 'INTEGER[]', value: null },
  { sql: '[1, NULL, 3]', type: 'INTEGER[]', value: [1, null, 3] },
  { sql: "[['a', NULL], NULL, []]", type: 'VARCHAR[][]', value: [['a', null], null, []] },
  { sql: '[1, NULL]::BIGINT[2]', type: 'BIGINT[2]', value: ['1', null] },
  { sql: 'NULL::BIGINT[2]', type: 'BIGINT[2]', value: null },
  { sql: '[[1, 2], NULL]::INTEGER[2][]', type: 'INTEGER[2][]', value: [[1, 2], null] },
  {
    sql: "{'a': 1, 'b c': ['x, y', 'null', '']}",
    type: 'STRUCT(a INTEGER, "b c" VARCHAR[])',
    value: { a: 1, 'b c': ['x, y', 'null', ''] },
  },
  {
    sql: "{'a': NULL, 'b': NULL}::STRUCT(a DATE, b DECIMAL(4,2))",
    type: 'STRUCT(a DATE, b DECIMAL(4,2))',
    value: { a: null, b: null },
  },
  { sql: 'NULL::STRUCT(a INTEGER)', type: 'STRUCT(a INTEGER)', value: null },
  {
    sql: "{'select': {'2': 1, '1': 0.5}}",
    type: 'STRUCT("select" STRUCT("2" INTEGER, "1" DECIMAL(2,1)))',
    value: { select: { '2': 1, '1': '0.5' } },
  },
  { sql: 'MAP {}', type: 'MAP(INTEGER, INTEGER)', value: [] },
  {
    sql: "MAP {'k': 1, 'a=b': NULL}",
    type: 'MAP(VARCHAR, INTEGER)',
    value: [
      { key: 'k', value: 1 },
      { key: 'a=b', value: null },
    ],
  },
  {
    sql: "MAP {DATE '2024-02-29': [1.5::DOUBLE]}",
    type: 'MAP(DATE, DOUBLE[])',
    value: [{ key: '2024-02-29', value: [1.5] }],
  },
  {
    sql: "MAP {'eeccb8c5-9943-b2bb-bb5e-222f4e14b687'::UUID: 1::HUGEINT}",
    type: 'MAP(UUID, HUGEINT)',
    value: [{ key: 'eeccb8c5-9943-b2bb-bb5e-222f4e14b687', value: '1' }],
  },
  { sql: 'NULL::MAP(VARCHAR, INTEGER)', type: 'MAP(VARCHAR, INTEGER)', value: null },
  {
    sql: "[{'a': ['x'::ENUM('x'), NULL], 'b': INTERVAL '1 day'}]",
    type: "STRUCT(a ENUM('x')[], b INTERVAL)[]",
    value: [{ a: ['x', null], b: '1 day' }],
  },
  {
    sql: "[TIMESTAMP 'infinity', TIMESTAMP '2024-02-29 00:00:00.1']",
    type: 'TIMESTAMP[]',
    value: ['infinity', '2024-02-29 00:00:00.1'],
  },
  {
    sql: '[true, NULL, false, true, true, true, true, true, false, true]',
    type: 'BOOLEAN[]',
    value: [true, null, false, true, true, true, true, true, false, true],
  },
  { sql: 'row(1, 2)', type: 'STRUCT(INTEGER, INTEGER)', value: '(1, 2)' },
  {
    sql: 'union_value(num := 2)::UNION(num INTEGER, str VARCHAR)',
    type: 'UNION(num INTEGER, str VARCHAR)',
    value: '2',
  },
  { sql: "'x'::UNION(num INTEGER, str VARCHAR)", type: 'UNION(num INTEGER, str VARCHAR)', value: 'x' },
  { sql: '1::VARIANT', type: 'VARIANT', value: '1' },
  { sql: "{'a': [1]}::VARIANT", type: 'VARIANT', value: "{'a': [1]}" },
];

export const goldenValues: readonly GoldenValue[] = [...numbers, ...texts, ...times, ...nested];

/** Values of types that only a relay's DuckDB has. */
export const relayGoldenValues: readonly GoldenValue[] = [
  { sql: `'{"a": [1, 2.50]}'::JSON`, type: 'JSON', value: '{"a": [1, 2.50]}' },
  { sql: `{'j': 'null'::JSON}`, type: 'STRUCT(j JSON)', value: { j: 'null' } },
];

import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageOf } from '../errors.ts';
import { macros } from '../sql/datafusion/macros.ts';
import { createFunctionSchemas, dialects, searchPath, type Dialect } from '../sql/dialect.ts';
import { readMisfit } from '../sql/misfit.ts';
import { quoteLiteral } from '../sql/quote.ts';
import { exactSelect } from './exact-cast.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;
const connections = new Map<Dialect, DuckDBConnection>();
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
  for (const statement of [...createFunctionSchemas, searchPath('main', 'datafusion'), ...macros])
    await connection.run(statement);
  for (const dialect of dialects) {
    const own = await instance.connect();
    await own.run(`SET TimeZone = 'UTC'`);
    await own.run(searchPath('main', dialect));
    connections.set(dialect, own);
  }
});
afterAll(() => {
  for (const own of connections.values()) own.closeSync();
  connection.closeSync();
  instance.closeSync();
});

/** The value as DuckDB's text, or `refused`, if every dialect agrees. */
async function cast(from: string, type: string, value: string): Promise<string | null> {
  const [first = null, ...others] = await Promise.all(
    [...connections.values()].map((each) => castOn(each, from, type, value)),
  );
  for (const other of others) expect(other, 'the macros of a dialect change no cast of ours').toBe(first);
  return first;
}

async function castOn(each: DuckDBConnection, from: string, type: string, value: string): Promise<string | null> {
  const select = exactSelect('t', [{ name: 'x', from, type }], `(SELECT ${value} AS x)`);
  try {
    const rows = await each.runAndReadAll(`SELECT x::VARCHAR FROM (${select})`);
    return rows.value(0, 0) as string | null;
  } catch (thrown) {
    if (readMisfit(messageOf(thrown))) return 'refused';
    throw thrown;
  }
}

const refused = 'refused';
const numbers = ['1.7', '-2.5', '007', ' 7 ', '7 ', '+7', '1_000', '0x1F', '0b11', '1e3', '7.0', '-0', '', 'x', '٣'];
const texts: readonly (readonly [type: string, right: Readonly<Record<string, string>>, wrong: readonly string[]])[] = [
  ['INTEGER', { '7': '7', '-7': '-7', '0': '0' }, [...numbers, '2147483648']],
  ['UTINYINT', { '255': '255' }, [...numbers, '-1', '256', '255.4']],
  ['BIGINT', { '9223372036854775807': '9223372036854775807' }, [...numbers, '9223372036854775808']],
  ['HUGEINT', { '170141183460469231731687303715884105727': '170141183460469231731687303715884105727' }, numbers],
  [
    'DOUBLE',
    {
      ...{ '7': '7.0', '7.0': '7.0', '7.': '7.0', '.5': '0.5', '-.5': '-0.5', '1e3': '1000.0', '1E+3': '1000.0' },
      ...{ '0.10': '0.1', '0.30000000000000004': '0.30000000000000004', '0.10000000000000001': '0.1', '0e5': '0.0' },
      ...{ '100000000000000000000': '1e+20', '1e300': '1e+300', '5e-324': '5e-324', '-0.0': '-0.0', NaN: 'nan' },
      ...{ '9007199254740992': '9007199254740992.0', '52.520006600000002': '52.5200066', '-inf': '-inf' },
    },
    [
      ...[
        '12345678901234567',
        '9007199254740993',
        '1e400',
        '-1e400',
        '1e-400',
        '1.2345678e-320',
        '1_000.5',
        ' 1',
        '1 ',
      ],
      ...['+1', '007', '-01.5', '0.1234567890123456789', 'x', '', '1\t', '0x1F', '1,5'],
    ],
  ],
  ['FLOAT', { '0.1': '0.1', '16777216': '16777216.0' }, ['16777217', '3.14159265358979', '1e39', '1_0']],
  ['BOOLEAN', { true: 'true', FALSE: 'false', True: 'true' }, ['yes', 'no', '1', '0', 't', 'f', 'T', ' true', '']],
  [
    'DECIMAL(10,2)',
    { '1.5': '1.50', '1.500': '1.50', '-1': '-1.00', '.25': '0.25', '1.': '1.00' },
    ['1.005', '1e2', '+1'],
  ],
  [
    'DECIMAL(38,10)',
    { '1.5': '1.5000000000', '1234567890123456789.25': '1234567890123456789.2500000000', '-.5': '-0.5000000000' },
    ['0.12345678901', '12345678901234567890123456789', '1_0', '007', '1e2', ' 1'],
  ],
  ['DECIMAL(20,20)', { '.5': '.50000000000000000000' }, ['1', '0.123456789012345678901']],
  ['DECIMAL(5,0)', { '7': '7', '7.0': '7' }, ['7.5', '100000', '007', '1_0', ' 7']],
  [
    'DATE',
    { '2024-01-31': '2024-01-31', '2024/1/5': '2024-01-05', '12024-01-01': '12024-01-01' },
    [
      ...['2024-01-31 23:59:59', '2024-01-31T00:00:00Z', 'infinity', '-infinity', 'epoch', ' 2024-01-31', '2024-02-30'],
      ...['31.01.2024', '20240131', '2024-01-31 '],
    ],
  ],
  [
    'TIMESTAMP',
    {
      ...{ '2024-03-31T02:30:00+02:00': '2024-03-31 00:30:00', '2024-03-31 02:30:00Z': '2024-03-31 02:30:00' },
      ...{ '2024-03-31 02:30:00+0530': '2024-03-30 21:00:00', '2024-03-31': '2024-03-31 00:00:00' },
      ...{ '2024-03-31 02:30:00.1234560': '2024-03-31 02:30:00.123456', '2024-03-31 24:00:00': '2024-04-01 00:00:00' },
    },
    [
      ...['2024-03-31 02:30:00.123456789', 'epoch', 'infinity', '2024-03-31 02:30:00 Europe/Berlin'],
      ...['2024-03-31 02:30+02', '2024-03-31 02:30:00 +02', 'now'],
    ],
  ],
  [
    'TIMESTAMP_S',
    { '2024-03-31 02:30:00.000': '2024-03-31 02:30:00', '2024-03-31 02:30:00+01': '2024-03-31 01:30:00' },
    ['2024-03-31 02:30:00.5'],
  ],
  ['TIMESTAMP_MS', { '2024-03-31 02:30:00.5': '2024-03-31 02:30:00.5' }, ['2024-03-31 02:30:00.1234']],
  [
    'TIMESTAMP_NS',
    { '2024-03-31T02:30:00.123456789+02:00': '2024-03-31 00:30:00.123456789' },
    ['2024-03-31 02:30:00.1234567891', '2500-01-01 00:00:00', '1500-01-01'],
  ],
  [
    'TIMESTAMP WITH TIME ZONE',
    { '2024-03-31T02:30:00+02:00': '2024-03-31 00:30:00+00', '2024-03-31 02:30:00': '2024-03-31 02:30:00+00' },
    ['2024-03-31 02:30:00 Europe/Berlin', '2024-03-31 02:30:00.1234567', 'infinity'],
  ],
  [
    'TIME',
    { '10:00': '10:00:00', '10:00:00.5': '10:00:00.5' },
    ['2024-01-31 10:00:00', '10:00:00.1234567', '10:00:00+02'],
  ],
  ['UUID', { '00112233-4455-6677-8899-AABBCCDDEEFF': '00112233-4455-6677-8899-aabbccddeeff' }, ['x', '']],
  ['INTEGER[]', { '[1, 2]': '[1, 2]', '[NULL]': '[NULL]' }, ['[1.7]', '[007]', '1']],
  [
    'STRUCT(a INTEGER, b DATE)',
    { "{'a': 1, 'b': 2024-01-31}": "{'a': 1, 'b': 2024-01-31}" },
    ["{'a': 1.7}", "{'b': '2024-01-31 10:00:00'}"],
  ],
];

describe.each(texts)('text as %s', (type, right, wrong) => {
  test.each(Object.entries(right))('%j is %s', async (text, value) => {
    expect(await cast('VARCHAR', type, quoteLiteral(text))).toBe(value);
  });
  test.each(wrong)('%j is refused', async (text) => {
    expect(await cast('VARCHAR', type, quoteLiteral(text))).toBe(refused);
  });
  test('NULL stays', async () => {
    expect(await cast('VARCHAR', type, 'NULL::VARCHAR')).toBeNull();
  });
});

test.each([
  ['DOUBLE', 'BIGINT', '2.0::DOUBLE', '2'],
  ['DOUBLE', 'BIGINT', '1.7::DOUBLE', refused],
  ['DOUBLE', 'BIGINT', `'nan'::DOUBLE`, refused],
  ['BIGINT', 'DOUBLE', '9007199254740993::BIGINT', refused],
  ['BIGINT', 'DOUBLE', '9223372036854775807::BIGINT', refused],
  ['BIGINT', 'INTEGER', '300::BIGINT', '300'],
  ['BIGINT', 'TINYINT', '300::BIGINT', refused],
  ['DOUBLE', 'FLOAT', '16777217::DOUBLE', refused],
  ['DECIMAL(8,4)', 'DECIMAL(5,2)', '1.2355::DECIMAL(8,4)', refused],
  ['DECIMAL(8,4)', 'DECIMAL(5,2)', '1.2300::DECIMAL(8,4)', '1.23'],
  ['DOUBLE', 'DECIMAL(10,2)', '0.1::DOUBLE', '0.10'],
  ['TIMESTAMP', 'DATE', `TIMESTAMP '2024-01-31 00:00:00'`, '2024-01-31'],
  ['TIMESTAMP', 'DATE', `TIMESTAMP '2024-01-31 10:00:00'`, refused],
  ['TIMESTAMP_NS', 'TIMESTAMP', `'2024-01-31 10:00:00.123456789'::TIMESTAMP_NS`, refused],
  ['INTEGER', 'BOOLEAN', '5', refused],
  ['BIGINT[]', 'INTEGER[]', '[1, 5000000000]::BIGINT[]', refused],
  ['STRUCT(a DOUBLE)', 'STRUCT(A BIGINT)', `{'a': 2.0::DOUBLE}`, `{'A': 2}`],
  ['STRUCT(a DOUBLE)', 'STRUCT(A BIGINT)', `{'a': 2.5::DOUBLE}`, refused],
  ['MAP(VARCHAR, DOUBLE)', 'MAP(VARCHAR, BIGINT)', `map {'k': 1.5::DOUBLE}`, refused],
  ['MAP(VARCHAR, DOUBLE)', 'MAP(VARCHAR, BIGINT)', `map {'k': 1.0::DOUBLE}`, '{k=1}'],
])('%s as %s: %s is %s', async (from, to, value, outcome) => {
  expect(await cast(from, to, value)).toBe(outcome);
});

test('a value that is missing where it must not be is told apart from one that does not fit', async () => {
  const select = exactSelect(
    't',
    [{ name: 'a/b c', from: 'VARCHAR', type: 'VARCHAR', nullable: false }],
    '(SELECT NULL::VARCHAR AS "a/b c")',
  );
  let message = '';
  await connection.runAndReadAll(select).catch((thrown: unknown) => (message = messageOf(thrown)));
  expect(readMisfit(message)).toEqual({ relation: 't', column: 'a/b c', type: 'VARCHAR' });
});

test('a loss that was asked for is taken', async () => {
  const select = exactSelect(
    't',
    [{ name: 'x', from: 'VARCHAR', type: 'INTEGER', lossy: true }],
    `(SELECT '1.7' AS x)`,
  );
  expect((await connection.runAndReadAll(select)).value(0, 0)).toBe(2);
});

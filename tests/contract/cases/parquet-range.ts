// Values of Parquet files that DuckDB's types cannot hold: refused with their file and column, or told, never changed.
import type { ContractCase } from '../case.ts';
import { bigEndian, byteArray, littleEndian, parquetOf, type LeafElement } from '../parquet-bytes.ts';
import { runDocument, showFile } from '../run-document.ts';
import { summary } from './one-source.ts';

type Unit = 'MILLIS' | 'MICROS' | 'NANOS';

const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;

function timestamp(unit: Unit, isAdjustedToUTC = false): LeafElement {
  return { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC, unit } };
}

function time(unit: Unit, isAdjustedToUTC = false): LeafElement {
  return { type: unit === 'MILLIS' ? 'INT32' : 'INT64', logical_type: { type: 'TIME', isAdjustedToUTC, unit } };
}

function decimal(type: LeafElement['type'], precision: number, scale: number, type_length?: number): LeafElement {
  const digits = { precision, scale };
  const length = type_length === undefined ? {} : { type_length };
  return { type, converted_type: 'DECIMAL', ...digits, ...length, logical_type: { type: 'DECIMAL', ...digits } };
}

const date: LeafElement = { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } };

/** A value among others that are right. */
function values(leaf: LeafElement, value: bigint): Uint8Array[] {
  const bytes = leaf.type === 'INT32' ? 4 : 8;
  return [littleEndian(0, bytes), littleEndian(value, bytes), littleEndian(1, bytes)];
}

const text = 'CAST(x AS VARCHAR) AS x';

function refused(what: string, leaf: LeafElement, all: Uint8Array[], { inStruct = false } = {}): ContractCase {
  return {
    name: `Parquet: beyond DuckDB’s range, ${what} is refused`,
    run: async ({ platform, addFile }) => {
      await addFile('a.parquet', parquetOf('x', leaf, all, { inStruct }));
      const { error, issue } = await runDocument(platform, showFile('a.parquet', '{ type: parquet }'));
      return [
        error,
        issue?.message.replace(/^Row \d+ of /, '').replace(/range of .* in/, 'range in'),
        typeof issue?.hint,
      ];
    },
    expected: ['file.corrupt at 2:41', 'a.parquet has a value beyond the range in column x.', 'string'],
  };
}

function read(
  what: string,
  leaf: LeafElement,
  all: Uint8Array[],
  expected: object,
  query = `SELECT ${text} FROM data`,
) {
  return {
    name: `Parquet: ${what}`,
    run: async ({ platform, addFile }) => {
      await addFile('a.parquet', parquetOf('x', leaf, all));
      return summary(await runDocument(platform, showFile('a.parquet', '{ type: parquet }', query)));
    },
    expected,
  } satisfies ContractCase;
}

const int96: LeafElement = { type: 'INT96' };
const julianDay = 2_440_588;

export const parquetRangeCases: readonly ContractCase[] = [
  ...(
    [
      ['microseconds that DuckDB takes for infinity', timestamp('MICROS'), most],
      ['microseconds that DuckDB takes for -infinity', timestamp('MICROS'), least + 1n],
      ['microseconds before all dates', timestamp('MICROS'), least],
      ['instants that DuckDB takes for infinity', timestamp('MICROS', true), most],
      ['milliseconds that DuckDB takes for infinity', timestamp('MILLIS'), most],
      ['milliseconds that are too many microseconds', timestamp('MILLIS'), 2n ** 62n],
      ['milliseconds of an instant that are too many', timestamp('MILLIS', true), 2n ** 62n],
      ['nanoseconds that DuckDB takes for infinity', timestamp('NANOS'), most],
      ['nanoseconds before all dates', timestamp('NANOS'), least + 5n],
      ['a day that DuckDB takes for infinity', date, 2n ** 31n - 1n],
      ['a day that DuckDB takes for -infinity', date, -(2n ** 31n) + 1n],
      ['a time of a day below zero', time('MICROS'), -1n],
      ['a time of a day of which DuckDB dies', time('MICROS'), most],
      ['a time in milliseconds of which DuckDB dies', time('MILLIS'), -1n],
      ['a time in nanoseconds', time('NANOS'), most],
      ['a time behind the end of the day', time('MICROS'), 86_400_000_001n],
    ] as const
  ).map(([what, leaf, value]) => refused(what, leaf, values(leaf, value))),
  refused('a part of a struct', timestamp('MICROS'), values(timestamp('MICROS'), most), { inStruct: true }),
  refused('a time in a struct', time('MICROS'), values(time('MICROS'), most), { inStruct: true }),
  refused('a decimal of bytes with more digits than are declared', decimal('BYTE_ARRAY', 4, 2), [
    byteArray(bigEndian(123_456, 3)),
  ]),
  refused('a decimal of fixed bytes', decimal('FIXED_LEN_BYTE_ARRAY', 18, 2, 16), [bigEndian(10n ** 20n, 16)]),
  read(
    'times and dates at both ends of DuckDB’s range are read',
    timestamp('MICROS'),
    [littleEndian(-9_223_372_022_400_000_000n, 8), littleEndian(most - 1n, 8)],
    { columns: 'x TIMESTAMP', rows: [['290309-12-22 (BC) 00:00:00'], ['294247-01-10 04:00:54.775806']] },
  ),
  read('24:00:00 is a time', time('MICROS'), [littleEndian(86_400_000_000n, 8)], {
    columns: 'x TIME',
    rows: [['24:00:00']],
  }),
  ...(['DATE', 'TIMESTAMP'] as const).map((type): ContractCase => ({
    name: `Parquet: with lossy, a ${type} beyond DuckDB’s range is read as infinity`,
    run: async ({ platform, addFile }) => {
      const leaf = type === 'DATE' ? date : timestamp('MICROS');
      const bits = type === 'DATE' ? 32n : 64n;
      const bytes = Number(bits / 8n);
      const all = [2n ** (bits - 1n) - 1n, -(2n ** (bits - 1n)), 0n].map((value) => littleEndian(value, bytes));
      await addFile('a.parquet', parquetOf('x', leaf, all));
      const column = `{ name: x, data_type: ${type === 'DATE' ? 'date32' : '"timestamp<us>"'}, lossy: true }`;
      const format = `{ type: parquet, options: { schema: [${column}] } }`;
      return summary(await runDocument(platform, showFile('a.parquet', format, `SELECT ${text} FROM data`)));
    },
    expected: {
      columns: `x ${type}`,
      rows: [['infinity'], ['-infinity'], [type === 'DATE' ? '1970-01-01' : '1970-01-01 00:00:00']],
    },
  })),
  read(
    'instants in nanoseconds lose them, which is told',
    timestamp('NANOS', true),
    [littleEndian(1_001, 8), littleEndian(-1_000, 8)],
    {
      columns: 'x TIMESTAMP WITH TIME ZONE',
      rows: [['1970-01-01 00:00:00.000001+00'], ['1969-12-31 23:59:59.999999+00']],
      told: ['type.converted'],
    },
  ),
  read(
    'times with a zone in nanoseconds lose them, which is told',
    time('NANOS', true),
    [littleEndian(1_999, 8), littleEndian(86_399_999_999_999n, 8)],
    {
      columns: 'x TIME WITH TIME ZONE',
      rows: [['00:00:00.000001+00'], ['23:59:59.999999+00']],
      told: ['type.converted'],
    },
  ),
  read(
    'INT96 loses its nanoseconds, which is told',
    int96,
    [Uint8Array.from([...littleEndian(1_999, 8), ...littleEndian(julianDay, 4)])],
    { columns: 'x TIMESTAMP', rows: [['1970-01-01 00:00:00.000001']], told: ['type.converted'] },
  ),
  {
    name: 'Parquet: the notice of lost nanoseconds names the column and the file',
    run: async ({ platform, addFile }) => {
      await addFile('a.parquet', parquetOf('x', timestamp('NANOS', true), [littleEndian(1, 8)]));
      const { events } = await runDocument(platform, showFile('a.parquet', '{ type: parquet }'));
      return events.flatMap((event) => {
        return event.type === 'notice' && event.issue.code === 'type.converted' ? [event.issue.message] : [];
      });
    },
    expected: ['Column x of a.parquet holds instants in nanoseconds, which are read in microseconds.'],
  },
  read(
    'JSON is text on both sides',
    { type: 'BYTE_ARRAY', converted_type: 'JSON' },
    [byteArray(new TextEncoder().encode('{"a": 1}'))],
    { columns: 'x VARCHAR', rows: [['{"a": 1}']] },
  ),
];

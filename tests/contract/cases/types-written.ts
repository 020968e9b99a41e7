// Types that a format does not have: written as another one or as text, which is told, or refused; never changed.
import type { ContractCase } from '../case.ts';
import { runDocument } from '../run-document.ts';

function write(format: string, item: string): ContractCase['run'] {
  return async ({ platform, listWritten }) => {
    const { error, issue, events } = await runDocument(
      platform,
      `dialect: duckdb
sources: []
stages: [[{ name: result, query: ${JSON.stringify(`SELECT ${item} AS x`)} }]]
destination: { type: file, name: out, location: o.${format}, format: { type: ${format} } }
`,
    );
    if (error !== undefined) return [error.replace(/ at .*/, ''), issue?.message, await listWritten()];
    return events.flatMap((event) => (event.type === 'notice' ? [event.issue.message] : []));
  };
}

const told = (format: string, type: string, item: string): ContractCase => ({
  name: `written as ${format}, ${type} becomes text, which is told`,
  run: write(format.toLowerCase(), item),
  expected: [`${format} has no equal type, so it holds x (${type}) as text.`],
});

const refused = (what: string, item: string, value: string): ContractCase => ({
  name: `written as Parquet, ${what} is refused`,
  run: write('parquet', item),
  expected: ['type.unsupported', `Column x has ${value}, which Parquet cannot hold.`, []],
});

const infinite = (type: string): string => `a ${type} that is infinite or beyond all dates`;

export const writtenTypeCases: readonly ContractCase[] = [
  told('JSON', 'BLOB', `'\\xAA'::BLOB`),
  told('JSON', 'BIT', `'01'::BIT`),
  told('JSON', 'INTERVAL', `INTERVAL '1 day'`),
  told('JSON', 'UNION(a INTEGER)', 'union_value(a := 1)'),
  told('JSON', 'MAP(INTEGER, VARCHAR)', `MAP {1: 'x'}`),
  told('JSON', 'STRUCT(a BLOB[])', `{'a': ['b'::BLOB]}`),
  told('CSV', 'BLOB', `'\\xAA'::BLOB`),
  told('CSV', 'INTEGER[]', '[1]'),
  told('CSV', 'STRUCT(a INTEGER)', `{'a': 1}`),
  told('CSV', 'UNION(a INTEGER)', 'union_value(a := 1)'),
  refused('infinity', `'infinity'::TIMESTAMP`, infinite('TIMESTAMP')),
  refused('-infinity of a date', `'-infinity'::DATE`, infinite('DATE')),
  refused('infinity in a list', `['infinity'::TIMESTAMP]`, infinite('TIMESTAMP[]')),
  refused('an integer of 39 digits', '170141183460469231731687303715884105727', `${2n ** 127n - 1n}, a HUGEINT`),
  refused(
    'an integer of 39 digits in a struct',
    `{'a': 170141183460469231731687303715884105727}`,
    `${2n ** 127n - 1n}, a STRUCT(a HUGEINT)`,
  ),
  {
    name: 'dialect datafusion: a sum of more than 64 bits is told in words of SQL, with what to do',
    run: async ({ platform }) => {
      const { error, issue } = await runDocument(
        platform,
        `dialect: datafusion
sources: [{ type: inline, name: data, csv: "x\\n9223372036854775807\\n9223372036854775806\\n" }]
stages: [[{ name: result, query: SELECT sum(x) AS x FROM data }]]
destination: { type: file, name: out, location: o.parquet, format: { type: parquet, options: {} } }
`,
      );
      return [error?.replace(/ at .*/, ''), issue?.message, issue?.hint];
    },
    expected: [
      'sql.failed',
      '18446744073709551613 in column x is out of the range of BIGINT.',
      'Cast to DECIMAL(38, 0) or DOUBLE before computing with it.',
    ],
  },
];

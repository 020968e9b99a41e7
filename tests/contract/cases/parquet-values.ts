// What values of Parquet files become, of one file or of several whose columns differ: exactly what was written, or an
// error that names file and column.
import type { ContractCase, ContractContext } from '../case.ts';
import { runDocument, showFile } from '../run-document.ts';
import { summary } from './one-source.ts';

const parquet = '{ type: parquet }';

/** Writes the rows of a query as a Parquet file and puts it where sources find it. */
async function addParquet({ platform, readFile, addFile }: ContractContext, path: string, query: string) {
  const name = path.replaceAll('/', '_');
  await runDocument(
    platform,
    `sources: []
stages: [[{ name: result, query: ${JSON.stringify(query)} }]]
destination: { type: file, name: out, location: "written_${name}", format: { type: parquet } }
`,
  );
  await addFile(path, (await readFile(`written_${name}`)) ?? '');
}

/** A case over the files of these queries, in this order. */
function files(
  name: string,
  queries: readonly string[],
  expected: object,
  { format = parquet, query = 'SELECT * FROM data' } = {},
): ContractCase {
  return {
    name: `Parquet: ${name}`,
    run: async (context) => {
      for (const [index, each] of queries.entries()) await addParquet(context, `d/${index}.parquet`, each);
      return summary(await runDocument(context.platform, showFile('d/*.parquet', format, query)));
    },
    expected,
  };
}

const schema = (...columns: string[]): string => `{ type: parquet, options: { schema: [${columns.join(', ')}] } }`;
/** A case over files with a value that does not fit column x. */
function misfit(name: string, queries: readonly string[], format = parquet): ContractCase {
  const told = files(name, queries, {}, { format });
  return {
    ...told,
    run: async (context) => {
      const { error, message } = (await told.run(context)) as { error?: string; message?: string };
      return [error?.replace(/ at .*/, ''), message?.includes('in column x')];
    },
    expected: ['file.corrupt', true],
  };
}

const refusedAt = 'type.unsupported at 2:41';

export const parquetValueCases: readonly ContractCase[] = [
  files(
    'types of several files become common ones, and new columns are added, which is told',
    [
      `SELECT 1::BIGINT AS x, DATE '2024-01-01' AS d`,
      `SELECT 1.5::DOUBLE AS x, TIMESTAMP '2024-01-02 23:30:00' AS d, 7 AS fresh`,
    ],
    {
      columns: 'x DOUBLE, d TIMESTAMP, fresh INTEGER',
      rows: [
        [1, '2024-01-01 00:00:00', null],
        [1.5, '2024-01-02 23:30:00', 7],
      ],
      told: ['file.lacks_column'],
    },
  ),
  ...(
    [
      ['decimals of two scales', '1.23::DECIMAL(5,2)', '1.2355::DECIMAL(8,4)', 'DECIMAL(8,4)', ['1.2300', '1.2355']],
      ['integers of two widths', '1::TINYINT', '300::SMALLINT', 'SMALLINT', [1, 300]],
      [
        'an unsigned integer and one with a sign',
        '4294967295::UINTEGER',
        '-1::INTEGER',
        'BIGINT',
        ['4294967295', '-1'],
      ],
      [
        'microseconds and nanoseconds',
        `TIMESTAMP '2024-01-01 00:00:00.000001'`,
        `'2024-01-01 00:00:00.000000001'::TIMESTAMP_NS`,
        'TIMESTAMP_NS',
        ['2024-01-01 00:00:00.000001', '2024-01-01 00:00:00.000000001'],
      ],
      ['lists', '[1::TINYINT]', '[1000]', 'INTEGER[]', [[1], [1000]]],
      [
        'structs',
        `{'a': 1}`,
        `{'b': 'x', 'A': 2::BIGINT}`,
        'STRUCT(a BIGINT, b VARCHAR)',
        [
          { a: '1', b: null },
          { a: '2', b: 'x' },
        ],
      ],
      ['integers and decimals', '7::TINYINT', '1.5::DECIMAL(4,2)', 'DECIMAL(5,2)', ['7.00', '1.50']],
    ] as const
  ).map(([what, first, second, type, [one, other]]) =>
    files(`of several files, ${what}`, [`SELECT ${first} AS x`, `SELECT ${second} AS x`], {
      columns: `x ${type}`,
      rows: [[one], [other]],
    }),
  ),
  ...(
    [
      ['truth values and integers', 'true', '5', 'BOOLEAN', 'INTEGER'],
      ['integers and text', '1', `'1.5'`, 'INTEGER', 'VARCHAR'],
      ['decimals of more than 38 digits', '1::DECIMAL(38,0)', '1::DECIMAL(38,38)', 'DECIMAL(38,0)', 'DECIMAL(38,38)'],
      ['structs that differ', `{'a': 1}`, `{'a': 'x'}`, 'STRUCT(a INTEGER)', 'STRUCT(a VARCHAR)'],
    ] as const
  ).map(([what, first, second, one, other]) =>
    files(
      `no common type for ${what}`,
      [`SELECT ${first} AS x`, `SELECT ${second.replace('1::DECIMAL(38,38)', '0::DECIMAL(38,38)')} AS x`],
      {
        error: refusedAt,
        message: `Column x is ${one} in d/0.parquet and ${other} in d/1.parquet: no type holds the values of both.`,
      },
    ),
  ),
  misfit('an integer that a double would round, among doubles of another file', [
    'SELECT 0.5::DOUBLE AS x',
    'SELECT 9007199254740993 AS x',
  ]),
  files('names in another case are one column', ['SELECT 1 AS x', 'SELECT 2 AS "X"'], {
    columns: 'x INTEGER',
    rows: [[1], [2]],
  }),
  files(
    'a declared name in another case',
    ['SELECT 1 AS x'],
    { columns: 'X INTEGER', rows: [[1]] },
    { format: schema('{ name: X, data_type: int32 }') },
  ),
  ...(
    [
      ['a fraction', '1.7::DOUBLE', 'int32'],
      ['a time', `TIMESTAMP '2024-01-01 23:00:00'`, 'date32'],
      ['digits of a double', '0.1::DOUBLE', 'float32'],
      ['digits behind the point', '1.005::DECIMAL(10,3)', 'decimal<10,2>'],
      ['nanoseconds', `'2024-01-01 00:00:00.000000001'::TIMESTAMP_NS`, 'timestamp<us>'],
      ['a number of a text', `'007'`, 'int32'],
    ] as const
  ).map(([what, value, type]) =>
    misfit(
      `with a declared schema, ${what} is refused`,
      [`SELECT ${value} AS x`],
      schema(`{ name: x, data_type: "${type}" }`),
    ),
  ),
  files(
    'with a declared schema, what fits is read',
    [`SELECT 7::DOUBLE AS x, TIMESTAMP '2024-01-01 00:00:00' AS d, 1.500::DECIMAL(10,3) AS e`],
    { columns: 'x INTEGER, d DATE, e DECIMAL(10,2)', rows: [[7, '2024-01-01', '1.50']] },
    {
      format: schema(
        '{ name: x, data_type: int32 }',
        '{ name: d, data_type: date32 }',
        '{ name: e, data_type: "decimal<10,2>" }',
      ),
    },
  ),
  misfit(
    'a missing value where none may be missing',
    ['SELECT 1 AS x', 'SELECT NULL::INTEGER AS x'],
    schema('{ name: x, data_type: int32, nullable: false }'),
  ),
];

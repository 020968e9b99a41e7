// What values of JSON become: exactly what was written, or text, or an error that names the line.
import type { ContractCase } from '../case.ts';
import { runDocument, showFile } from '../run-document.ts';
import { bytesOf, reading, refused } from './one-file.ts';
import { documentOf, summary } from './one-source.ts';

const json = '{ type: json }';
const schema = (...columns: string[]): string => `{ type: json, options: { schema: [${columns.join(', ')}] } }`;
const column = (name: string, type: string): string => `{ name: ${name}, data_type: "${type}" }`;

const inline = (name: string, text: string, expected: object): ContractCase => ({
  name,
  run: async ({ platform }) => summary(await runDocument(platform, text)),
  expected,
});

export const jsonValueCases: readonly ContractCase[] = [
  ...['', '\\u0000'].flatMap((key) => [
    reading(
      `JSON: an object with the key "${key}" is text, which is told (was an error of SQL)`,
      'a.json',
      json,
      `{"a":{"${key}":1}}\n{"a":{"b":2}}\n`,
      { columns: 'a VARCHAR', rows: [[`{"${key}":1}`], ['{"b":2}']], told: ['type.kept_as_text'] },
    ),
    reading(`JSON: a record with the key "${key}" is refused in words`, 'a.json', json, `{"${key}":1}\n`, {
      error: 'type.unsupported at 2:41',
      message: 'a.json has a key that is empty or has a NUL, which no column may be called.',
    }),
  ]),
  reading(
    'JSON: numbers are typed as they are written',
    'a.json',
    json,
    '{"a":7.0,"b":7,"c":1e2,"d":1e19,"e":1e300}\n',
    {
      columns: 'a DOUBLE, b BIGINT, c DOUBLE, d DOUBLE, e DOUBLE',
      rows: [[7, '7', 100, 1e19, 1e300]],
    },
  ),
  reading(
    'JSON: numbers in lists and structs are typed as they are written',
    'a.json',
    json,
    '{"l":[1.0,2.0],"s":{"x":3.0,"y":3}}\n',
    {
      columns: 'l DOUBLE[], s STRUCT(x DOUBLE, y BIGINT)',
      rows: [[[1, 2], { x: 3, y: '3' }]],
    },
  ),
  reading(
    'JSON: numbers that no type holds become text, which is told',
    'a.json',
    json,
    '{"a":1e400,"b":0.12345678901234567890,"c":[9223372036854775808],"d":1e-400}\n',
    {
      columns: 'a VARCHAR, b VARCHAR, c VARCHAR[], d VARCHAR',
      rows: [['1e400', '0.12345678901234567890', ['9223372036854775808'], '1e-400']],
      told: Array<string>(4).fill('type.kept_as_text'),
    },
  ),
  reading(
    'JSON: integers among fractions become doubles where doubles hold them',
    'a.json',
    json,
    '{"a":1,"b":9007199254740993}\n{"a":0.5,"b":0.5}\n',
    {
      columns: 'a DOUBLE, b VARCHAR',
      rows: [
        [1, '9007199254740993'],
        [0.5, '0.5'],
      ],
      told: ['type.kept_as_text'],
    },
  ),
  reading(
    'JSON: mixed values are text as it was written',
    'a.json',
    json,
    '{"a":1.10}\n{"a":"x"}\n{"a":{"2":1.0,"1":1e2}}\n',
    {
      columns: 'a VARCHAR',
      rows: [['1.10'], ['x'], ['{"2":1.0,"1":1e2}']],
      told: ['type.kept_as_text'],
    },
  ),
  reading('JSON: 17 digits that a double prints are a double', 'a.json', json, '{"a":0.30000000000000004,"b":1e23}\n', {
    columns: 'a DOUBLE, b DOUBLE',
    rows: [[0.30000000000000004, 1e23]],
  }),
  reading(
    'JSON: keys that look like integers keep their place',
    'a.json',
    json,
    '{"id":7,"2024":100,"2023":{"b":1,"10":2,"9":3}}\n',
    {
      columns: 'id BIGINT, 2024 BIGINT, 2023 STRUCT(b BIGINT, "10" BIGINT, "9" BIGINT)',
      rows: [['7', '100', { b: '1', '10': '2', '9': '3' }]],
    },
  ),
  ...(
    [
      ['lines', '\uFEFF{"a":1}\n'],
      ['a list', '\uFEFF[{"a":1}]'],
      ['compressed lines', { gzip: '\uFEFF{"a":1}\n' }],
    ] as const
  ).flatMap(([what, content]) => {
    const file = typeof content === 'string' ? 'a.json' : 'a.json.gz';
    return [json, schema(column('a', 'int64'))].map((format) =>
      reading(
        `JSON: ${what} with a byte order mark, ${format === json ? 'inferred' : 'declared'}`,
        file,
        format,
        content,
        {
          columns: 'a BIGINT',
          rows: [['1']],
        },
      ),
    );
  }),
  {
    name: 'JSON: a byte order mark in the second file',
    run: async ({ platform, addFile }) => {
      await addFile('d/a.json', '{"a":1}\n');
      await addFile('d/b.json', await bytesOf('\uFEFF{"a":2}\n'));
      return summary(await runDocument(platform, showFile('d/*.json', json)));
    },
    expected: { columns: 'a BIGINT', rows: [['1'], ['2']] },
  },
  refused(
    'JSON: half of a surrogate pair',
    'a.json',
    json,
    '{"a":"\\ud83d"}\n',
    'Line 1 of a.json holds half of a surrogate pair, which is no text.',
  ),
  refused(
    'JSON: 20,000 levels',
    'a.json',
    json,
    `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}\n`,
    'Line 1 of a.json nests deeper than 500 levels.',
  ),
  reading(
    'JSON: 400 levels are text, which is told',
    'a.json',
    json,
    `{"a":${'['.repeat(400)}1${']'.repeat(400)}}\n`,
    {
      columns: `a VARCHAR${'[]'.repeat(50)}`,
      rows: [['1']],
      told: ['type.kept_as_text'],
    },
    'SELECT count(*) AS n FROM data',
  ),
  reading(
    'JSON: a declared column finds the key in another case',
    'a.json',
    schema(column('id', 'string'), column('s', 'struct<X:int64>')),
    '{"Id":"x","s":{"x":1}}\n',
    {
      columns: 'id VARCHAR, s STRUCT(X BIGINT)',
      rows: [['x', { X: '1' }]],
    },
  ),
  reading(
    'JSON: a declared column takes the key of its very name',
    'a.json',
    schema(column('id', 'string')),
    '{"Id":"x","id":"y"}\n',
    {
      columns: 'id VARCHAR',
      rows: [['y']],
    },
  ),
  reading(
    'JSON: a declared column with several keys in other cases',
    'a.json',
    schema(column('id', 'string')),
    '{"Id":"x","ID":"y"}\n',
    {
      error: 'type.unsupported at 2:41',
      message: 'a.json has the keys Id and ID for the column id.',
    },
  ),
  reading(
    'JSON: a declared key that no record has is told',
    'a.json',
    schema(column('id', 'string'), column('idd', 'string')),
    '{"id":"x"}\n',
    {
      columns: 'id VARCHAR, idd VARCHAR',
      rows: [['x', null]],
      told: ['file.no_columns'],
    },
  ),
  inline(
    'inline rows: numbers are typed as YAML writes them, keys keep their order',
    documentOf('type: inline, rows: [{ b: 1.0, "2024": 2, "2023": .5, a: 1e2, n: 0x1F, m: +7, o: 1. }]'),
    {
      columns: 'b DOUBLE, 2024 BIGINT, 2023 DOUBLE, a DOUBLE, n BIGINT, m BIGINT, o DOUBLE',
      rows: [[1, '2', 0.5, 100, '31', '7', 1]],
    },
  ),
  inline(
    'inline rows: numbers are typed as JSON writes them',
    '{"sources":[{"type":"inline","name":"data","rows":[{"b":1.0,"10":1,"9":1e400}]}],"stages":[[{"name":"result","query":"SELECT * FROM data","show":5}]]}',
    {
      columns: 'b DOUBLE, 10 BIGINT, 9 VARCHAR',
      rows: [[1, '1', '1e400']],
      told: ['type.kept_as_text'],
    },
  ),
  inline(
    'inline rows: numbers are typed as TOML writes them',
    '[[sources]]\ntype = "inline"\nname = "data"\nrows = [{ b = 1.0, "10" = 1_000, "9" = 1_0.5 }]\n[[stages]]\nname = "result"\nquery = "SELECT * FROM data"\nshow = 5\n',
    {
      columns: 'b DOUBLE, 10 BIGINT, 9 DOUBLE',
      rows: [[1, '1000', 10.5]],
      told: ['document.alias'],
    },
  ),
  ...(
    [
      ['a time behind a date', 'date32', '"2024-01-01 23:00:00"'],
      ['more digits than a decimal has', 'decimal<10,2>', '"1.005"'],
      ['more digits than a decimal has, as a number', 'decimal<10,2>', '1.005'],
      ['more digits than a float has', 'float32', '1.23456789012'],
      ['a fraction', 'uint64', '1.5'],
      ['nothing', 'int64', 'null', 'nullable: false'],
    ] as const
  )
    .map(([what, type, value, more = 'nullable: true']) =>
      reading(
        `JSON with a declared schema: ${what}`,
        'a.json',
        schema(`{ name: a, data_type: "${type}", ${more} }`),
        `{"a":${value}}\n`,
        { refused: 'file.corrupt' },
      ),
    )
    .map((each): ContractCase => ({
      ...each,
      run: async (context) => ({
        refused: ((await each.run(context)) as { error?: string }).error?.replace(/ at .*/, ''),
      }),
    })),
  reading(
    'JSON with a declared schema: offsets are applied, and what fits is read',
    'a.json',
    schema(
      ...[column('at', 'timestamp<us>'), column('ns', 'timestamp<ns>'), column('d', 'decimal<10,2>')],
      ...[column('f', 'float32'), column('l', 'list<float32>'), column('p', 'fixed_list<int32,2>')],
    ),
    '{"at":"2024-01-01T02:00:00+02:00","ns":"2024-01-01T02:00:00+02:00","d":1.10,"f":0.1,"l":[0.25],"p":[1,2]}\n',
    {
      columns: 'at TIMESTAMP, ns TIMESTAMP_NS, d DECIMAL(10,2), f FLOAT, l FLOAT[], p INTEGER[2]',
      rows: [['2024-01-01 00:00:00', '2024-01-01 00:00:00', '1.10', 0.1, [0.25], [1, 2]]],
    },
  ),
];

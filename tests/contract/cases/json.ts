// JSON in lines and in lists, what is wrong with files of it, and files that are something else.
import type { ContractCase } from '../case.ts';
import { runDocument, showFile } from '../run-document.ts';
import { bytesOf, reading, refused } from './one-file.ts';

const json = '{ type: json }';
const parquet = '{ type: parquet }';
const many = Array.from({ length: 30_000 }, (_, index) => `{"a":${index},"b":${(index * 7919) % 1000}}`).join('\n');

export const jsonCases: readonly ContractCase[] = [
  reading('JSON: a list', 'a.json', json, ' [ {"a":9007199254740993,"b":{"c":[1,null]}},\n{"a":2}\n]\n', {
    columns: 'a BIGINT, b STRUCT(c BIGINT[])',
    rows: [
      ['9007199254740993', { c: ['1', null] }],
      ['2', null],
    ],
  }),
  reading('JSON: an empty list', 'a.json', json, '[]', {
    columns: 'json VARCHAR',
    rows: [],
    told: ['file.no_columns'],
  }),
  reading(
    'JSON: a list with a declared schema',
    'a.json',
    '{ type: json, options: { layout: array, schema: [{ name: a, data_type: int32 }] } }',
    '[{"a":1},null,{"b":2}]',
    {
      columns: 'a INTEGER',
      rows: [[1], [null], [null]],
    },
  ),
  reading(
    'JSON: compressed lines and a compressed list',
    'a.json.gz',
    json,
    { gzip: '[{"a":1}]' },
    { columns: 'a BIGINT', rows: [['1']] },
  ),
  refused(
    'JSON: a list that is cut',
    'a.json',
    json,
    '[{"a":1},\n{"a":2}',
    'Line 2 of a.json is the last one, but the list does not end.',
  ),
  refused(
    'JSON: a list that goes on',
    'a.json',
    json,
    '[{"a":1}]\n[]',
    'Line 2 of a.json goes on after the end of the list.',
  ),
  refused(
    'JSON: a key that is given twice, also in a list within',
    'a.json',
    json,
    '{"a":1}\n{"a":2,"l":[{"b":1,"b":1}]}\n',
    'Line 2 of a.json gives a key twice in one object.',
  ),
  refused(
    'JSON: an element that is no object',
    'a.json',
    json,
    '[{"a":1},\n7]',
    'Line 2 of a.json holds a number where an object belongs.',
  ),
  refused(
    'JSON: a line that is no object',
    'a.json',
    json,
    '{"a":1}\n"x"\n',
    'Line 2 of a.json holds a string where an object belongs.',
  ),
  refused(
    'JSON: compressed and cut off',
    'a.json.gz',
    json,
    { gzip: many, cut: 9000 },
    'a.json.gz cannot be decompressed: it was cut off.',
  ),
  ...(
    [
      ['a line that is cut', 'lines', '{"a":1}\n{"a":'],
      ['a line that is no object', 'lines', '{"a":1}\n7\n'],
      ['a list that is cut', 'array', '[{"a":1},\n{"a":2}'],
      ['an element that is no object', 'array', '[{"a":1},\n[7]]'],
      ['true among integers', 'lines', '{"a":-1}\n{"a":true}\n'],
      ['a fraction among integers', 'lines', '{"a":-1}\n{"a":2.5}\n'],
      ['a comma too many', 'array', '[{"a":1},]'],
      ['two lists', 'array', '[{"a":1}] [{"a":1}]'],
      ['a list where lines are declared', 'lines', '[{"a":1}]'],
      ['lines where a list is declared', 'array', '{"a":1}\n{"a":2}\n'],
    ] as const
  ).map(([what, layout, content]): ContractCase => {
    const format = `{ type: json, options: { layout: ${layout}, schema: [{ name: a, data_type: int64 }] } }`;
    return {
      name: `JSON with a declared schema: ${what}`,
      run: async ({ platform, addFile }) => {
        await addFile('a.json', content);
        return (await runDocument(platform, showFile('a.json', format))).error;
      },
      expected: 'file.corrupt at 2:41',
    };
  }),
  {
    name: 'JSON with a declared schema: integers of both signs, fractions and nulls are what they are',
    run: async ({ platform, addFile }) => {
      const schema = '[{ name: a, data_type: int64 }, { name: b, data_type: float64 }, { name: c, data_type: bool }]';
      const numbers = '{"a":-1,"b":-1,"c":null}\n{"a":9223372036854775807,"b":2.5,"c":null}\n';
      await addFile('a.json', numbers);
      const format = `{ type: json, options: { schema: ${schema} } }`;
      const { columns, shown } = await runDocument(platform, showFile('a.json', format));
      return { columns: columns['data'], rows: shown['result'] };
    },
    expected: {
      columns: 'a BIGINT, b DOUBLE, c BOOLEAN',
      rows: [
        ['-1', -1, null],
        ['9223372036854775807', 2.5, null],
      ],
    },
  },
  ...(
    [
      ['JSON', json, 'CSV', 'a,b\n1,2\n'],
      ['Parquet', parquet, 'CSV', 'a,b\n1,2\n'],
      ['Parquet', parquet, 'gzip', { gzip: 'a\n' }],
      ['Parquet', parquet, 'JSON', '{"a":1}'],
    ] as const
  ).map(([declared, format, what, content]): ContractCase => ({
    name: `${declared}: it is ${what}`,
    run: async ({ platform, addFile }) => {
      await addFile('a.file', await bytesOf(content));
      return (await runDocument(platform, showFile('a.file', format))).error;
    },
    expected: 'file.corrupt at 2:41',
  })),
  reading(
    'JSON with a declared schema: lossy columns take what CAST makes of the values',
    'a.json',
    '{ type: json, options: { schema: [{ name: i, data_type: int64, lossy: true }, { name: d, data_type: date32, lossy: true }, { name: x, data_type: float64, lossy: true }] } }',
    '{"i":2.6,"d":"2024-01-01 23:00:00","x":0.12345678901234567890}\n',
    { columns: 'i BIGINT, d DATE, x DOUBLE', rows: [['3', '2024-01-01', 0.12345678901234568]] },
  ),
];

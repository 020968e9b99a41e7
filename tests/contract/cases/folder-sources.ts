// Several files as one relation: folders, Hive partitions and patterns.
import type { ContractCase } from '../case.ts';
import { runDocument } from '../run-document.ts';
import { documentOf, summary } from './one-source.ts';

const csv = '{ type: csv }';
const json = '{ type: json }';

function reading(
  name: string,
  files: Readonly<Record<string, string>>,
  source: string,
  expected: object,
): ContractCase {
  return {
    name,
    run: async ({ platform, addFile }) => {
      for (const [path, content] of Object.entries(files)) await addFile(path, content);
      return summary(await runDocument(platform, documentOf(source)));
    },
    expected,
  };
}

const dated = {
  'sales/year=2024/month=01/a.csv': 'item,price\nx,1.5\n',
  'sales/year=2024/month=02/b.csv': 'item,price\ny,2\n',
  'sales/year=2025/month=__HIVE_DEFAULT_PARTITION__/c.csv': 'item,price\nz,\n',
};
const yearAndMonth = 'partition_columns: [[year, int32], [month, string]]';

export const folderReadingCases: readonly ContractCase[] = [
  reading(
    'a directory: folders are columns, in the declared order and types',
    dated,
    `type: directory, location: sales, format: ${csv}, ${yearAndMonth}`,
    {
      columns: 'item VARCHAR, price DOUBLE, year INTEGER, month VARCHAR',
      rows: [
        ['x', 1.5, 2024, '01'],
        ['y', 2, 2024, '02'],
        ['z', null, 2025, null],
      ],
    },
  ),
  reading(
    'a directory: folders that nobody declares are told and are no columns',
    dated,
    `type: directory, location: ./sales/, format: ${csv}, partition_columns: [{ name: month, data_type: string }]`,
    {
      columns: 'item VARCHAR, price DOUBLE, month VARCHAR',
      rows: [
        ['x', 1.5, '01'],
        ['y', 2, '02'],
        ['z', null, null],
      ],
      told: ['file.partition'],
    },
  ),
  reading(
    'a directory: JSON in lines and in lists, plain and with values from folders',
    {
      'd/k=b%2Fc/lines.json': '{"a":1}\n{"a":2}\n',
      'd/k=NULL/list.json': '[{"a":3},\n{"a":4,"late":true}]',
      'd/k=/empty.json': '',
    },
    `type: directory, location: d, format: ${json}, partition_columns: [[k, string]]`,
    {
      columns: 'a BIGINT, late BOOLEAN, k VARCHAR',
      rows: [
        ['1', null, 'b/c'],
        ['2', null, 'b/c'],
        ['3', null, 'NULL'],
        ['4', true, 'NULL'],
      ],
    },
  ),
  ...['timestamp<s>', 'timestamp<ms>', 'timestamp<us>', 'timestamp<ns>', 'timestamp<us,UTC>'].map((type) =>
    reading(
      `a directory: a value with an offset keeps its instant as ${type}`,
      { 'd/d=2024-03-31T02%3A30%3A00+02%3A00/a.csv': 'a\n1\n' },
      `type: directory, location: d, format: ${csv}, partition_columns: [[d, '${type}']]`,
      {
        columns: `a BIGINT, d ${{ s: 'TIMESTAMP_S', ms: 'TIMESTAMP_MS', us: 'TIMESTAMP', ns: 'TIMESTAMP_NS' }[type.slice(10, -1)] ?? 'TIMESTAMP WITH TIME ZONE'}`,
        rows: [['1', type.includes('UTC') ? '2024-03-31 00:30:00+00' : '2024-03-31 00:30:00']],
      },
    ),
  ),
  reading(
    'a directory: numbers may have zeros before them, so that their folders sort',
    { 'd/month=01/share=00.50/a.csv': 'a\n1\n', 'd/month=-007/share=0/a.csv': 'a\n2\n' },
    `type: directory, location: d, format: ${csv}, partition_columns: [[month, int32], [share, 'decimal<5,1>']]`,
    {
      columns: 'a BIGINT, month INTEGER, share DECIMAL(5,1)',
      rows: [
        ['1', 1, '0.5'],
        ['2', -7, '0.0'],
      ],
    },
  ),
  reading(
    'a directory: values are dates and decimals where they are declared so',
    { 'd/day=2024-01-31/share=1.50/a.csv': 'a\n1\n', 'd/day=2024-02-01/share=-0.5/a.csv': 'a\n2\n' },
    `type: directory, location: d, format: ${csv}, partition_columns: [[day, date32], [share, "decimal<4,2>"]]`,
    {
      columns: 'a BIGINT, day DATE, share DECIMAL(4,2)',
      rows: [
        ['1', '2024-01-31', '1.50'],
        ['2', '2024-02-01', '-0.50'],
      ],
    },
  ),
  ...(
    [
      ['1.5', 'int32', 'INTEGER'],
      ['x', 'int32', 'INTEGER'],
      ['300', 'int8', 'TINYINT'],
      ['2024-01-31 10:00', 'date32', 'DATE'],
      ['1.555', '"decimal<5,2>"', 'DECIMAL(5,2)'],
    ] as const
  ).map(([value, type, name]) =>
    reading(
      `a directory: the value ${value} is no ${name}`,
      { [`d/k=${value}/a.csv`]: 'a\n1\n' },
      `type: directory, location: d, format: ${csv}, partition_columns: [[k, ${type}]]`,
      {
        error: 'file.partition at 2:46',
        message: `d/k=${value}/a.csv has the value "${value}" for k, which is no ${name}.`,
      },
    ),
  ),
  reading(
    'a directory: a file outside of the declared folders is refused',
    { ...dated, 'sales/year=2024/late.csv': 'item,price\nw,1\n' },
    `type: directory, location: sales, format: ${csv}, ${yearAndMonth}`,
    {
      error: 'file.partition at 2:46',
      message: 'sales/year=2024/late.csv lies in no folder month=value, though month is a partition column.',
    },
  ),
  reading(
    'a directory: a column that the files have as well is refused',
    { 'd/a=1/x.csv': 'a\n1\n' },
    `type: directory, location: d, format: ${csv}, partition_columns: [[a, string]]`,
    {
      error: 'file.partition at 2:46',
      message: 'a is a column of the files of data and one of its partition columns.',
    },
  ),
  reading(
    'a directory: hidden files do not count, and files of other formats are told',
    {
      'd/a.csv': 'a\n1\n',
      'd/_SUCCESS': '',
      'd/.hidden.csv': 'b\n2\n',
      'd/_temporary/b.csv': 'b\n2\n',
      'd/read.me': 'hello',
    },
    `type: directory, location: d, format: ${csv}`,
    { columns: 'a BIGINT', rows: [['1']], told: ['file.skipped'] },
  ),
  reading(
    'a directory: no files, and no files of the format',
    { 'd/a.json': '{}', 'd/read.me': 'hello' },
    `type: directory, location: d, format: ${csv}`,
    {
      error: 'file.not_found at 2:46',
      message: 'No file has a name that ends in .csv, .tsv, .csv.gz, .tsv.gz in the folder d.',
    },
  ),
  reading('a directory that is not there', {}, `type: directory, location: nowhere, format: ${csv}`, {
    error: 'file.not_found at 2:46',
    message: 'There are no files in the folder nowhere.',
  }),
  reading(
    'a pattern: all that matches, whatever its ending, in order',
    { 'logs/1.log': 'a\n1\n', 'logs/2.log': 'a\n2\n', 'logs/3.txt': 'a\n3\n', 'logs/deep/4.log': 'a\n4\n' },
    `type: file, location: "logs/*.log", format: ${csv}`,
    { columns: 'a BIGINT', rows: [['1'], ['2']] },
  ),
  reading(
    'a pattern: all folders',
    { 'logs/1.log': 'a\n1\n', 'logs/x/y/2.log': 'a\n2\n', 'logs/.x/3.log': 'a\n3\n' },
    `type: file, location: "./logs/**/[0-9].log", format: ${csv}`,
    { columns: 'a BIGINT', rows: [['1'], ['2']] },
  ),
  reading(
    'a pattern that is the name of a file',
    { 'a[1].csv': 'a\n1\n' },
    `type: file, location: "a[1].csv", format: ${csv}`,
    { columns: 'a BIGINT', rows: [['1']] },
  ),
  reading('a pattern that nothing matches', { 'a.csv': 'a\n1\n' }, `type: file, location: "*.tsv", format: ${csv}`, {
    error: 'file.not_found at 2:41',
    message: 'No file matches *.tsv.',
  }),
  reading(
    'a folder at a source for a file',
    { 'd/a.csv': 'a\n1\n', 'd/k=2/b.csv': 'a\n2\n' },
    `type: file, location: d, format: ${csv}`,
    { columns: 'a BIGINT', rows: [['1'], ['2']] },
  ),
  reading(
    'several CSV files: types come from the first with rows, and empty files do not count',
    { 'd/1.csv': '', 'd/2.csv': 'a,b\n', 'd/3.csv': 'a,b\n1,x\n', 'd/4.csv': 'a,b\n2,y' },
    `type: directory, location: d, format: ${csv}`,
    {
      columns: 'a BIGINT, b VARCHAR',
      rows: [
        ['1', 'x'],
        ['2', 'y'],
      ],
    },
  ),
  reading(
    'several CSV files: columns are matched by the names in the headers, and those of later files are read, too',
    { 'd/1.csv': 'a,b\n1,x\n', 'd/2.csv': 'B,a,c\ny,2,7\n' },
    `type: directory, location: d, format: ${csv}`,
    {
      columns: 'a BIGINT, b VARCHAR, c BIGINT',
      rows: [
        ['1', 'x', null],
        ['2', 'y', '7'],
      ],
      told: ['file.lacks_column'],
    },
  ),
  reading(
    'several CSV files: a type that holds the values of all of them',
    {
      'd/1.csv': 'x,d,n\n1,2024-01-01,1\n',
      'd/2.csv': 'x,d,n\n1.5,2024-01-02 23:30:00,007\n',
      'd/3.csv': 'x,d,n\n,2024-01-03T10:00:00+02:00,\n',
    },
    `type: directory, location: d, format: ${csv}`,
    {
      columns: 'x DOUBLE, d TIMESTAMP, n VARCHAR',
      rows: [
        [1, '2024-01-01 00:00:00', '1'],
        [1.5, '2024-01-02 23:30:00', '007'],
        [null, '2024-01-03 08:00:00', null],
      ],
      told: ['type.kept_as_text'],
    },
  ),
  reading(
    'several CSV files: a value that does not fit names its file and line',
    { 'd/1.csv': 'a\n1\n', 'd/2.csv': 'a\n2\nx\n' },
    `type: directory, location: d, format: ${csv}`,
    { error: 'file.corrupt at 2:46', message: 'Line 3 of d/2.csv has "x" in column a, which is BIGINT.' },
  ),
  reading(
    'several JSON files: columns come from all of them',
    { 'd/1.jsonl': '{"a":1}\n', 'd/2.ndjson': '{"a":2.5,"b":"x"}\n' },
    `type: directory, location: d, format: ${json}`,
    {
      columns: 'a DOUBLE, b VARCHAR',
      rows: [
        [1, null],
        [2.5, 'x'],
      ],
    },
  ),
  {
    name: 'only the files whose folders matter are read',
    run: async ({ platform, addFile }) => {
      await addFile('d/k=1/a.csv', 'a\n1\n');
      await addFile('d/k=2/b.csv', 'a\nnot a number\n');
      const source = `type: directory, location: d, format: ${csv}, partition_columns: [[k, int32]]`;
      return summary(await runDocument(platform, documentOf(source, 'SELECT * FROM data WHERE k = 1')));
    },
    expected: { columns: 'a BIGINT, k INTEGER', rows: [['1', 1]] },
  },
];

// CSV and the types of its columns: a value is read as it stands there, or refused with its file, line and column.
import type { ContractCase } from '../case.ts';
import { dialects, type Dialect } from '../../../shared/sql/dialect.ts';
import { runDocument } from '../run-document.ts';
import { bytesOf } from './one-file.ts';
import { documentOf, summary } from './one-source.ts';

const rows = 'SELECT * FROM data';

export function reading(
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  source: string,
  expected: object,
  query = rows,
): ContractCase {
  return {
    name,
    run: async ({ platform, addFile }) => {
      for (const [path, content] of Object.entries(files)) await addFile(path, content);
      return summary(await runDocument(platform, documentOf(source, query)));
    },
    expected,
  };
}

const inferred = 'type: file, location: a.csv, format: { type: csv }';
export const declaring = (...columns: readonly string[]): string =>
  `type: file, location: a.csv, format: { type: csv, options: { schema: [${columns.map((column) => `{ ${column} }`).join(', ')}] } }`;

/** Values after the rows that the types are inferred from. */
const late: readonly (readonly [first: string, type: string, values: readonly string[]])[] = [
  ['1', 'BIGINT', ['1.5', '-0.5', '1e3', '007', '1_000', '0x1F', '0b11', '+1', '" 7 "']],
  ['2024-01-01', 'DATE', ['2024-01-01 23:59:59', '2024-01-01T10:00:00Z', 'infinity', 'epoch']],
  ['true', 'BOOLEAN', ['1', 't', 'yes', '0', 'no']],
  ['2024-01-01 00:00:00', 'TIMESTAMP', ['2024-01-01 00:00:00.123456789', 'infinity', 'epoch']],
  ['1.5', 'DOUBLE', ['12345678901234567', '1e400', '1_000.5', '007']],
];

/** Reads one file after the other, and answers how each is refused. */
export function refusing(
  name: string,
  source: string,
  files: readonly (readonly [content: string, value: string])[],
  messageOf: (value: string) => string,
  dialect: Dialect = 'duckdb',
): ContractCase {
  return {
    name,
    run: async ({ platform, addFile }) => {
      const seen: unknown[] = [];
      for (const [content] of files) {
        await addFile('a.csv', content);
        const query = 'SELECT count(DISTINCT x) AS n FROM data';
        const document = `${documentOf(source, query)}dialect: ${dialect}\n`;
        const { error, issue } = await runDocument(platform, document);
        seen.push([error, issue?.message]);
      }
      return seen;
    },
    expected: files.map(([, value]) => ['file.corrupt at 2:41', messageOf(value)]),
  };
}

const lateCases = late.map(([first, type, values]) =>
  refusing(
    `CSV: values behind the first 20,480 of ${type} that are none are refused (were changed to fit)`,
    inferred,
    values.map((value) => [`k,x\n${`0,${first}\n`.repeat(20_500)}0,${value}\n`, value.replaceAll('"', '')]),
    (value) => `Line 20502 of a.csv has "${value}" in column x, which is ${type}.`,
  ),
);

/** What a declared type does not take. */
const misfits: readonly (readonly [type: string, duckdb: string, values: readonly string[]])[] = [
  ['int32', 'INTEGER', ['1.7', '-2.5', '2147483648']],
  ['int64', 'BIGINT', ['0x1F', '1_000', '007']],
  ['uint8', 'UTINYINT', ['255.4', '-1']],
  ['bool', 'BOOLEAN', ['yes', '1', 't']],
  ['date32', 'DATE', ['2024-01-31 23:59:59', '31.01.2024']],
  ['decimal<10,2>', 'DECIMAL(10,2)', ['1.005', '1e2']],
  ['time64<us>', 'TIME', ['2024-01-31 10:00:00']],
  ['float32', 'FLOAT', ['16777217']],
  ['timestamp<s>', 'TIMESTAMP_S', ['2024-01-31 10:00:00.5']],
];

/** In both dialects: a macro of DataFusion's was once called by the casts. */
const declaredCases = dialects.flatMap((dialect) =>
  misfits.map(([type, duckdb, values]) =>
    refusing(
      `CSV in ${dialect}: values that are none of a declared ${type} are refused (were changed to fit)`,
      declaring(`name: x, data_type: "${type}"`),
      values.map((value) => [`x\n${value}\n`, value]),
      (value) => `Line 2 of a.csv has "${value}" in column x, which is ${duckdb}.`,
      dialect,
    ),
  ),
);

const offsets = ['timestamp<s>', 'timestamp<ms>', 'timestamp<us>', 'timestamp<ns>'];

export const exactCsvCases: readonly ContractCase[] = [
  ...lateCases,
  ...declaredCases,
  reading(
    'CSV: values that fit a declared schema, each as it is',
    { 'a.csv': 'i,d,day,at,b,f,t\n-7,1.50,2024-01-31,2024-03-31T02:30:00+02:00,TRUE,0.1,007\n,,,,,,\n' },
    declaring(
      ...['name: i, data_type: int32', 'name: d, data_type: "decimal<10,2>"', 'name: day, data_type: date32'],
      ...['name: at, data_type: "timestamp<us>"', 'name: b, data_type: bool', 'name: f, data_type: float32'],
      'name: t, data_type: string',
    ),
    {
      columns: 'i INTEGER, d DECIMAL(10,2), day DATE, at TIMESTAMP, b BOOLEAN, f FLOAT, t VARCHAR',
      rows: [
        [-7, '1.50', '2024-01-31', '2024-03-31 00:30:00', true, 0.1, '007'],
        [null, null, null, null, null, null, null],
      ],
    },
  ),
  reading(
    'CSV: an offset counts in every declared type of timestamps (was dropped by some)',
    { 'a.csv': `a,b,c,d,e\n${Array.from({ length: 5 }, () => '2024-03-31T02:30:00+02:00').join(',')}\n` },
    declaring(
      ...offsets.map((type, index) => `name: ${'abcd'.charAt(index)}, data_type: "${type}"`),
      'name: e, data_type: "timestamp<us,UTC>"',
    ),
    {
      columns: 'a TIMESTAMP_S, b TIMESTAMP_MS, c TIMESTAMP, d TIMESTAMP_NS, e TIMESTAMP WITH TIME ZONE',
      rows: [[...offsets.map(() => '2024-03-31 00:30:00'), '2024-03-31 00:30:00+00']],
    },
  ),
  reading(
    'CSV: a loss that the document asks for',
    { 'a.csv': 'x\n1.7\n' },
    declaring('name: x, data_type: int32, lossy: true'),
    { columns: 'x INTEGER', rows: [[2]] },
  ),
  reading(
    'CSV: a value that must not be missing is told at its line (was NULL)',
    { 'a.csv': 'a,b\n1,x\n1,\n' },
    declaring('name: a, data_type: int64', 'name: b, data_type: string, nullable: false'),
    { error: 'file.corrupt at 2:41', message: 'Line 3 of a.csv has no value in column b, which must have one.' },
  ),
  reading(
    'CSV: the line is right behind values with line breaks and empty lines',
    { 'a.csv': 'a,b\n\n"x\ny",1\n\n"say ""hi\n""",2\nz,3.5\n' },
    declaring('name: a, data_type: string', 'name: b, data_type: int64'),
    { error: 'file.corrupt at 2:41', message: 'Line 8 of a.csv has "3.5" in column b, which is BIGINT.' },
  ),
  reading(
    'CSV: declared columns are matched by the names in the header (was by position)',
    { 'a.csv': 'price,cost,more\n10,4,x\n' },
    declaring('name: cost, data_type: int64', 'name: Price, data_type: int64'),
    { columns: 'cost BIGINT, Price BIGINT', rows: [['4', '10']], told: ['file.undeclared_columns'] },
  ),
  reading(
    'CSV: a declared column that the header lacks is refused',
    { 'a.csv': 'a,b\n1,2\n' },
    declaring('name: a, data_type: int64', 'name: bb, data_type: int64'),
    { error: 'file.corrupt at 2:41', message: 'a.csv has no column bb, which `schema` declares.' },
  ),
  reading(
    'CSV: quotes and blanks in the header are read as in the rows (was part of the name)',
    { 'a.csv': 'id, "last, first" ,"x" \n1, "x, y","z"\n' },
    inferred,
    { columns: 'id BIGINT, last, first VARCHAR, x VARCHAR', rows: [['1', 'x, y', 'z']] },
  ),
  reading(
    'CSV: text behind a closed quote in the header is refused (all rows were lost)',
    { 'a.csv': '"id"x,b\n1,2\n3,4\n' },
    inferred,
    {
      error: 'file.corrupt at 2:41',
      message: 'Line 1 of a.csv has text behind the quote that ends a value.',
    },
  ),
  ...['\n', '\r\n'].flatMap((newline) =>
    ['\n', '\r\n', '\r'].map((quotedBreak) =>
      reading(
        `CSV: ${JSON.stringify(quotedBreak)} in quotes in the header, lines ended by ${JSON.stringify(newline)} (rows were lost)`,
        { 'a.csv': ['"a' + quotedBreak + 'b",c', '1,2', '3,4', ''].join(newline) },
        inferred,
        { columns: `a${quotedBreak}b BIGINT, c BIGINT`, rows: [['2', '6']] },
        'SELECT count(*) AS n, sum(c) AS c FROM data',
      ),
    ),
  ),
  ...[2, 3, 9].map((count) =>
    reading(
      `CSV: a quote that is open at the end of one of ${count} files is told at its line (rows were lost from 5 files on)`,
      {
        'open/0.csv': 'a,b\n1,2\n3,"x\n5,6\n7,8\n',
        ...Object.fromEntries(Array.from({ length: count - 1 }, (_, index) => [`open/${index + 1}.csv`, 'a,b\n1,x\n'])),
      },
      'type: directory, location: open, format: { type: csv }',
      { error: 'file.corrupt at 2:46', message: 'Line 3 of open/0.csv has a quoted value without an end.' },
      'SELECT count(*) AS n FROM data',
    ),
  ),
  {
    name: 'CSV: files are compressed by their names, in capitals, too, beside others that are not',
    run: async ({ platform, addFile }) => {
      await addFile('mixed/a.csv', 'a,b\n1,x\n');
      await addFile('mixed/b.csv.GZ', await bytesOf({ gzip: 'a,b\n2,y\n' }));
      await addFile('mixed/c.csv', 'a,b\n3,z\n');
      const source = 'type: directory, location: mixed, format: { type: csv }';
      return summary(await runDocument(platform, documentOf(source, 'FROM data ORDER BY a')));
    },
    expected: {
      columns: 'a BIGINT, b VARCHAR',
      rows: [
        ['1', 'x'],
        ['2', 'y'],
        ['3', 'z'],
      ],
    },
  },
  reading(
    'CSV: a value with a NUL is told at its line',
    { 'a.csv': 'a,x\n1,1\n2,1\0\n' },
    declaring('name: a, data_type: int64', 'name: x, data_type: int64'),
    { error: 'file.corrupt at 2:41', message: 'Line 3 of a.csv has "1\\0" in column x, which is BIGINT.' },
  ),
  ...(
    [
      ['list<int32>', '"[1, 2]"', '[1.5]', '1.5', 'INTEGER[]'],
      ['struct<a: int32>', '{a: 1}', '{a: yes}', 'yes', 'STRUCT(a INTEGER)'],
      ['map<string,int32>', '{k=1}', '{k=007}', '007', 'MAP(VARCHAR, INTEGER)'],
    ] as const
  ).map(([type, good, bad, part, printed]) =>
    reading(
      `CSV: a value that does not fit inside of ${type} is told at its line`,
      { 'a.csv': `a,x\n1,${good}\n2,${bad}\n` },
      declaring('name: a, data_type: int64', `name: x, data_type: "${type}"`),
      { error: 'file.corrupt at 2:41', message: `Line 3 of a.csv has "${part}" in column x, which is ${printed}.` },
    ),
  ),
  reading(
    'CSV: a map that has a key twice is refused at its line',
    { 'a.csv': 'a,x\n1,{k=1}\n2,"{k=1, k=2}"\n' },
    declaring('name: a, data_type: int64', 'name: x, data_type: "map<string,int32>"'),
    {
      error: 'file.corrupt at 2:41',
      message: 'Line 3 of a.csv has "{k=1, k=2}" in column x, which is MAP(VARCHAR, INTEGER).',
    },
  ),
  reading(
    'CSV: the empty text in quotes is a text, and NULL where the column is none (was NULL)',
    { 'a.csv': 'a,b,c\n"",,x\n"y",1,""\n"z","",\n' },
    inferred,
    {
      columns: 'a VARCHAR, b BIGINT, c VARCHAR',
      rows: [
        ['', null, 'x'],
        ['y', '1', ''],
        ['z', null, null],
      ],
    },
  ),
  reading(
    'CSV: what is written for NULL is a text in quotes, and a missing value is one that is not there',
    { 'a.csv': 'a,b\n"NA",1\nx,"NA"\nNA,2\n' },
    `type: file, location: a.csv, format: { type: csv, options: { null_value: NA, schema: [{ name: a, data_type: string }, { name: b, data_type: int64, nullable: false }] } }`,
    { error: 'file.corrupt at 2:41', message: 'Line 3 of a.csv has no value in column b, which must have one.' },
  ),
  reading('CSV: a header in UTF-16 without its mark is told as that', { 'a.csv': 'a\0,\0b\0\n' }, inferred, {
    error: 'file.corrupt at 2:41',
    message: 'Line 1 of a.csv has a NUL character in the name of a column.',
  }),
  {
    name: 'CSV: a plan that is explained names the columns, not the casts that read them',
    run: async ({ platform, addFile }) => {
      await addFile('a.csv', 'a b,c\n1,x\n2,y\n');
      const query = 'SELECT c, "a b" + 1 AS n FROM data WHERE "a b" > 1';
      const document = documentOf(inferred, query).replace('show: 100', 'show: 1, explain: true');
      const { events } = await runDocument(platform, document);
      const plan = JSON.stringify(events.filter(({ type }) => type === 'stage_output'));
      return [plan.includes('exact'), plan.includes('a b > 1')];
    },
    expected: [false, true],
  },
  {
    name: 'CSV: no UTF-8 far down, in a column behind those that are read, is told at its line (was the end of the engine)',
    run: async ({ platform, addFile }) => {
      const text = new TextEncoder().encode(`id,city\n${'1,Oslo\n'.repeat(21_000)}`);
      await addFile('a.csv', new Uint8Array([...text, 49, 44, 77, 0xe1, 108, 10]));
      const seen = await runDocument(
        platform,
        documentOf(inferred, 'SELECT city, count(*) AS n FROM data GROUP BY city'),
      );
      return summary(seen);
    },
    expected: { error: 'file.corrupt at 2:41', message: 'Line 21002 of a.csv is not UTF-8 text.' },
  },
];

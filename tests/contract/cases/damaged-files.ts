// Files that cannot be read, found when they are opened or only once a query has come to the place: always told by the
// file's name, in words of ours, with what to do.
import type { ContractCase, ContractContext } from '../case.ts';
import { withEncryptedColumn } from '../encrypted-parquet.ts';
import { runDocument } from '../run-document.ts';
import { bytesOf } from './one-file.ts';

const allColumns = 'SELECT * FROM data ORDER BY ALL';
const everyValue = 'SELECT count(n), max(w), max(d) FROM data';

/** What a user is told: code, message, and whether there is a hint; `raw` is what of DuckDB's own words is in it. */
async function tell(
  { platform }: ContractContext,
  location: string,
  format: string,
  query = allColumns,
  dialect = 'duckdb',
): Promise<{ code?: string; message: string; hint: string; at?: string | undefined; raw?: string }> {
  const { issue, error } = await runDocument(
    platform,
    `dialect: ${dialect}
sources: [{ type: file, name: data, location: '${location}', format: ${format} }]
stages: [[{ name: result, query: '${query}', show: 5 }]]
`,
  );
  const { code, message = '', hint = '' } = issue ?? {};
  const raw = foreign.exec(`${message}\n${hint}`)?.[0];
  return { ...(code && { code }), message, hint, at: error?.split(' at ')[1], ...(raw === undefined ? {} : { raw }) };
}

const foreign =
  /TProtocol|TTransport|TType|what type|GZIP|ZSTD|Snappy|Out of buffer|read_csv|read_parquet|CSV Error|Parallel CSV|parallel =|sample_size|ignore_errors|encryption_config|\bSET \w/;

const long = 'x'.repeat(3000);
const rows = '1,y\n'.repeat(30_000);
const tooLong = (line: number, file: string): [message: string, hint: string, at: string] => [
  `Line ${line} of ${file} is longer than the 1000 bytes that a line may have.`,
  'Allow more with `max_line_size`, or close a quote that may be open.',
  '2:47',
];

const lines: readonly (readonly [what: string, files: Readonly<Record<string, string>>, line: number, file: string])[] =
  [
    ['the header', { 'a.csv': `n,w${long}\n1,y\n` }, 1, 'a.csv'],
    ['an early line', { 'a.csv': `n,w\n1,y\n2,${long}\n3,y\n` }, 3, 'a.csv'],
    ['an early line, in quotes', { 'a.csv': `n,w\n1,y\n2,"${long}"\n3,y\n` }, 3, 'a.csv'],
    ['a late line', { 'a.csv': `n,w\n${rows}2,"${long}"\n3,y\n` }, 30_002, 'a.csv'],
    ['a late line without quotes, the last', { 'a.csv': `n,w\n${rows}2,${long}` }, 30_002, 'a.csv'],
    [
      'a late line of several files',
      { 'a.csv': 'n,w\n1,y\n', 'b.csv': `n,w\n${rows}2,${long}\n`, 'c.csv': 'n,w\n' },
      30_002,
      'b.csv',
    ],
    [
      'an early line of several files',
      { 'a.csv': 'n,w\n1,y\n', 'b.csv': `n,w\n2,"${long}"\n`, 'c.csv': 'n,w\n3,z\n' },
      2,
      'b.csv',
    ],
    ['an early line, gzip', { 'a.csv.gz': `n,w\n1,y\n2,"${long}"\n` }, 3, 'a.csv.gz'],
    ['a late line, gzip', { 'a.csv.gz': `n,w\n${rows}2,${long}\n3,y\n` }, 30_002, 'a.csv.gz'],
  ];

const longLineCases = lines.map(([what, files, line, file]): ContractCase => ({
  name: `a CSV line that is too long is told with its limit: ${what}`,
  run: async (context) => {
    for (const [path, text] of Object.entries(files)) {
      await context.addFile(path, path.endsWith('.gz') ? await bytesOf({ gzip: text }) : text);
    }
    const location = Object.keys(files).length > 1 ? '*.csv' : file;
    const { message, hint, at, raw } = await tell(context, location, '{ type: csv, options: { max_line_size: 1000 } }');
    return [message, hint, at, ...(raw === undefined ? [] : [raw])];
  },
  expected: tooLong(line, file),
}));

async function parquetFile(context: ContractContext, compression: string): Promise<Uint8Array> {
  const location = `${compression}.parquet`;
  await runDocument(
    context.platform,
    `sources: []
stages: [[{ name: s, query: "SELECT i AS n, 'w' || (i % 7) AS w, i / 3 AS d FROM range(5000) t(i)" }]]
destination: { type: file, name: o, location: ${location}, format: { type: parquet, options: { compression: ${compression} } } }
`,
  );
  return (await context.readFile(location)) ?? new Uint8Array();
}

/** Where bytes are overwritten: [from, to), as shares of what stands before the footer, or of the footer. */
const places: Readonly<Record<string, (data: number, size: number) => readonly [number, number]>> = {
  'the header of the first page': () => [4, 14],
  'the first page': () => [40, 120],
  'the footer': (data, size) => [data + 2, size - 12],
  'the end': (_, size) => [size - 4, size],
};

const damagedParquetCases = ['zstd', 'snappy', 'gzip'].flatMap((compression) =>
  Object.entries(places).map(([place, at]): ContractCase => ({
    name: `damaged Parquet, ${compression}, ${place}: the file is told, alone and among others`,
    run: async (context) => {
      const whole = await parquetFile(context, compression);
      const data = whole.length - 8 - new DataView(whole.buffer, whole.byteOffset).getUint32(whole.length - 8, true);
      const bytes = whole.slice().fill(0xff, ...at(data, whole.length));
      await context.addFile('d/a.parquet', whole);
      await context.addFile('d/b.parquet', bytes);
      await context.addFile('d/c.parquet', whole);
      const seen: unknown[] = [];
      for (const [location, dialect] of [
        ['d/b.parquet', 'datafusion'],
        ['d/*.parquet', 'duckdb'],
      ] as const) {
        const {
          code,
          message,
          hint,
          at: where,
          raw,
        } = await tell(context, location, '{ type: parquet }', everyValue, dialect);
        const isTold = message.startsWith('d/b.parquet is not a whole Parquet file: ') && hint !== '';
        seen.push([code, isTold ? 'told' : message, where, ...(raw === undefined ? [] : [raw])]);
      }
      return seen;
    },
    expected: Array.from({ length: 2 }, () => ['file.corrupt', 'told', '2:47']),
  })),
);

export const damagedFileCases: readonly ContractCase[] = [
  ...longLineCases,
  ...damagedParquetCases,
  {
    name: 'Parquet with an encrypted column under a plain footer is told as that, alone and among others',
    run: async (context) => {
      const whole = await parquetFile(context, 'snappy');
      await context.addFile('d/a.parquet', whole);
      await context.addFile('d/b.parquet', withEncryptedColumn(whole));
      const seen: unknown[] = [];
      for (const location of ['d/b.parquet', 'd/*.parquet']) {
        const { code, message, hint, at } = await tell(context, location, '{ type: parquet }', everyValue);
        seen.push([code, message, hint !== '', at]);
      }
      return seen;
    },
    expected: Array.from({ length: 2 }, () => [
      'document.unsupported',
      'd/b.parquet has encrypted columns, which Sluice cannot read.',
      true,
      '2:47',
    ]),
  },
  {
    name: 'of two files of which one’s name begins with the other’s, the one that is damaged is told',
    run: async (context) => {
      const text = 'n,w\n1,y\n';
      await context.addFile('a.csv', text);
      await context.addFile('a.csv.gz', await bytesOf({ gzip: `n,w\n${rows}2,y,z\n` }));
      const { message } = await tell(context, 'a.csv*', '{ type: csv }');
      return message;
    },
    expected: 'Line 30002 of a.csv.gz has 3 values where 2 belong.',
  },
];

// File formats in and out, with the files that go wrong.
import type { ContractCase, ContractContext } from '../case.ts';
import { runDocument, showFile, type Observed } from '../run-document.ts';

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

/** Reads one file and answers its columns, rows, notices and error. */
function reading(
  name: string,
  file: string,
  format: string,
  content: string | Uint8Array,
  expected: object,
  query?: string,
): ContractCase {
  return {
    name,
    run: async ({ platform, addFile }) => {
      await addFile(file, content);
      return summary(await runDocument(platform, showFile(file, format, query)));
    },
    expected,
  };
}

function summary({ columns, shown, notices, error, issue }: Observed): object {
  return {
    ...(columns['data'] === undefined ? {} : { columns: columns['data'] }),
    ...(shown['result'] === undefined ? {} : { rows: shown['result'] }),
    notices: notices.filter((code) => code !== 'run.no_output'),
    ...(error === undefined ? {} : { error, message: issue?.message }),
  };
}

const csv = '{ type: csv }';
const json = '{ type: json }';
const parquet = '{ type: parquet }';

export const readingCases: readonly ContractCase[] = [
  reading(
    'CSV: types are inferred as in DataFusion',
    'types.csv',
    csv,
    'i,d,b,day,at,zoned,t,n\n1,1.5,true,2024-01-31,2024-01-31 10:00:00,2024-01-31T10:00:00Z,x,\n-2,2,false,2024-02-01,2024-01-31 10:00:00.25,2024-01-31T10:00:00.5Z,"a,b",\n',
    {
      columns: 'i BIGINT, d DOUBLE, b BOOLEAN, day DATE, at TIMESTAMP, zoned TIMESTAMP, t VARCHAR, n VARCHAR',
      rows: [
        ['1', 1.5, true, '2024-01-31', '2024-01-31 10:00:00', '2024-01-31 10:00:00', 'x', null],
        ['-2', 2, false, '2024-02-01', '2024-01-31 10:00:00.25', '2024-01-31 10:00:00.5', 'a,b', null],
      ],
      notices: [],
    },
  ),
  reading('CSV: 0 bytes give an empty relation', 'zero.csv', csv, '', {
    columns: 'column_1 VARCHAR',
    rows: [],
    notices: ['file.no_columns'],
  }),
  reading(
    'CSV: 0 bytes with a schema give its columns',
    'zero.csv',
    '{ type: csv, options: { schema: [{ name: a, data_type: int32 }] } }',
    '',
    { columns: 'a INTEGER', rows: [], notices: [] },
  ),
  reading('CSV: a header alone gives its columns', 'header.csv', csv, 'a,b\n', {
    columns: 'a VARCHAR, b VARCHAR',
    rows: [],
    notices: [],
  }),
  reading(
    'CSV: without a header columns are numbered',
    'bare.csv',
    '{ type: csv, options: { has_header: false, delimiter: ";" } }',
    '1;x\n2;y\n',
    {
      columns: 'column_1 BIGINT, column_2 VARCHAR',
      rows: [
        ['1', 'x'],
        ['2', 'y'],
      ],
      notices: [],
    },
  ),
  reading(
    'CSV: line ends of Windows and quoted line breaks',
    'crlf.csv',
    csv,
    'a,b\r\n1,"x\r\ny"\r\n2,"he said ""no"""\r\n',
    {
      columns: 'a BIGINT, b VARCHAR',
      rows: [
        ['1', 'x\r\ny'],
        ['2', 'he said "no"'],
      ],
      notices: [],
    },
  ),
  reading(
    'CSV: a declared schema is used as it is',
    'declared.csv',
    '{ type: csv, options: { schema: [{ name: a, data_type: "decimal<10,2>" }, { name: b, data_type: string }] } }',
    'x,y\n1.5,7\n',
    { columns: 'a DECIMAL(10,2), b VARCHAR', rows: [['1.50', '7']], notices: ['file.renamed_columns'] },
  ),
  reading(
    'JSON: nested values, exact integers, missing keys',
    'nested.json',
    json,
    '{"id":9007199254740993,"who":{"name":"Ada","tags":["x",null]},"f":1.5,"ok":true}\n\n{"id":-9223372036854775808,"f":2,"late":"é","ok":null}\n',
    {
      columns: 'id BIGINT, who STRUCT("name" VARCHAR, tags VARCHAR[]), f DOUBLE, ok BOOLEAN, late VARCHAR',
      rows: [
        ['9007199254740993', { name: 'Ada', tags: ['x', null] }, 1.5, true, null],
        ['-9223372036854775808', null, 2, null, 'é'],
      ],
      notices: [],
    },
  ),
  reading(
    'JSON: mixed kinds become text',
    'mixed.json',
    json,
    '{"a":1,"b":{}}\n{"a":"x","b":{}}\n{"a":{"k":[1,true]},"b":{}}\n{"a":12345678901234567890123}\n',
    {
      columns: 'a VARCHAR, b VARCHAR',
      rows: [
        ['1', '{}'],
        ['x', '{}'],
        ['{"k":[1,true]}', '{}'],
        ['12345678901234567890123', null],
      ],
      notices: ['type.kept_as_text'],
    },
  ),
  reading(
    'JSON: a declared schema is cast exactly',
    'declared.json',
    '{ type: json, options: { schema: [{ name: n, data_type: int32 }, { name: at, data_type: "timestamp<us>" }, { name: day, data_type: date32 }] } }',
    '{"n":1,"at":"2024-01-31T10:00:00.5Z","day":"2024-01-31","more":1}\n{"n":null}\n',
    {
      columns: 'n INTEGER, at TIMESTAMP, day DATE',
      rows: [
        [1, '2024-01-31 10:00:00.5', '2024-01-31'],
        [null, null, null],
      ],
      notices: [],
    },
  ),
  reading(
    'JSON: a fraction in a declared integer is refused, not rounded',
    'fraction.json',
    '{ type: json, options: { schema: [{ name: n, data_type: int64 }] } }',
    '{"n":1}\n{"n":2.5}\n',
    { refused: 'file.corrupt at 2:41' },
  ),
  reading('JSON: 0 bytes give an empty relation', 'zero.json', json, '', {
    columns: 'json VARCHAR',
    rows: [],
    notices: ['file.no_columns'],
  }),
  reading('JSON: a line that is cut names its line', 'cut.json', json, '{"a":1}\n{"a":', {
    refused: 'file.corrupt at 2:41',
  }),
  reading('Parquet: a file that is no Parquet', 'text.parquet', parquet, 'this is not parquet', {
    refused: 'file.corrupt at 2:41',
  }),
  reading('Parquet: 0 bytes', 'zero.parquet', parquet, '', { refused: 'file.corrupt at 2:41' }),
].map((each) => ({
  ...each,
  run: async (context: ContractContext) => {
    const answer = (await each.run(context)) as { error?: string };
    return 'refused' in (each.expected as object) ? { refused: answer.error } : answer;
  },
}));

const roundTripQuery = `SELECT * FROM (VALUES
  (1::TINYINT, 1.50::DECIMAL(5,2), 'a,"b"', DATE '2024-01-31', TIMESTAMP '2024-01-31 10:00:00.25', true, 0.1::DOUBLE, [1, NULL], {'k': 'v'}),
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)) rows(i, d, t, day, moment, ok, f, l, s)`;

const writing = (format: string, file: string): string => `sources: []
stages:
  - - name: result
      query: |
        ${roundTripQuery.replaceAll('\n', '\n        ')}
destination: { type: file, name: out, location: "${file}", format: ${format} }
`;

export const writingCases: readonly ContractCase[] = [
  {
    name: 'CSV is written whole',
    run: async ({ platform, readFile, listWritten }) => {
      await runDocument(platform, writing('{ type: csv, options: { delimiter: ";" } }', './out/all.csv'));
      return { text: text(await readFile('out/all.csv')), files: await listWritten() };
    },
    expected: {
      text: `i;d;t;day;moment;ok;f;l;s\n1;1.50;"a,""b""";2024-01-31;2024-01-31 10:00:00.25;true;0.1;[1, NULL];{'k': v}\n;;;;;;;;\n`,
      files: ['out/all.csv'],
    },
  },
  {
    name: 'JSON lines are written whole, with exact numbers',
    run: async ({ platform, readFile, listWritten }) => {
      await runDocument(platform, writing('{ type: json }', 'all.json'));
      return { text: text(await readFile('all.json')), files: await listWritten() };
    },
    expected: {
      text:
        '{"i":1,"d":1.5,"t":"a,\\"b\\"","day":"2024-01-31","moment":"2024-01-31 10:00:00.25","ok":true,"f":0.1,"l":[1,null],"s":{"k":"v"}}\n' +
        '{"i":null,"d":null,"t":null,"day":null,"moment":null,"ok":null,"f":null,"l":null,"s":null}\n',
      files: ['all.json'],
    },
  },
  {
    name: 'Parquet is written whole and read back with the same types and values',
    run: async ({ platform, readFile, addFile, listWritten }) => {
      const written = await runDocument(platform, writing('{ type: parquet }', 'all.parquet'));
      const files = await listWritten();
      await addFile('again.parquet', (await readFile('all.parquet')) ?? '');
      const read = await runDocument(platform, showFile('again.parquet', parquet));
      return { outcome: written.outcome, files, columns: read.columns['data'], rows: read.shown['result'] };
    },
    expected: {
      outcome: 'succeeded',
      files: ['all.parquet'],
      columns:
        'i TINYINT, d DECIMAL(5,2), t VARCHAR, day DATE, moment TIMESTAMP, ok BOOLEAN, f DOUBLE, l INTEGER[], s STRUCT(k VARCHAR)',
      rows: [
        [1, '1.50', 'a,"b"', '2024-01-31', '2024-01-31 10:00:00.25', true, 0.1, [1, null], { k: 'v' }],
        [null, null, null, null, null, null, null, null, null],
      ],
    },
  },
  {
    name: 'Parquet: sums and other types without an equal are kept exactly, and told',
    run: async ({ platform, readFile, addFile }) => {
      const query = `SELECT sum(i) AS total, '12345678-1234-1234-1234-123456789abc'::UUID AS id, INTERVAL 3 DAY AS span, 'x'::ENUM('x', 'y') AS e FROM range(4) t(i)`;
      const written = await runDocument(
        platform,
        `sources: []
stages: [[{ name: result, query: ${JSON.stringify(query)} }]]
destination: { type: file, name: out, location: odd.parquet, format: { type: parquet } }
`,
      );
      await addFile('again.parquet', (await readFile('odd.parquet')) ?? '');
      const read = await runDocument(platform, showFile('again.parquet', parquet));
      return { notices: written.notices, columns: read.columns['data'], rows: read.shown['result'] };
    },
    expected: {
      notices: ['type.converted'],
      columns: 'total DECIMAL(38,0), id VARCHAR, span VARCHAR, e VARCHAR',
      rows: [['6', '12345678-1234-1234-1234-123456789abc', '3 days', 'x']],
    },
  },
  {
    name: 'Parquet: a file that was cut off',
    run: async ({ platform, readFile, addFile }) => {
      await runDocument(platform, writing('{ type: parquet }', 'all.parquet'));
      const whole = (await readFile('all.parquet')) ?? new Uint8Array();
      await addFile('cut.parquet', whole.slice(0, whole.length / 2));
      return (await runDocument(platform, showFile('cut.parquet', parquet))).error;
    },
    expected: 'file.corrupt at 2:41',
  },
  {
    name: 'an output is replaced whole, and a run that fails leaves the old one',
    run: async ({ platform, readFile, listWritten }) => {
      const document = (query: string): string => `sources: []
stages: [[{ name: result, query: "${query}" }]]
destination: { type: file, name: out, location: kept.csv, format: { type: csv } }
`;
      await runDocument(platform, document('SELECT 1 AS a'));
      await runDocument(platform, document('SELECT 2 AS a'));
      const failed = await runDocument(platform, document("SELECT error('stop')::INTEGER AS a FROM range(5000)"));
      return { failed: failed.error, text: text(await readFile('kept.csv')), files: await listWritten() };
    },
    expected: { failed: 'sql.failed at 2:34', text: 'a\n2\n', files: ['kept.csv'] },
  },
];

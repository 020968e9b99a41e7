// CSV in all its forms, and what is wrong with files of it: told at the source, with the line where there is one.
import type { ContractCase } from '../case.ts';
import { runDocument, showFile } from '../run-document.ts';
import { reading, refused } from './one-file.ts';

const csv = '{ type: csv }';
const many = Array.from({ length: 30_000 }, (_, index) => `${index},${(index * 7919) % 1000}`).join('\n');
const counted = 'SELECT count(*)::INTEGER AS n, sum(a)::VARCHAR AS s FROM data';

/** A file that is read as one column, whether it is told, and of which character. */
const oneColumn: readonly (readonly [name: string, content: string, told: string, options?: string])[] = [
  ['semicolons', 'a;b\n1;2\n3;4\n', '`;`'],
  ['tabs, many', 'a\tb\tc\n1\t2\t3\n', 'tab'],
  ['bars, no header', 'x|1\ny|2\n', '`|`', 'has_header: false'],
  ['semicolons in some rows', 'a;b\n1;2\n3\n', ''],
  ['semicolons in other numbers', 'a;b\n1;2;3\n', ''],
  ['a header alone', 'a;b\n', ''],
  ['text with semicolons', 'note\none; two\nthree; four\n', ''],
  ['declared', 'a;b\n1;2\n', '', 'delimiter: ";"'],
  ['commas where semicolons are declared', 'a,b\n1,2\n\n', '`,`', 'delimiter: ";"'],
  ['two columns', 'a;b,c\n1;2,3\n', ''],
];

export const csvCases: readonly ContractCase[] = [
  ...oneColumn.map(([name, content, told, options = '']): ContractCase => ({
    name: `CSV: one column, ${name}: ${told === '' ? 'nothing is told' : 'another delimiter is told (was silent)'}`,
    run: async ({ platform, addFile }) => {
      await addFile('a.csv', content);
      const { events, outcome } = await runDocument(
        platform,
        showFile('a.csv', `{ type: csv, options: { ${options} } }`),
      );
      const issues = events.flatMap((event) => (event.type === 'notice' ? [event.issue] : []));
      const issue = issues.find(({ code }) => code === 'format.delimiter');
      return [outcome, /character (\S+)\.$/.exec(issue?.message ?? '')?.[1] ?? '', issue?.severity ?? ''];
    },
    expected: ['succeeded', told, told === '' ? '' : 'warning'],
  })),
  reading(
    'CSV: other quotes, escapes and words for nothing',
    'a.csv',
    `{ type: csv, options: { delimiter: "|", quote: "'", escape: "\\\\", null_value: "N/A" } }`,
    `a|b\n1|'x|\\'y'\nN/A|N/A\n3|\n`,
    {
      columns: 'a BIGINT, b VARCHAR',
      rows: [
        ['1', `x|'y`],
        [null, null],
        ['3', ''],
      ],
    },
  ),
  reading(
    'CSV: another quote is doubled inside of quotes where nothing else is said (was a quote without an end)',
    'a.csv',
    `{ type: csv, options: { quote: "'" } }`,
    `a,'b''s'\n1,'it''s "so"'\n`,
    { columns: `a BIGINT, b's VARCHAR`, rows: [['1', `it's "so"`]] },
  ),
  reading('CSV: no quotes', 'a.csv', `{ type: csv, options: { quote: "", escape: "" } }`, `a,b\n"1,2"\n`, {
    columns: 'a VARCHAR, b VARCHAR',
    rows: [['"1', '2"']],
  }),
  reading(
    'CSV: what would lose something stays text and is told',
    'a.csv',
    csv,
    'zip,id,day\n01234,12345678901234567890,31/01/2024\n',
    {
      columns: 'zip VARCHAR, id VARCHAR, day VARCHAR',
      rows: [['01234', '12345678901234567890', '31/01/2024']],
      told: ['type.kept_as_text', 'type.kept_as_text', 'type.kept_as_text'],
    },
  ),
  reading('CSV: words that are no booleans to everybody stay text', 'a.csv', csv, 'a,b,c\nyes,t,0\nno,f,1\n', {
    columns: 'a VARCHAR, b VARCHAR, c BIGINT',
    rows: [
      ['yes', 't', '0'],
      ['no', 'f', '1'],
    ],
  }),
  reading('CSV: an offset counts', 'a.csv', csv, 'at\n2024-01-31T10:00:00+02:00\n2024-01-31 10:00:00Z\n', {
    columns: 'at TIMESTAMP',
    rows: [['2024-01-31 08:00:00'], ['2024-01-31 10:00:00']],
  }),
  reading('CSV: nanoseconds are kept', 'a.csv', csv, 'at\n2024-01-31T10:00:00.123456789\n', {
    columns: 'at TIMESTAMP_NS',
    rows: [['2024-01-31 10:00:00.123456789']],
  }),
  reading('CSV: names that are empty or not unique', 'a.csv', csv, 'a,,A,a\n1,2,3,4\n', {
    columns: 'a BIGINT, column_2 BIGINT, A_1 BIGINT, a_2 BIGINT',
    rows: [['1', '2', '3', '4']],
    told: ['file.renamed_columns'],
  }),
  reading('CSV: a byte order mark', 'a.csv', csv, '\uFEFFa,b\n1,2\n', {
    columns: 'a BIGINT, b BIGINT',
    rows: [['1', '2']],
  }),
  refused(
    'CSV: a value far down that has not the type',
    'a.csv',
    csv,
    `a,b\n${many}\nx,1\n`,
    'Line 30002 of a.csv has "x" in column a, which is BIGINT.',
  ),
  refused('CSV: too few values', 'a.csv', csv, 'a,b\n1,2\n3\n', 'Line 3 of a.csv has 1 value where 2 belong.'),
  refused('CSV: too many values', 'a.csv', csv, 'a,b\n1,2\n3,4,5\n', 'Line 3 of a.csv has 3 values where 2 belong.'),
  refused(
    'CSV: too few values far down',
    'a.csv',
    csv,
    `a,b\n${many}\n3\n`,
    'Line 30002 of a.csv has 1 value where 2 belong.',
  ),
  refused(
    'CSV: a quote without an end',
    'a.csv',
    csv,
    'a,b\n1,"x\n2,y\n',
    'Line 2 of a.csv has a quoted value without an end.',
  ),
  refused(
    'CSV: line ends of two kinds',
    'a.csv',
    csv,
    'a,b\n1,2\r\n3,4\n',
    'a.csv cannot be read as CSV: its line ends are mixed, or a quote is not closed.',
  ),
  refused(
    'CSV: an empty line where names belong',
    'a.csv',
    csv,
    '\n\na,b\n1,2\n',
    'Line 1 of a.csv is empty where the names of the columns belong.',
  ),
  refused(
    'CSV: no UTF-8',
    'a.csv',
    csv,
    new Uint8Array([97, 10, 0xff, 0xe4, 10]),
    'Line 1 of a.csv or one soon after is not UTF-8 text.',
  ),
  refused(
    'CSV: no UTF-8 far down',
    'a.csv',
    csv,
    new Uint8Array([...new TextEncoder().encode(`t\n${'x\n'.repeat(60_000)}`), 0xff, 10]),
    'Line 60002 of a.csv is not UTF-8 text.',
  ),
  refused(
    'CSV: UTF-16',
    'a.csv',
    csv,
    new Uint8Array([0xff, 0xfe, 97, 0, 10, 0]),
    'a.csv is no CSV: it looks like text in UTF-16.',
  ),
  refused(
    'CSV: it is Parquet',
    'a.csv',
    csv,
    new Uint8Array([0x50, 0x41, 0x52, 0x31, 0, 1, 2]),
    'a.csv is no CSV: it looks like Parquet.',
  ),
  refused('CSV: it is JSON', 'a.csv', csv, '[{"a": 1}]', 'a.csv is no CSV: it looks like JSON.'),
  refused(
    'CSV: it is a web page',
    'a.csv',
    csv,
    '<!DOCTYPE html><html></html>',
    'a.csv is no CSV: it looks like an HTML page.',
  ),
  refused(
    'CSV: it is gzip without saying so',
    'a.csv',
    csv,
    { gzip: 'a\n1\n' },
    'a.csv is no CSV: it looks like gzip.',
  ),
  reading(
    'CSV: compressed, by its name and by declaration',
    'a.csv.gz',
    csv,
    { gzip: `a,b\n${many}\n` },
    {
      columns: 'a BIGINT, b BIGINT',
      rows: [[30_000, '449985000']],
      told: ['format.sampled'],
    },
    counted,
  ),
  reading(
    'CSV: compressed by declaration',
    'a.csv',
    '{ type: csv, options: { compression: gzip } }',
    { gzip: 'a\n1\n' },
    {
      columns: 'a BIGINT',
      rows: [['1']],
    },
  ),
  reading(
    'CSV: compressed, and empty',
    'a.csv.gz',
    csv,
    { gzip: '' },
    { columns: 'column_1 VARCHAR', rows: [], told: ['file.no_columns'] },
  ),
  reading(
    'CSV: a name that ends in .gz and is not compressed',
    'a.csv.gz',
    '{ type: csv, options: { compression: none } }',
    'a\n1\n',
    {
      columns: 'a BIGINT',
      rows: [['1']],
    },
  ),
  refused(
    'CSV: a name that ends in .gz without compression',
    'a.csv.gz',
    csv,
    'a\n1\n',
    'a.csv.gz is not compressed with gzip.',
  ),
  refused(
    'CSV: compressed and cut off',
    'a.csv.gz',
    csv,
    { gzip: `a,b\n${many}\n`, cut: 9000 },
    'a.csv.gz cannot be decompressed: it was cut off.',
  ),
  refused(
    'CSV: compressed, and only its checksum is wrong',
    'a.csv.gz',
    csv,
    { gzip: `a,b\n${many}\n`, damage: -6 },
    'a.csv.gz cannot be decompressed: incorrect data check.',
  ),
  {
    name: 'CSV: as many rows as inference looks at are all rows (it was told that only the first were seen)',
    run: async ({ platform, addFile }) => {
      await addFile('a.csv', `x\n${'1\n'.repeat(20_480)}`);
      const seen = await runDocument(platform, showFile('a.csv', csv));
      return [seen.outcome, seen.notices.filter((code) => code.startsWith('format.'))];
    },
    expected: ['succeeded', []],
  },
];

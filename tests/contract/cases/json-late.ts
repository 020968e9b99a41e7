// JSON records that come after those that inference looks at: read exactly, or refused at their line.
import type { ContractCase } from '../case.ts';
import { runDocument, showFile } from '../run-document.ts';
import { summary } from './one-source.ts';

const json = '{ type: json }';
/** More records than are looked at for the columns. */
const late = 20_480;
const schema = (...columns: string[]): string => `{ type: json, options: { schema: [${columns.join(', ')}] } }`;
const column = (name: string, type: string): string => `{ name: ${name}, data_type: "${type}" }`;

/** A file whose last record comes after those that inference looks at; the case shows that record. */
function afterSample(name: string, record: string, last: string, format: string, expected: object): ContractCase {
  return {
    name,
    run: async ({ platform, addFile }) => {
      await addFile('a.json', `${`${record}\n`.repeat(late)}${last}\n`);
      const shown = 'SELECT * FROM data EXCEPT (SELECT * FROM data LIMIT 1)';
      const observed = await runDocument(platform, showFile('a.json', format, shown));
      return summary({ ...observed, notices: observed.notices.filter((code) => !code.startsWith('format.')) });
    },
    expected,
  };
}

export const jsonLateCases: readonly ContractCase[] = [
  ...(
    [
      ['{"a":1}', '{"a":2,"z":3}', 'has the key "z", which no record before it has'],
      ['{"a":1}', '{"A":2}', 'has the key "A", which no record before it has'],
      ['{"a":{"b":1.5}}', '{"a":{"B":2.5}}', 'has a key a that holds the key "B", which no record before it has'],
      ['{"a":[{"b":1}]}', '{"a":[{"b":1,"c":2}]}', 'has a key a that holds the key "c", which no record before it has'],
    ] as const
  ).map(([first, last, what]) =>
    afterSample(
      `JSON: a key that comes after the sample is refused at its line: ${last} (was dropped)`,
      first,
      last,
      json,
      {
        error: 'file.corrupt at 2:41',
        message: `Line ${late + 1} of a.json ${what}.`,
      },
    ),
  ),
  afterSample(
    'JSON: a key after the sample that a schema does not declare is left out',
    '{"a":1}',
    '{"a":2,"z":3}',
    schema(column('a', 'int64')),
    { columns: 'a BIGINT', rows: [['2']] },
  ),
  afterSample(
    'JSON: a late item of a list with more digits than a double has is refused (was an internal error)',
    '{"a":[1.5]}',
    '{"a":[0.1234567890123456789]}',
    json,
    {
      error: 'file.corrupt at 2:41',
      message: `Line ${late + 1} of a.json has a key a that holds 0.1234567890123456789, which a DOUBLE would change.`,
    },
  ),
  afterSample('JSON: an integer that a double would round, far down', '{"x":0.5}', '{"x":9007199254740993}', json, {
    error: 'file.corrupt at 2:41',
    message: `Line ${late + 1} of a.json has a key x that holds 9007199254740993, which a DOUBLE would change.`,
  }),
  afterSample('JSON: more digits than a double holds, far down', '{"x":0.5}', '{"x":0.1234567890123456789}', json, {
    error: 'file.corrupt at 2:41',
    message: `Line ${late + 1} of a.json has a key x that holds 0.1234567890123456789, which a DOUBLE would change.`,
  }),
  afterSample(
    'JSON: a number far down in a column of text is text as it was written',
    '{"x":"a"}',
    '{"x":1.10}',
    json,
    {
      columns: 'x VARCHAR',
      rows: [['1.10']],
    },
  ),
  afterSample('JSON: a whole number with a point far down among integers', '{"x":1}', '{"x":2.0}', json, {
    columns: 'x BIGINT',
    rows: [['2']],
  }),
  afterSample(
    'JSON: the digits of a declared decimal far down',
    '{"x":0.5}',
    '{"x":12345678901234567.89}',
    schema(column('x', 'decimal<20,2>')),
    { columns: 'x DECIMAL(20,2)', rows: [['12345678901234567.89']] },
  ),
];

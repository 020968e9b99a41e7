// Outputs that are folders: parted, replaced or refused, whole or not at all.
import type { ContractCase, ContractContext } from '../case.ts';
import { runDocument } from '../run-document.ts';
import { documentOf, summary } from './one-source.ts';

const csv = '{ type: csv }';
const json = '{ type: json }';
const parquet = '{ type: parquet }';

/** Writes three rows with the columns n, t and k. */
function writing(format: string, options: string, query = rows): string {
  return `sources: []
stages: [[{ name: result, query: ${JSON.stringify(query)} }]]
destination: { type: file, name: out, location: out, format: ${format}, ${options} }
`;
}

const rows = `SELECT * FROM (VALUES (1, 'x', 'a'), (2, 'y', 'b'), (3, 'z', 'a')) t(n, t, k)`;

async function written({ listWritten, readFile }: ContractContext): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const path of await listWritten()) files[path] = new TextDecoder().decode(await readFile(path));
  return files;
}

function writingCase(name: string, documents: readonly string[], expected: object): ContractCase {
  return {
    name,
    run: async (context) => {
      const outcomes: string[] = [];
      for (const each of documents) {
        const { outcome, error } = await runDocument(context.platform, each);
        outcomes.push(error ?? outcome);
      }
      return { outcomes, files: await written(context) };
    },
    expected,
  };
}

const part = { 'out/part-0.csv': 'n,t,k\n1,x,a\n2,y,b\n3,z,a\n' };
const parted = { 'out/k=a/data_0.csv': 'n,t\n1,x\n3,z\n', 'out/k=b/data_0.csv': 'n,t\n2,y\n' };

export const folderWritingCases: readonly ContractCase[] = [
  {
    name: 'a directory of Parquet files, as a destination has written it',
    run: async ({ platform, addFile, readFile }) => {
      await runDocument(platform, writing(parquet, 'partition_columns: [k]'));
      for (const k of ['a', 'b'])
        await addFile(`in/k=${k}/x.parquet`, (await readFile(`out/k=${k}/data_0.parquet`)) ?? '');
      const source = `type: directory, location: in, format: ${parquet}, partition_columns: [[k, string]]`;
      return summary(await runDocument(platform, documentOf(source)));
    },
    expected: {
      columns: 'n INTEGER, t VARCHAR, k VARCHAR',
      rows: [
        [1, 'x', 'a'],
        [2, 'y', 'b'],
        [3, 'z', 'a'],
      ],
    },
  },
  writingCase('a folder with one file', [writing(csv, 'single_file: false')], { outcomes: ['succeeded'], files: part }),
  writingCase('a folder by its slash', [writing(csv, '').replace('location: out', 'location: out/')], {
    outcomes: ['succeeded'],
    files: part,
  }),
  writingCase('a folder parted by a column, as CSV', [writing(csv, 'partition_columns: [k]')], {
    outcomes: ['succeeded'],
    files: parted,
  }),
  writingCase('a folder parted by a column, as JSON', [writing(json, 'partition_columns: [K]')], {
    outcomes: ['succeeded'],
    files: {
      'out/k=a/data_0.json': '{"n":1,"t":"x"}\n{"n":3,"t":"z"}\n',
      'out/k=b/data_0.json': '{"n":2,"t":"y"}\n',
    },
  }),
  writingCase(
    'a folder parted by values of many kinds, and by none',
    [
      writing(
        csv,
        'partition_columns: [day, s]',
        `SELECT * FROM (VALUES (1, DATE '2024-01-31', 'a/b c=é'), (2, NULL, ''), (3, NULL, NULL)) t(n, day, s)`,
      ),
    ],
    {
      outcomes: ['succeeded'],
      files: {
        'out/day=2024-01-31/s=a%2Fb%20c%3D%C3%A9/data_0.csv': 'n\n1\n',
        'out/day=__HIVE_DEFAULT_PARTITION__/s=/data_0.csv': 'n\n2\n',
        'out/day=__HIVE_DEFAULT_PARTITION__/s=__HIVE_DEFAULT_PARTITION__/data_0.csv': 'n\n3\n',
      },
    },
  ),
  writingCase(
    'no rows in a folder: a file without rows, or no partition',
    [
      writing(csv, 'single_file: false', 'SELECT 1 AS a WHERE false'),
      writing(csv, 'partition_columns: [k], mode: replace', `${rows} WHERE false`),
    ],
    { outcomes: ['succeeded', 'succeeded'], files: {} },
  ),
  writingCase(
    'a folder with files is refused before anything is run, and stays',
    [writing(csv, 'partition_columns: [k]'), writing(csv, 'single_file: false', `SELECT error('never run') AS a`)],
    { outcomes: ['succeeded', 'file.exists at 3:49'], files: parted },
  ),
  writingCase(
    'a folder is replaced whole, never doubled',
    [
      writing(csv, 'partition_columns: [n]'),
      writing(json, 'partition_columns: [k], mode: replace'),
      writing(csv, 'partition_columns: [k], mode: replace'),
    ],
    { outcomes: ['succeeded', 'succeeded', 'succeeded'], files: parted },
  ),
  writingCase(
    'a run that fails leaves the folder as it was, or none',
    [
      writing(csv, 'partition_columns: [k]', `SELECT error('stop')::INTEGER AS n, 'a' AS k FROM range(5000)`),
      writing(csv, 'partition_columns: [k]'),
      writing(json, 'partition_columns: [k], mode: replace', `SELECT error('stop')::INTEGER AS n, 'a' AS k`),
    ],
    { outcomes: ['sql.failed at 2:34', 'succeeded', 'sql.failed at 2:34'], files: parted },
  ),
  writingCase(
    'columns that cannot part an output are told at their place',
    [
      writing(csv, 'partition_columns: [k, nowhere]'),
      writing(csv, 'partition_columns: [k, K]'),
      writing(csv, 'partition_columns: [n, t, k]'),
      writing(csv, 'partition_columns: [l]', 'SELECT 1 AS n, [1] AS l'),
    ],
    {
      outcomes: [
        'document.invalid at 3:100',
        'document.invalid at 3:100',
        'document.invalid at 3:96',
        'type.unsupported at 3:97',
      ],
      files: {},
    },
  ),
  writingCase(
    'more than 10,000 partitions are refused, and nothing stays',
    [writing(json, 'partition_columns: [k]', 'SELECT i AS n, i AS k FROM range(10001) t(i)')],
    { outcomes: ['file.too_many at 3:49'], files: {} },
  ),
  {
    name: 'a file in the place of a folder is not replaced',
    run: async (context) => {
      const file = await context.platform.files.create('out');
      await file.write(new TextEncoder().encode('kept'));
      await file.commit();
      const { error } = await runDocument(context.platform, writing(csv, 'single_file: false, mode: replace'));
      return { error, files: await written(context) };
    },
    expected: { error: 'file.exists at 3:49', files: { out: 'kept' } },
  },
  {
    name: 'compressed output is read again, in a folder and as a file',
    run: async ({ platform, readFile, addFile, listWritten }) => {
      const options = '{ type: csv, options: { compression: gzip } }';
      const asJson = '{ type: json, options: { compression: gzip } }';
      await runDocument(platform, writing(options, 'partition_columns: [k]'));
      await runDocument(
        platform,
        writing(asJson, 'single_file: true').replace('location: out', 'location: out.json.gz'),
      );
      const files = await listWritten();
      const seen: unknown[] = [];
      for (const [path, format] of [
        ['out/k=a/data_0.csv.gz', csv],
        ['out.json.gz', json],
      ] as const) {
        const bytes = (await readFile(path)) ?? new Uint8Array();
        await addFile(`again/${path}`, bytes);
        seen.push([bytes[0], bytes[1]]);
        seen.push(
          summary(await runDocument(platform, documentOf(`type: file, location: again/${path}, format: ${format}`))),
        );
      }
      return { files, seen };
    },
    expected: {
      files: ['out.json.gz', 'out/k=a/data_0.csv.gz', 'out/k=b/data_0.csv.gz'],
      seen: [
        [31, 139],
        {
          columns: 'n BIGINT, t VARCHAR',
          rows: [
            ['1', 'x'],
            ['3', 'z'],
          ],
        },
        [31, 139],
        {
          columns: 'n BIGINT, t VARCHAR, k VARCHAR',
          rows: [
            ['1', 'x', 'a'],
            ['2', 'y', 'b'],
            ['3', 'z', 'a'],
          ],
        },
      ],
    },
  },
  {
    name: 'the plan tells a folder that is in the way',
    run: async ({ platform }) => {
      const text = writing(csv, 'partition_columns: [k]');
      await runDocument(platform, text);
      return (await runDocument(platform, text)).events.map(({ type }) => type);
    },
    expected: ['run_started', 'run_failed'],
  },
];

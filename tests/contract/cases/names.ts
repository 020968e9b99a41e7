// Names of files and folders that could mean something else: patterns, partitions, compression.
import { SluiceError } from '../../../shared/errors.ts';
import type { ContractCase, ContractContext } from '../case.ts';
import { runDocument } from '../run-document.ts';
import { documentOf, summary } from './one-source.ts';

const csv = '{ type: csv }';
const formats = ['csv', 'json', 'parquet'];

interface Output {
  readonly query: string;
  readonly format: string;
  readonly location: string;
  readonly more?: string;
}

function writing({ query, format, location, more = '' }: Output): string {
  return `sources: []
stages: [[{ name: result, query: ${JSON.stringify(query)} }]]
destination: { type: file, name: out, format: ${format}, location: ${JSON.stringify(location)}${more} }
`;
}

/** Makes what was written readable, where that is not where it was written. */
async function addAgain({ listWritten, readFile, addFile }: ContractContext): Promise<readonly string[]> {
  const files = await listWritten();
  for (const path of files) await addFile(`again/${path}`, (await readFile(path)) ?? '');
  return files;
}

function reading(name: string, files: readonly string[], source: string, expected: object): ContractCase {
  return {
    name,
    run: async ({ platform, addFile }) => {
      for (const [index, path] of files.entries()) await addFile(path, `a\n${index + 1}\n`);
      return summary(await runDocument(platform, documentOf(`${source}, format: ${csv}`)));
    },
    expected,
  };
}

const first = { columns: 'a BIGINT', rows: [['1']] };
const both = { columns: 'a BIGINT', rows: [['1'], ['2']] };

export const nameCases: readonly ContractCase[] = [
  reading(
    'a name that is a pattern: the file is read, not its neighbour',
    ['report[1].csv', 'report1.csv'],
    `type: file, location: 'report[1].csv'`,
    { ...first, told: ['file.matched_by_name'] },
  ),
  reading('a name that is a pattern: with `?` and `*`', ['q?*.csv', 'q12.csv'], `type: file, location: 'q?*.csv'`, {
    ...first,
    told: ['file.matched_by_name'],
  }),
  reading(
    'a name that is a pattern and matches nothing else is read without a word',
    ['q?.csv', 'r1.csv'],
    `type: file, location: 'q?.csv'`,
    first,
  ),
  reading(
    'a name that is a pattern may be spelled with a dot before it',
    ['q?.csv', 'r1.csv'],
    `type: file, location: './/q?.csv'`,
    first,
  ),
  reading(
    'a folder whose name is a pattern',
    ['d[1]/x.csv', 'd[1]/k/y.csv', 'd1/z.csv'],
    `type: directory, location: 'd[1]'`,
    both,
  ),
  reading(
    'a folder whose name is a pattern, as a file source',
    ['d[1]/x.csv', 'd1/z.csv'],
    `type: file, location: 'd[1]/'`,
    first,
  ),
  reading(
    'a pattern matches where nothing has its name',
    ['d1/x.csv', 'd2/y.csv'],
    `type: file, location: 'd[12]/*.csv'`,
    both,
  ),
  ...['out[1]?*.csv', 'o[1]/x{2}.csv'].map((location): ContractCase => ({
    name: `a destination whose name is a pattern: ${location}`,
    run: async (context) => {
      const { platform, addFile, listWritten } = context;
      await addFile('out1ab.csv', 'a\n2\n');
      const outcomes: string[] = [];
      for (const more of ['', ', single_file: false', ', partition_columns: [k]']) {
        const folder = more === '' ? location : `${location}${more.length}`;
        const query = `SELECT 1 AS a, 'x' AS k`;
        const { outcome, error } = await runDocument(platform, writing({ query, format: csv, location: folder, more }));
        outcomes.push(error ?? outcome);
      }
      return { outcomes, files: await listWritten() };
    },
    expected: {
      outcomes: ['succeeded', 'succeeded', 'succeeded'],
      files: [location, `${location}20/part-0.csv`, `${location}24/k=x/data_0.csv`].sort(),
    },
  })),
  {
    name: 'a destination whose name ends in .gz is compressed as reading assumes, unless the document says otherwise',
    run: async (context) => {
      const seen: unknown[] = [];
      for (const [location, format] of [
        ['a.csv.gz', '{ type: csv }'],
        ['b.json.GZ', '{ type: json }'],
        ['c.csv', '{ type: csv }'],
        ['d.csv.gz', '{ type: csv, options: { compression: none } }'],
      ] as const) {
        await runDocument(context.platform, writing({ query: 'SELECT 1::BIGINT AS a', format, location }));
        const bytes = await context.readFile(location);
        await context.addFile(`again/${location}`, bytes ?? '');
        const source = `type: file, location: again/${location}, format: ${format}`;
        seen.push([bytes?.[0] === 0x1f, summary(await runDocument(context.platform, documentOf(source)))]);
      }
      return seen;
    },
    expected: [
      [true, first],
      [true, first],
      [false, first],
      [false, first],
    ],
  },
  ...formats.map((type): ContractCase => ({
    name: `partitions, ${type}: values of all kinds come back, each from its folder`,
    run: async (context) => {
      const values = `(1, 'NULL'), (2, NULL), (3, ''), (4, '.'), (5, '..'), (6, 'a/b'), (7, chr(0) || 'x'), (8, '%41'), (9, 'x=y'), (10, '[1]*'), (11, ' '), (12, 'é')`;
      const query = `SELECT i::INTEGER AS i, k FROM (VALUES ${values}) t(i, k)`;
      const more = ', partition_columns: [k]';
      const run = await runDocument(
        context.platform,
        writing({ query, format: `{ type: ${type} }`, location: 'out', more }),
      );
      const files = await addAgain(context);
      const source = `type: directory, location: again/out, format: { type: ${type} }, partition_columns: [[k, string]]`;
      const check = 'SELECT string_agg(i || coalesce(hex(k), chr(45)), chr(44) ORDER BY i) AS s FROM data';
      return [
        run.error ?? run.outcome,
        files.length,
        summary(await runDocument(context.platform, documentOf(source, check))),
      ];
    },
    expected: [
      'succeeded',
      12,
      {
        columns: `i ${type === 'parquet' ? 'INTEGER' : 'BIGINT'}, k VARCHAR`,
        rows: [['14E554C4C,2-,3,42E,52E2E,6612F62,70078,8253431,9783D79,105B315D2A,1120,12C3A9']],
      },
    ],
  })),
  ...formats.map((type): ContractCase => ({
    name: `partitions, ${type}: values that no folder can stand for are refused at their column, and nothing stays`,
    run: async (context) => {
      const seen: unknown[] = [];
      for (const query of [
        `SELECT * FROM (VALUES (1, NULL), (2, '__HIVE_DEFAULT_PARTITION__')) t(i, k)`,
        `SELECT 1 AS i, repeat('x', 254) AS k`,
        `SELECT 1 AS i, repeat('é', 43) AS k`,
        `SELECT i, i AS k FROM range(10001) t(i)`,
      ]) {
        const more = ', partition_columns: [k]';
        const run = await runDocument(
          context.platform,
          writing({ query, format: `{ type: ${type} }`, location: 'out', more }),
        );
        seen.push(run.error);
      }
      return [seen, await context.listWritten()];
    },
    expected: [
      [
        ...Array.from({ length: 3 }, () => `file.partition at 3:${type.length + 96}`),
        `file.too_many at 3:${type.length + 69}`,
      ],
      [],
    ],
  })),
  {
    name: 'partitions: a column is found by its name in upper and lower case, in a document and in a path',
    run: async (context) => {
      const seen: unknown[] = [];
      for (const type of formats) {
        const more = ', partition_columns: [key]';
        const query = `SELECT 1::BIGINT AS a, 'x' AS "Key"`;
        await runDocument(context.platform, writing({ query, format: `{ type: ${type} }`, location: type, more }));
        await addAgain(context);
        for (const name of ['key', 'Key', 'KEY']) {
          const source = `type: directory, location: again/${type}, format: { type: ${type} }, partition_columns: [[${name}, string]]`;
          seen.push(summary(await runDocument(context.platform, documentOf(source))));
        }
      }
      return seen;
    },
    expected: formats.flatMap(() =>
      ['key', 'Key', 'KEY'].map((name) => ({ columns: `a BIGINT, ${name} VARCHAR`, rows: [['1', 'x']] })),
    ),
  },
  {
    name: 'a file in the place of a folder and a folder in that of a file are told before anything is computed',
    run: async ({ platform, listWritten }) => {
      const seen: unknown[] = [];
      for (const [location, query] of [
        ['x.csv', 'SELECT 1 AS a'],
        ['d/', 'SELECT 1 AS a'],
        ...['x.csv/y.csv', 'x.csv/deep/y.csv', 'x.csv/', 'x.csv/deep/', 'd'].map((each) => [
          each,
          `SELECT error('never run') AS a`,
        ]),
      ] as [string, string][]) {
        const { outcome, error, issue } = await runDocument(platform, writing({ query, format: csv, location }));
        seen.push(error === undefined ? outcome : [error, (issue?.hint ?? '') !== '']);
      }
      return [seen, await listWritten()];
    },
    expected: [
      ['succeeded', 'succeeded', ...Array.from({ length: 5 }, () => ['file.exists at 3:72', true])],
      ['d/part-0.csv', 'x.csv'],
    ],
  },
  {
    name: 'a file that was opened stays what it is, or says that it has changed',
    run: async ({ platform }) => {
      const write = async (text: string): Promise<void> => {
        const file = await platform.files.create('a.csv');
        await file.write(new TextEncoder().encode(text));
        await file.commit();
      };
      await write('first');
      const opened = await platform.files.open('a.csv');
      await opened.verify?.();
      await write('another');
      let seen = 'changed';
      try {
        await opened.verify?.();
        seen = new TextDecoder().decode(await opened.read(0, 100));
      } catch (thrown) {
        if (!(thrown instanceof SluiceError) || thrown.code !== 'file.failed') throw thrown;
      }
      await opened.close();
      return seen === 'changed' || seen === 'first';
    },
    expected: true,
  },
];

// Sources at http addresses: whatever way a server gives them, and what goes wrong on the way.
import type { ContractCase, ContractContext, OpenOptions } from '../case.ts';
import { runDocument, showFile, type Observed } from '../run-document.ts';

const csv = '{ type: csv }';

/** What is told only where it happens: a relay loads every file whole. */
function notices({ notices: all }: Observed): string[] {
  return all.filter((code) => code !== 'run.no_output' && code !== 'file.loaded_whole');
}

async function read(context: ContractContext, path: string, format: string, query?: string): Promise<unknown> {
  const address = `${await context.serve()}/${path}`;
  const seen = await runDocument(context.platform, showFile(address, format, query));
  return seen.error ?? [seen.columns['data'], seen.shown['result'], ...notices(seen)];
}

const ways = ['good', 'hidden', 'no-head', 'whole', 'redirect'];

function inEveryWay(name: string, file: string, format: string, expected: unknown, query?: string): ContractCase {
  return {
    name,
    run: async (context) => {
      const answers: Record<string, unknown> = {};
      for (const way of ways) answers[way] = await read(context, `${way}/${file}`, format, query);
      return answers;
    },
    expected: Object.fromEntries(ways.map((way) => [way, expected])),
  };
}

/** Reads a file in a bad way: at its source's location stands this code. */
function failing(name: string, paths: readonly string[], code: string, options?: OpenOptions): ContractCase {
  return {
    name,
    run: async ({ platform: ready, open, serve }) => {
      const server = await serve();
      const platform = options ? await open(options) : ready;
      const seen: unknown[] = [];
      for (const path of paths) {
        const { error, issue, outcome } = await runDocument(platform, showFile(`${server}/${path}`, csv));
        seen.push([outcome, error, (issue?.hint ?? '') !== '']);
      }
      return seen;
    },
    expected: paths.map(() => ['failed', `${code} at 2:41`, true]),
  };
}

const sums = 'SELECT count(*)::INTEGER AS n, sum(id)::VARCHAR AS ids, max(name) AS last FROM data';
const small = [
  'a BIGINT, b VARCHAR',
  [
    ['1', 'x'],
    ['2', 'y'],
  ],
];
const summed = ['id BIGINT, name VARCHAR', [[60000, '1799970000', 'name 999']]];
/** The types of a CSV file of so many rows are inferred from the first of them, and that is told. */
const sampled = [...summed, 'format.sampled'];

export const addressCases: readonly ContractCase[] = [
  inEveryWay('an address: a small CSV file', 'small.csv?x=1', csv, [
    'a BIGINT, b VARCHAR',
    [
      ['1', 'x'],
      ['2', 'y'],
    ],
  ]),
  inEveryWay('an address: an empty CSV file', 'empty.csv', csv, ['column_1 VARCHAR', [], 'file.no_columns']),
  inEveryWay('an address: a CSV file of some MB', 'large.csv', csv, sampled, sums),
  inEveryWay('an address: a compressed CSV file', 'large.csv.gz', csv, sampled, sums),
  {
    name: 'an address: a compressed file of a server that calls its compression a content encoding',
    run: (context) => read(context, 'encoded/large.csv.gz', csv, sums),
    expected: sampled,
  },
  inEveryWay('an address: a JSON file', 'rows.json', '{ type: json }', ['a BIGINT', [['1'], ['2']]]),
  inEveryWay('an address: a Parquet file', 'large.parquet', '{ type: parquet }', summed, sums),
  failing(
    'an address: nothing is there',
    ['good/nothing.csv', 'page/small.csv', 'page/large.csv.gz'],
    'file.not_found',
  ),
  {
    name: 'an address: a page where a file was expected is told by its type, whatever format was declared',
    run: async (context) => {
      const address = `${await context.serve()}/page/large.parquet`;
      const { error, issue } = await runDocument(context.platform, showFile(address, '{ type: parquet }'));
      return [error, issue?.message.replace(/http\S+/, 'X')];
    },
    expected: ['file.not_found at 2:41', 'The server has no file at X it answered with a web page (text/html).'],
  },
  {
    name: 'an address: a file that its server calls a page is read',
    run: async (context) => [
      await read(context, 'called-page/small.csv', csv),
      await read(context, 'called-page/large.parquet', '{ type: parquet }', sums),
    ],
    expected: [small, summed],
  },
  {
    name: 'an address: whatever encoding its server gives the content',
    run: async (context) => {
      const seen: unknown[] = [];
      for (const way of ['in-gzip', 'in-br', 'in-deflate', 'in-raw-deflate']) {
        seen.push(await read(context, `${way}/small.csv`, csv), await read(context, `${way}/large.csv`, csv, sums));
      }
      return seen;
    },
    expected: [small, sampled, small, sampled, small, sampled, small, sampled],
  },
  failing('an address: a part comes where the whole was asked for', ['unasked/large.csv.gz'], 'file.failed'),
  {
    name: 'an address: no content is told, and is no file with rows',
    run: (context) => read(context, 'nothing/small.csv', csv),
    expected: ['column_1 VARCHAR', [], 'file.no_columns', 'file.not_found'],
  },
  {
    name: 'an address: a server that is asked too much is to be asked later',
    run: async (context) => {
      const address = `${await context.serve()}/busy/small.csv`;
      const { error, issue } = await runDocument(context.platform, showFile(address, csv));
      return [error, issue?.hint];
    },
    expected: ['file.failed at 2:41', 'The server is asked too much at the moment; try later.'],
  },
  failing('an address: the server refuses', ['forbidden/small.csv'], 'file.forbidden'),
  failing('an address: the server has a problem', ['broken/small.csv'], 'file.failed'),
  failing('an address: the answer is cut off', ['cut/small.csv', 'cut/large.csv', 'longer/large.csv'], 'file.failed'),
  failing('an address: the server stalls', ['stall/small.csv', 'stall/large.csv'], 'file.failed', {
    stallTimeout: 500,
  }),
  {
    name: 'an address: nobody answers',
    run: async ({ platform }) => (await runDocument(platform, showFile('http://127.0.0.1:1/a.csv', csv))).error,
    expected: 'file.failed at 2:41',
  },
  {
    name: 'an address is a file, not a folder, and cannot be written',
    run: async ({ platform, serve }) => {
      const server = await serve();
      const folder = `sources:
  - { type: directory, name: data, location: "${server}/good/", format: ${csv} }
stages: [[{ name: result, query: SELECT * FROM data, show: 1 }]]
`;
      const written = `sources: []
stages: [[{ name: result, query: SELECT 1 AS a }]]
destination: { type: file, name: out, location: "${server}/good/out.csv", format: ${csv} }
`;
      const seen = await runDocument(platform, written);
      return [
        (await runDocument(platform, folder)).error,
        seen.error,
        seen.events.some(({ type }) => type === 'stage_started'),
      ];
    },
    expected: ['document.unsupported at 2:46', 'place.unsupported at 3:49', false],
  },
];

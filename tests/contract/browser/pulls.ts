// Rows that DuckDB pulls from our code while a statement runs.
import {
  Bool,
  type DataType,
  Field,
  FixedSizeBinary,
  Int32,
  Int64,
  List,
  makeData,
  makeVector,
  Struct,
  Table,
  Utf8,
} from 'apache-arrow';
import type { RecordBatch, Vector } from 'apache-arrow';
import { asSluiceError, failure } from '../../../shared/errors.ts';
import type { Engine, PulledScan, Pruning } from '../../../shared/platform.ts';
import { rowsOf, type Value } from '../../../shared/values/codec.ts';
import { selectColumns } from '../../../shared/values/select.ts';
import type { BrowserCase } from './cases.ts';
import { vectorOf } from './vectors.ts';
import { withEngine } from './with-engine.ts';

const rowCount = 5000;

/** Every seventh value is NULL. */
function column<Type extends DataType>(type: Type, valueOf: (row: number) => unknown): Vector<Type> {
  const values = Array.from({ length: rowCount }, (_, row) => (row % 7 === 3 ? null : valueOf(row)));
  return vectorOf(values, type);
}

const item = (type: DataType): Field => new Field('item', type, true);

const table = new Table({
  number: column(new Int64(), (row) => BigInt(row)),
  flag: column(new Bool(), (row) => row % 2 === 0),
  text: column(new Utf8(), (row) => (row % 3 === 0 ? `t${row}` : `a text of row number ${row}`)),
  bytes: column(new FixedSizeBinary(4), (row) => new Uint8Array([row & 255, row >> 8, 7, 9])),
  list: column(new List(item(new List(item(new Utf8())))), (row) => [[`x${row}`, null], null, []]),
  struct: column(
    new Struct([new Field('a', new Int32(), true), new Field('b', new List(item(new Bool())), true)]),
    (row) => ({ a: row % 5 === 0 ? null : -row, b: [true, null, row % 2 === 0] }),
  ),
});

const columns = [
  { name: 'number', type: 'BIGINT' },
  { name: 'flag', type: 'BOOLEAN' },
  { name: 'text', type: 'VARCHAR' },
  { name: 'bytes', type: 'BLOB' },
  { name: 'list', type: 'VARCHAR[][]' },
  { name: 'struct', type: 'STRUCT(a INTEGER, b BOOLEAN[])' },
];

/** The same rows in SQL. */
const expectedRows = `SELECT if(i % 7 = 3, NULL, i) AS number, if(i % 7 = 3, NULL, i % 2 = 0) AS flag,
  if(i % 7 = 3, NULL, if(i % 3 = 0, 't' || i, 'a text of row number ' || i)) AS text,
  if(i % 7 = 3, NULL, unhex(lpad(hex(i & 255), 2, '0') || lpad(hex(i >> 8), 2, '0') || '0709')) AS bytes,
  if(i % 7 = 3, NULL, [['x' || i, NULL], NULL, []]) AS list,
  if(i % 7 = 3, NULL, {'a': if(i % 5 = 0, NULL, -i::INTEGER), 'b': [true, NULL, i % 2 = 0]}) AS struct
  FROM range(${rowCount}) n(i)`;

const everything: PulledScan = function* (names) {
  for (const batch of table.batches) yield selectColumns(batch, names);
};

async function rows(engine: Engine, query: string): Promise<Value[][]> {
  const { columns: found, batches } = await engine.query(query);
  const all: Value[][] = [];
  for await (const batch of batches) all.push(...rowsOf(batch, found));
  return all;
}

async function told(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    const { code, message } = asSluiceError(thrown);
    return `${code}: ${message}`;
  }
  return 'no error';
}

function numbers(...values: number[]): RecordBatch {
  const [batch] = new Table({ number: vectorOf(values, new Int32()) }).batches;
  if (!batch) throw new Error('Arrow made no batch.');
  return batch;
}

const integer = [{ name: 'number', type: 'INTEGER' }];

export const pullCases: readonly BrowserCase[] = [
  {
    name: 'pulled rows are the same rows in every type, column by column and together',
    run: () =>
      withEngine(async ({ engine, pull }) => {
        const { expression } = await pull(columns, everything, { rows: rowCount });
        await engine.execute(`CREATE VIEW data AS FROM ${expression}`);
        await engine.execute(`CREATE TABLE made AS ${expectedRows}`);
        const different = await rows(
          engine,
          'SELECT count(*) FROM ((FROM data EXCEPT ALL FROM made) UNION ALL (FROM made EXCEPT ALL FROM data))',
        );
        const single: Value[][] = [];
        for (const { name } of columns) {
          const hash = `bit_xor(hash(${name})), count(${name})`;
          single.push(...(await rows(engine, `SELECT (SELECT (${hash}) FROM data) = (SELECT (${hash}) FROM made)`)));
        }
        return {
          different,
          single,
          types: await engine.describe('FROM data'),
          count: await rows(engine, 'SELECT count(*) FROM data'),
        };
      }),
    expected: { different: [['0']], single: columns.map(() => [true]), types: columns, count: [[String(rowCount)]] },
  },
  {
    name: 'only the wanted columns are pulled, and only as many rows as are wanted',
    run: () =>
      withEngine(async ({ engine, pull }) => {
        const asked: string[] = [];
        let [opened, closed] = [0, 0];
        const scan: PulledScan = function* (names) {
          asked.push(names.join());
          opened++;
          try {
            for (;;) yield* everything(names, [[]]);
          } finally {
            closed++;
          }
        };
        const { expression } = await pull(columns, scan);
        const found = await rows(engine, `SELECT text FROM ${expression} WHERE flag LIMIT 2`);
        await rows(engine, `SELECT 1 FROM ${expression} LIMIT 1`);
        return { asked, opened, closed, found };
      }),
    expected: { asked: ['flag,text', 'number'], opened: 2, closed: 2, found: [['t0'], ['a text of row number 2']] },
  },
  {
    name: 'one relation is pulled several times in a statement, with each other and with itself',
    run: () =>
      withEngine(async ({ engine, pull }) => {
        const { expression } = await pull(columns, everything, { rows: rowCount });
        await engine.execute(`CREATE VIEW data AS FROM ${expression}`);
        return rows(
          engine,
          `WITH few AS (SELECT number FROM data WHERE flag)
           SELECT count(*) FROM data a JOIN data b USING (number) JOIN few USING (number)
           WHERE EXISTS (SELECT 1 FROM data c WHERE c.text = a.text)`,
        );
      }),
    expected: [['2143']],
  },
  {
    name: 'an error in a pulled scan keeps its code, and the next statement works',
    run: () =>
      withEngine(async ({ engine, pull, database }) => {
        const broken = await pull(integer, function* () {
          yield numbers(1, 2);
          throw failure('file.corrupt', 'The file is damaged.');
        });
        const wrong = await pull([{ name: 'number', type: 'BIGINT' }], () => [numbers(1)]);
        const fine = await pull(integer, () => [numbers(1, 2), numbers(3)]);
        const answers = [
          await told(rows(engine, `SELECT sum(number) FROM ${broken.expression}`)),
          await told(rows(engine, `FROM ${broken.expression}`)),
          await told(engine.execute(`CREATE TABLE copied AS FROM ${broken.expression}`)),
          await told(rows(engine, `FROM ${wrong.expression}`)),
          await rows(engine, `SELECT sum(number) FROM ${fine.expression}`),
        ];
        fine.close();
        answers.push(await told(rows(engine, `FROM ${fine.expression}`)));
        return { answers, lent: database.pulls?.lent };
      }),
    expected: {
      answers: [
        ...Array.from({ length: 3 }, () => 'file.corrupt: The file is damaged.'),
        'internal: A scan of (number BIGINT) gave a batch of (number INTEGER).',
        [['6']],
        'sql.failed: A relation was read after it was closed.',
      ],
      lent: 0,
    },
  },
  {
    name: 'memory stays the same over many scans, whole ones and broken-off ones',
    run: () =>
      withEngine(async ({ engine, pull, database }) => {
        const { expression } = await pull(columns, everything, { rows: rowCount });
        const once = async (): Promise<void> => {
          await rows(engine, `SELECT max(text), max(list), max(struct), count(*) FROM ${expression}`);
          await rows(engine, `SELECT * FROM ${expression} LIMIT 1`);
        };
        for (let count = 0; count < 5; count++) await once();
        const before = database.bindings.mod.HEAPU8.byteLength;
        for (let count = 0; count < 100; count++) await once();
        return { grown: database.bindings.mod.HEAPU8.byteLength - before, lent: database.pulls?.lent };
      }),
    expected: { grown: 0, lent: 0 },
  },
  {
    name: 'what a statement asks of pulled rows is told to the scan, whatever the columns are called',
    run: () =>
      withEngine(async ({ engine, pull }) => {
        const asked: Pruning[] = [];
        const scan: PulledScan = (_names, pruning) => {
          asked.push(pruning);
          return [];
        };
        const pair = [
          { name: 'a', type: 'INTEGER' },
          { name: 'b', type: 'VARCHAR' },
        ];
        const { expression } = await pull(pair, scan);
        await engine.execute(`CREATE VIEW swapped AS SELECT b AS a, a AS b FROM ${expression}`);
        for (const query of [
          `FROM swapped WHERE a = 'x' AND b BETWEEN 1 AND 5`,
          `SELECT count(*) FROM swapped WHERE (a > 'y' OR b IS NULL) AND length(a) = 3`,
          'SELECT x.b FROM swapped x JOIN swapped y USING (b) WHERE x.a = 1::VARCHAR AND y.b > 7',
          'FROM swapped',
        ]) {
          await rows(engine, query);
        }
        await engine.execute(`CREATE TABLE kept AS FROM swapped WHERE b > 8`);
        return asked.map((lists) =>
          lists.map((list) => list.map((each) => `${each.column} ${each.operator} ${each.value}`).join(' & ')),
        );
      }),
    expected: [
      ['a >= 1 & a <= 5 & b = x'],
      ['a is null ', 'b > y'],
      ['a > 7 & b = 1', 'a > 7'],
      ['a > 7 & b = 1', 'a > 7'],
      [''],
      ['a > 8'],
    ],
  },
  {
    name: 'a batch for which there is no memory is refused, and nothing is written over',
    run: () =>
      withEngine(async ({ database: { library }, engine }) => {
        if (!library) throw new Error('This engine has no library.');
        const { malloc, free } = library.functions;
        const taken: number[] = [];
        for (const size of [256, 16, 1]) {
          for (let block = malloc(size * 2 ** 20); block !== 0; block = malloc(size * 2 ** 20)) taken.push(block);
        }
        for (const block of taken.splice(-8)) free(block); // what statements need
        const values = makeData({ type: new Int64(), data: new BigInt64Array(5_000_000) });
        const [batch] = new Table({ number: makeVector(values) }).batches;
        const scan = async function* (): AsyncGenerator<RecordBatch> {
          if (batch) yield await Promise.resolve(batch);
        };
        const code = await told(engine.feed('wide', [{ name: 'number', type: 'BIGINT' }], scan));
        for (const block of taken) free(block);
        const fed = await engine.feed('later', [{ name: 'number', type: 'BIGINT' }], scan);
        return { code, fed, sum: await rows(engine, 'SELECT count(*), sum(number) FROM later') };
      }),
    expected: { code: 'engine.out_of_memory: DuckDB has no memory left.', fed: 5_000_000, sum: [['5000000', '0']] },
  },
];

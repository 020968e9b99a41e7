// Parquet in the browser, through the reader that sources use: what comes back, what is left out, what is refused.
import { asSluiceError } from '../../../shared/errors.ts';
import type { FileInput, ReadContext } from '../../../shared/formats/format.ts';
import { readParquet } from '../../../shared/formats/parquet/read.ts';
import type { Engine, OpenFile, Platform } from '../../../shared/platform.ts';
import { rowsOf, type Value } from '../../../shared/values/codec.ts';
import { isByteSource } from '../../../web/platform/byte-source.ts';
import type { BrowserContext, BrowserCase } from './cases.ts';
import { conditions, generated, groupRows, rowCount } from './generated.ts';
import { withoutPull } from './without-pull.ts';

interface Reading {
  readonly context: ReadContext;
  readonly notices: string[];
  readonly close: () => Promise<void>;
}

function reading(platform: Platform, engine: Engine = platform.engine): Reading {
  const kept: (() => Promise<void>)[] = [];
  const notices: string[] = [];
  return {
    notices,
    context: {
      platform: { ...platform, engine },
      work: {},
      notify: (issue) => notices.push(`${issue.code}: ${issue.message}`),
      onRead: () => undefined,
      keep: (free) => kept.push(free),
    },
    close: async () => {
      for (const free of kept) await free();
    },
  };
}

async function rows(engine: Engine, query: string): Promise<Value[][]> {
  const { columns, batches } = await engine.query(query);
  const all: Value[][] = [];
  for await (const batch of batches) all.push(...rowsOf(batch, columns));
  return all;
}

/** Writes what a query gives as Parquet, under this path. */
async function write({ platform }: BrowserContext, path: string, query: string): Promise<void> {
  const file = await platform.files.create(path);
  const { batches } = await platform.engine.query(query);
  const options = { compression: 'zstd', rowGroupSize: groupRows } as const;
  for await (const bytes of platform.parquet.write(batches, options)) await file.write(bytes);
  await file.commit();
}

/** Makes the files a relation. */
async function relate(
  name: string,
  input: Partial<FileInput>,
  { context }: Reading,
  schema: readonly object[] = [],
): Promise<void> {
  const options = { schema } as unknown as Parameters<typeof readParquet>[1];
  const opened = await readParquet({ name, files: [], partitions: [], ...input }, options, context);
  await opened.relate(name, context);
}

/** Counts the bytes that are read without waiting. */
function counted(file: OpenFile): { bytes: () => number } {
  let bytes = 0;
  if (!isByteSource(file)) throw new Error('The file cannot be read without waiting.');
  const read = file.readSync.bind(file);
  file.readSync = (start, end) => {
    bytes += end - start;
    return read(start, end);
  };
  return { bytes: () => bytes };
}

async function told(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    return asSluiceError(thrown).code;
  }
  return 'no error';
}

export const parquetCases: readonly BrowserCase[] = [
  {
    name: 'Parquet of several row groups comes back the same',
    run: async (context) => {
      const { platform } = context;
      const { engine } = platform;
      await engine.execute(`CREATE TABLE written AS
        SELECT i, i % 7 AS seven, i * 1.5::DOUBLE AS half, 'text ' || i AS t, [i, NULL] AS l, {'a': [i], 'b': t} AS s,
          CASE WHEN i % 3 = 0 THEN NULL ELSE '12345678-1234-1234-1234-123456789abc' END AS u
        FROM range(${rowCount}) n(i)`);
      await write(context, 'whole.parquet', 'FROM written');
      const opened = reading(platform);
      await relate('data', { files: [await platform.files.open('whole.parquet')] }, opened);
      const different = await rows(
        engine,
        'SELECT count(*) FROM ((FROM data EXCEPT ALL FROM written) UNION ALL (FROM written EXCEPT ALL FROM data))',
      );
      const count = await rows(engine, 'SELECT count(*), count(u) FROM data');
      await opened.close();
      return { different, count };
    },
    expected: { different: [['0']], count: [['20000', '13333']] },
  },
  {
    name: 'leaving row groups out changes no answer, and reads less',
    run: async (context) => {
      const { platform } = context;
      const { engine } = platform;
      await write(context, 'data.parquet', generated);
      const opened = reading(platform);
      const file = await platform.files.open('data.parquet');
      const read = counted(file);
      await relate('data', { files: [file] }, opened);
      await engine.execute('CREATE TABLE plain AS FROM data');
      const whole = read.bytes();
      const different: string[] = [];
      const saved: string[] = [];
      for (const condition of conditions) {
        const before = read.bytes();
        const query = (table: string): string =>
          `SELECT count(*), coalesce(bit_xor(hash(data)), 0), sum(id) FROM ${table} AS data WHERE ${condition}`;
        const [pruned, plain] = [await rows(engine, query('data')), await rows(engine, query('plain'))];
        if (JSON.stringify(pruned) !== JSON.stringify(plain)) different.push(condition);
        if (read.bytes() - before < whole / 2) saved.push(condition);
      }
      await opened.close();
      const sure = [
        'id < 3000',
        "t = 'text 0050'",
        'price = 0',
        "ms < TIMESTAMP '2020-01-01 00:00:01'",
        'early',
        'd < -999',
      ];
      return { different, unsaved: sure.filter((each) => !saved.includes(each)), many: saved.length > 45 };
    },
    expected: { different: [], unsaved: [], many: true },
  },
  {
    name: 'Parquet is read whole before the stages where the engine cannot pull, and that is told',
    run: async (context) => {
      const { platform } = context;
      await write(context, 'data.parquet', generated);
      const { engine } = platform;
      const [lazy, whole] = [reading(platform), reading(platform, withoutPull(engine))];
      await relate('lazy', { files: [await platform.files.open('data.parquet')] }, lazy);
      await relate('whole', { files: [await platform.files.open('data.parquet')] }, whole);
      const different = await rows(
        engine,
        'SELECT count(*) FROM ((FROM lazy EXCEPT ALL FROM whole) UNION ALL (FROM whole EXCEPT ALL FROM lazy))',
      );
      return { different, notices: [lazy.notices.length, ...whole.notices.map((notice) => notice.split(':')[0])] };
    },
    expected: { different: [['0']], notices: [0, 'format.staged'] },
  },
  {
    name: 'several Parquet files are one relation, with the columns of all of them and those of the paths',
    run: async (context) => {
      const { platform } = context;
      await write(
        context,
        'one.parquet',
        `SELECT 1::INTEGER AS a, 'x' AS b, TIMESTAMP_MS '2024-01-01 00:00:00.5' AS c`,
      );
      await write(context, 'two.parquet', `SELECT 'y' AS b, 2::INTEGER AS a, TIMESTAMP_MS '2024-01-02' AS c`);
      await write(context, 'three.parquet', `SELECT 3::BIGINT AS a, true AS other, TIMESTAMP '2024-01-03' AS c`);
      const values = [
        ['2024', 'ä/1'],
        ['2025', null],
        ['2024', 'z'],
      ] as const;
      const files: OpenFile[] = [];
      for (const [index, name] of ['one', 'two', 'three'].entries()) {
        files.push(Object.assign(await platform.files.open(`${name}.parquet`), { partitionValues: values[index] }));
      }
      const opened = reading(platform);
      const partitions = [
        { name: 'year', type: 'INTEGER' },
        { name: 'kind', type: 'VARCHAR' },
      ];
      await relate('data', { files, partitions }, opened);
      const { engine } = platform;
      const found = {
        all: await rows(engine, 'FROM data'),
        some: await rows(engine, `SELECT a, kind FROM data WHERE year = 2024 AND kind = 'z'`),
        none: await rows(engine, `SELECT count(*) FROM data WHERE kind IS NULL`),
        types: (await engine.describe('FROM data')).map(({ type }) => type),
        notices: opened.notices,
      };
      await opened.close();
      return found;
    },
    expected: {
      all: [
        ['1', 'x', '2024-01-01 00:00:00.5', null, 2024, 'ä/1'],
        ['2', 'y', '2024-01-02 00:00:00', null, 2025, null],
        ['3', null, '2024-01-03 00:00:00', true, 2024, 'z'],
      ],
      some: [['3', 'z']],
      none: [['1']],
      types: ['BIGINT', 'VARCHAR', 'TIMESTAMP', 'BOOLEAN', 'INTEGER', 'VARCHAR'],
      notices: [
        'file.lacks_column: one.parquet has no other; two.parquet has no other; three.parquet has no b: NULL is read there.',
      ],
    },
  },
  {
    name: 'a damaged Parquet file ends in its error while the stages read it, and the next one is read',
    run: async (context) => {
      const { platform, addFile, readFile } = context;
      const { engine } = platform;
      await write(context, 'whole.parquet', generated);
      const bytes = (await readFile('whole.parquet')) ?? new Uint8Array();
      const codes = new Set<string>();
      for (let place = 0; place < 40; place++) {
        const damaged = new Uint8Array(bytes);
        const start = 4 + Math.floor(((damaged.length - 20_000) * place) / 40);
        damaged.fill(place % 2 === 0 ? 0 : 255, start, start + 400);
        await addFile(`damaged${place}.parquet`, damaged);
        const opened = reading(platform);
        await relate('data', { files: [await platform.files.open(`damaged${place}.parquet`)] }, opened);
        codes.add(await told(rows(engine, 'SELECT max(hash(data)) FROM data')));
        await engine.execute('DROP VIEW data');
        await opened.close();
      }
      const opened = reading(platform);
      await relate('data', { files: [await platform.files.open('whole.parquet')] }, opened);
      const count = await rows(engine, 'SELECT count(DISTINCT id) FROM data');
      await opened.close();
      codes.delete('no error'); // what was overwritten may have been the same, or the end of a page that nobody reads
      return { codes: [...codes], count };
    },
    expected: { codes: ['file.corrupt'], count: [[String(rowCount)]] },
  },
  {
    name: 'a Parquet scan that has grown large takes nothing away from one that goes on',
    run: async (context) => {
      const { platform } = context;
      const { engine } = platform;
      await write(context, 'long.parquet', `SELECT i, 'text ' || i AS t FROM range(200000) n(i)`);
      await write(context, 'other.parquet', `SELECT i FROM range(100000) n(i)`);
      const opened = reading(platform);
      for (const name of ['long', 'other']) {
        await relate(name, { files: [await platform.files.open(`${name}.parquet`)] }, opened);
      }
      const { prepareDecoder } = await import('../../../web/platform/parquet/decoder.ts');
      await prepareDecoder({ largestMemory: 1 });
      try {
        const seen: Value[][] = [];
        const { columns, batches } = await engine.query(`SELECT i, t FROM long WHERE t <> 'text ' || (i + 1)`);
        const answers = [];
        for await (const batch of batches) {
          seen.push(...rowsOf(batch, columns));
          if (answers.length < 3) answers.push(...(await rows(engine, 'SELECT count(*), sum(i) FROM other')));
        }
        return { rows: seen.length, good: seen.every(([i, t]) => t === `text ${Number(i)}`), answers };
      } finally {
        await prepareDecoder();
        await opened.close();
      }
    },
    expected: {
      rows: 200000,
      good: true,
      answers: Array.from({ length: 3 }, () => ['100000', '4999950000']),
    },
  },
];

// Results that are streamed: whole or an error, whatever happens on the way.
import { asSluiceError } from '../../../shared/errors.ts';
import type { Engine } from '../../../shared/platform.ts';
import type { ContractCase } from '../case.ts';

/** Drains a query; answers its rows, or the code of the error it ends in and whether rows came before. */
async function drain(engine: Engine, query: string): Promise<{ rows: number } | { code: string; message: string }> {
  let rows = 0;
  try {
    for await (const batch of (await engine.query(query)).batches) rows += batch.numRows;
    return { rows };
  } catch (thrown) {
    const { code, message } = asSluiceError(thrown).issue;
    return { code, message };
  }
}

export const streamCases: readonly ContractCase[] = [
  {
    name: 'a query that fails after many rows fails, and is not a short result',
    run: ({ platform: { engine } }) =>
      drain(engine, `SELECT CASE WHEN i = 900000 THEN error('too late') ELSE i END AS x FROM range(1000000) t(i)`),
    expected: { code: 'sql.failed', message: 'too late' },
  },
  {
    name: 'a result that is left early frees its connection',
    run: async ({ platform: { engine } }) => {
      await engine.execute('CREATE TABLE many AS SELECT * FROM range(1000000) t(i)');
      for (let round = 0; round < 20; round++) {
        for await (const batch of (await engine.query('FROM many')).batches) if (batch.numRows > 0) break;
      }
      await engine.execute('DROP TABLE many');
      return drain(engine, 'SELECT 1');
    },
    expected: { rows: 1 },
  },
  {
    name: 'a cancel between two batches ends the stream',
    run: async ({ platform: { engine } }) => {
      const controller = new AbortController();
      const { batches } = await engine.query('FROM range(100000000)', { signal: controller.signal });
      await batches.next();
      controller.abort();
      try {
        for await (const batch of batches) if (batch.numRows === 0) break;
        return 'drained';
      } catch (thrown) {
        return asSluiceError(thrown).code;
      }
    },
    expected: 'run.cancelled',
  },
  {
    name: 'rows fed back are the same rows: nulls, nesting, long and short text, in any order',
    run: async ({ platform: { engine } }) => {
      await engine.execute(`CREATE TABLE rows AS SELECT * FROM (SELECT
        CASE WHEN i % 7 <> 0 THEN i END AS a,
        repeat('é', (i % 23)::INTEGER) || i AS b,
        CASE WHEN i % 3 <> 0 THEN [CASE WHEN i % 5 <> 0 THEN 'item ' || i || ' of a list' END, 'x'] END AS c,
        CASE WHEN i % 4 <> 0 THEN {'k': i, 'l': CASE WHEN i % 2 = 0 THEN [i] ELSE [] END} END AS d,
        map {'key ' || i: i::DECIMAL(20, 3)} AS e,
        (i / 7)::DECIMAL(6, 2) AS f,
        encode('bytes ' || i) AS g,
        i % 2 = 0 AS h
        FROM range(6000) t(i)) ORDER BY hash(a, b)`);
      const rows = await engine.query('FROM rows');
      const fed = await engine.feed('again', rows.columns, () => rows.batches);
      return {
        fed,
        lost: await drain(engine, 'FROM rows EXCEPT ALL FROM again'),
        made: await drain(engine, 'FROM again EXCEPT ALL FROM rows'),
        inOrder: await drain(engine, 'SELECT a.b FROM rows a POSITIONAL JOIN again b WHERE a.b <> b.b'),
      };
    },
    expected: { fed: 6000, lost: { rows: 0 }, made: { rows: 0 }, inOrder: { rows: 0 } },
  },
  {
    name: 'a feed that fails leaves the engine usable',
    run: async ({ platform: { engine } }) => {
      const rows = await engine.query('FROM range(100000)');
      const broken = async function* () {
        for await (const batch of rows.batches) {
          yield batch;
          throw new Error('no more');
        }
      };
      const code = await engine.feed('half', rows.columns, broken).then(
        () => 'fed',
        (thrown: unknown) => asSluiceError(thrown).code,
      );
      return [code, await drain(engine, 'SELECT 1')];
    },
    expected: ['sql.failed', { rows: 1 }],
  },
];

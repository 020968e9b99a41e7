// The engine port on its own: statements, rows, columns, references.
import { SluiceError } from '../../../shared/errors.ts';
import { volatileFunctions } from '../../../shared/plan/volatile.ts';
import { rowsOf } from '../../../shared/values/codec.ts';
import type { ContractCase } from '../case.ts';

export const engineCases: readonly ContractCase[] = [
  {
    name: 'DuckDB has the pinned version',
    run: ({ platform }) => Promise.resolve(platform.engine.version),
    expected: 'v1.5.6',
  },
  {
    name: 'describe answers columns without running the query',
    run: ({ platform }) => platform.engine.describe(`SELECT 1 AS a, error('never runs')::VARCHAR AS b`),
    expected: [
      { name: 'a', type: 'INTEGER' },
      { name: 'b', type: 'VARCHAR' },
    ],
  },
  {
    name: 'bind answers columns and counts scans through CTEs, sub-queries, USING and quotes',
    run: async ({ platform: { engine } }) => {
      const columns = [{ name: 'x', type: 'INTEGER' }];
      const relations = ['a', 'b', 'union', 'unused', 'two words'].map((name) => ({ name, columns }));
      const { columns: found, scans } = await engine.bind(
        `WITH c AS (SELECT * FROM b) SELECT c.x AS n FROM c JOIN "union" USING (x), "two words" t, "union" u
         WHERE c.x IN (SELECT x FROM a WHERE false)`,
        relations,
      );
      return { found, scans: [...scans].sort() };
    },
    expected: {
      found: [{ name: 'n', type: 'INTEGER' }],
      scans: [
        ['a', 1],
        ['b', 1],
        ['two words', 1],
        ['union', 2],
      ],
    },
  },
  {
    name: 'bind knows a PIVOT whose columns come from its rows, also inside a query and where there is nothing else',
    run: async ({ platform: { engine } }) => {
      const relations = [
        {
          name: 'a',
          columns: [
            { name: 'x', type: 'INTEGER' },
            { name: 'y', type: 'VARCHAR' },
          ],
        },
        { name: 'b', columns: [{ name: 'x', type: 'INTEGER' }] },
      ];
      const bind = async (query: string) => {
        const { columns, scans, dynamic } = await engine.bind(query, relations);
        return [dynamic, columns.map(({ name }) => name), [...scans]];
      };
      return [
        await bind('PIVOT a ON y USING sum(x)'),
        await bind('WITH p AS (PIVOT a ON y USING count(*)) SELECT * FROM p JOIN b USING (x)'),
        await bind("PIVOT a ON y IN ('one') USING sum(x)"),
        await bind('SELECT x AS pivot FROM b'),
      ];
    },
    expected: [
      [true, [], [['a', 1]]],
      [
        true,
        [],
        [
          ['a', 1],
          ['b', 1],
        ],
      ],
      [false, ['one'], [['a', 1]]],
      [false, ['pivot'], [['b', 1]]],
    ],
  },
  {
    name: 'a long statement tells how far it is',
    run: async ({ platform: { engine } }) => {
      await engine.execute('CREATE TABLE many AS FROM range(1000000) t(i)');
      const controller = new AbortController();
      let told = 0;
      const onProgress = (fraction: number): void => {
        told = fraction;
        controller.abort();
      };
      const work = { onProgress, signal: controller.signal };
      const statement = `CREATE TABLE made AS SELECT sum(len(repeat('x', 3000 + n % 10))) AS n
        FROM (SELECT row_number() OVER () AS n FROM many)`; // which one thread computes, however many there are
      const code = await engine.execute(statement, work).then(
        () => 'ended',
        (thrown: unknown) => (thrown as SluiceError).code,
      );
      return { code, isShare: told > 0 && told < 1 };
    },
    expected: { code: 'run.cancelled', isShare: true },
  },
  {
    name: 'the list of volatile functions is the engine’s',
    run: async ({ platform: { engine } }) => {
      const query = `SELECT DISTINCT lower(function_name) FROM duckdb_functions() WHERE stability = 'VOLATILE' ORDER BY 1`;
      const { columns, batches } = await engine.query(query);
      const names = [];
      for await (const batch of batches) names.push(...rowsOf(batch, columns).flat());
      return names;
    },
    expected: [...volatileFunctions].sort(),
  },
  {
    name: 'bind leaves nothing behind',
    run: async ({ platform: { engine } }) => {
      const relation = { name: 'a', columns: [{ name: 'x', type: 'INTEGER' }] };
      await engine.bind('FROM a', [relation]);
      await engine.bind('FROM a', [relation]);
      try {
        await engine.describe('FROM a');
      } catch (thrown) {
        return thrown instanceof SluiceError ? thrown.code : String(thrown);
      }
      return 'found';
    },
    expected: 'sql.binding',
  },
];

// Scalar functions in JavaScript: every type there and back, NULL, errors, overloads.
import { rowsOf, type Value } from '../../../shared/values/codec.ts';
import { failure, SluiceError } from '../../../shared/errors.ts';
import type { Engine } from '../../../shared/platform.ts';
import type { Interval, ScalarFunction, ScalarType } from '../../../web/platform/capi/scalar.ts';
import type { BrowserCase } from './cases.ts';
import { withEngine } from './with-engine.ts';

/** The values of all rows, or the error's code and message. */
async function answer(engine: Engine, query: string): Promise<Value[][] | string> {
  try {
    const { columns, batches } = await engine.query(query);
    const rows: Value[][] = [];
    for await (const batch of batches) rows.push(...rowsOf(batch, columns));
    return rows;
  } catch (thrown) {
    return thrown instanceof SluiceError ? `${thrown.code}: ${thrown.message}` : String(thrown);
  }
}

function withFunctions(functions: readonly ScalarFunction[], queries: readonly string[]): Promise<unknown[]> {
  return withEngine(async ({ engine, register }) => {
    register(functions);
    const answers: unknown[] = [];
    for (const query of queries) answers.push(await answer(engine, query));
    return answers;
  });
}

const types: readonly ScalarType[] = [
  ...(['BOOLEAN', 'INTEGER', 'BIGINT', 'DOUBLE', 'VARCHAR', 'DATE', 'TIMESTAMP'] as const),
  ...(['TIMESTAMP WITH TIME ZONE', 'INTERVAL', 'VARCHAR[]'] as const),
];

/** `same_0` to `same_9` answer what they are given. */
const same = types.map((type, index): ScalarFunction => {
  return { name: `same_${index}`, parameters: [type], returns: type, call: (value) => value };
});

const values = `SELECT i % 2 = 0 AS v0, (i - 9)::INTEGER AS v1, i * 1234567890123 AS v2, i / 7 AS v3,
  CASE i % 4 WHEN 0 THEN '' WHEN 1 THEN 'kurz' WHEN 2 THEN 'längerer Text ' || i ELSE repeat('x', i::INTEGER) END AS v4,
  DATE '2024-02-28' + i::INTEGER AS v5, TIMESTAMP '1969-12-31 23:59:59' + to_microseconds(i) AS v6,
  TIMESTAMPTZ '2024-01-01 00:00:00+00' AS v7, to_months(i::INTEGER) + to_microseconds(i) AS v8,
  list_select(['a' || i, NULL, 'ein Text von mehr als zwölf Bytes'], [3, 2, 1]) AS v9
  FROM range(5000) n(i)`;

const nulls = types.map((_, index) => `CASE WHEN i % 3 = 0 THEN NULL ELSE v${index} END AS n${index}`).join(', ');
const kept = types.map((_, index) => `same_${index}(n${index}) IS NOT DISTINCT FROM n${index}`).join(' AND ');

export const scalarCases: readonly BrowserCase[] = [
  {
    name: 'a function in JavaScript takes and gives every type, with NULL in between',
    run: () =>
      withFunctions(same, [
        `SELECT count(*), count(*) FILTER (${kept}) FROM (SELECT ${nulls} FROM (SELECT *, row_number() OVER () AS i FROM (${values})))`,
        `SELECT same_4('\uFEFFa') = '\uFEFFa', same_4(chr(0)) = chr(0), same_9([]), same_9(NULL), same_8(INTERVAL '-1 month 5 days')`,
      ]),
    expected: [[['5000', '5000']], [[true, true, [], null, '-1 month 5 days']]],
  },
  {
    name: 'functions in JavaScript overload, see NULL where they want to, and are folded or not',
    run: async () => {
      let calls = 0;
      const answers = await withFunctions(
        [
          { name: 'joined', parameters: ['VARCHAR'], returns: 'VARCHAR', call: (text) => text },
          {
            name: 'joined',
            parameters: ['VARCHAR', 'INTEGER'],
            returns: 'VARCHAR',
            call: (text, number) => `${text as string}${number as number}`,
          },
          {
            name: 'or_none',
            parameters: ['VARCHAR'],
            returns: 'VARCHAR',
            handlesNull: true,
            call: (text) => text ?? 'none',
          },
          { name: 'counted', parameters: [], returns: 'INTEGER', isVolatile: true, call: () => ++calls },
          {
            name: 'longer',
            parameters: ['INTERVAL'],
            returns: 'INTERVAL',
            call: (interval) => ({ ...(interval as Interval), days: 7 }),
          },
        ],
        [
          `SELECT joined('a'), joined('a', 5), joined(NULL, 5), or_none(NULL), or_none('b'), longer(to_years(1))`,
          'SELECT max(c) FROM (SELECT counted() AS c FROM range(3000))',
        ],
      );
      return answers;
    },
    expected: [[['a', 'a5', null, 'none', 'b', '1 year 7 days']], [[3000]]],
  },
  {
    name: 'what a function in JavaScript throws is the error of its statement, and only of that',
    run: () =>
      withFunctions(
        [
          {
            name: 'refuses',
            parameters: ['VARCHAR'],
            returns: 'VARCHAR',
            call: (text) => {
              throw failure('type.unsupported', `"${text as string}" is refused.`);
            },
          },
          { name: 'strays', parameters: [], returns: 'INTEGER', isVolatile: true, call: () => 1.5 },
          {
            name: 'breaks',
            parameters: ['INTEGER'],
            returns: 'INTEGER',
            call: () => {
              throw new Error('broken');
            },
          },
        ],
        [
          `SELECT refuses(t) FROM (VALUES ('x"y')) v(t)`,
          `SELECT refuses('folded')`,
          `SELECT TRY(refuses(t)) FROM (VALUES ('x')) v(t)`,
          `SELECT 'abc'::INTEGER`,
          'SELECT strays()',
          'SELECT breaks(i::INTEGER) FROM range(5) n(i)',
          'SELECT 42',
        ],
      ),
    expected: [
      'type.unsupported: "x"y" is refused.',
      'type.unsupported: "folded" is refused.',
      [[null]],
      "sql.failed: Could not convert string 'abc' to INT32",
      'internal: A function that returns INTEGER answered a number.',
      'sql.failed: broken',
      [[42]],
    ],
  },
];

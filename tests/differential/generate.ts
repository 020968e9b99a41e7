// Pipelines made by chance: typed rows in the document, a few stages over them, each a query that both engines must
// answer alike. Seeded, so that a failure can be made again. Rows are put into a total order before they are shown.
import fc from 'fast-check';

/** A column's values, and expressions over it by the type that they give. */
interface ColumnKind {
  readonly type: string;
  readonly values: fc.Arbitrary<string | number | boolean | null>;
  /** `$` stands for the column. */
  readonly expressions: readonly string[];
  readonly aggregates: readonly string[];
}

const words = ['', 'a', 'B', 'ärger', 'x y', "it's", '"q"', '0', ' lead', '日本', 'NULL', '\\n'];
const kinds: readonly ColumnKind[] = [
  {
    type: 'int64',
    values: fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(0, 1, -1, 2 ** 31, -(2 ** 40), null)),
    expressions: [
      '$',
      '$ + 1',
      '$ % 7',
      'abs($)',
      '$ * 3 - 2',
      'CASE WHEN $ > 0 THEN $ ELSE -1 END',
      '$::VARCHAR',
      '$ / 4',
    ],
    aggregates: ['sum($)', 'min($)', 'max($)', 'count($)', 'count(DISTINCT $)', 'median($)'],
  },
  {
    type: 'string',
    values: fc.oneof(fc.constantFrom(...words, null), fc.string({ maxLength: 6, unit: 'grapheme' })),
    expressions: [
      '$',
      'upper($)',
      'length($)',
      "coalesce($, '-')",
      "$ || '!'",
      'substr($, 2, 2)',
      'reverse($)',
      "$ LIKE '%a%'",
    ],
    aggregates: ['min($)', 'max($)', 'count($)', "string_agg($, ',' ORDER BY $)", 'count(DISTINCT $)'],
  },
  {
    type: 'float64',
    values: fc.oneof(
      fc.integer({ min: -64, max: 64 }).map((value) => value / 8),
      fc.constantFrom(0, 1e10, -2.5, null),
    ),
    expressions: ['$', '$ * 2', 'round($, 1)', 'floor($)', '$::DECIMAL(18,3)', '$ > 1', 'ceil($)::BIGINT'],
    aggregates: ['sum($)', 'min($)', 'max($)', 'count($)'],
  },
  {
    type: 'date32',
    values: fc.oneof(
      fc.integer({ min: -20000, max: 40000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
      fc.constantFrom('2024-02-29', '1969-12-31', null),
    ),
    expressions: [
      '$',
      '$ + 30',
      'year($)',
      "date_trunc('month', $)",
      'dayofweek($)',
      "strftime($, '%d.%m.%Y')",
      'last_day($)',
    ],
    aggregates: ['min($)', 'max($)', 'count($)'],
  },
  {
    type: 'bool',
    values: fc.constantFrom(true, false, null),
    expressions: ['$', 'NOT $', '$ IS NULL', 'coalesce($, false)', '$::INTEGER'],
    aggregates: ['bool_and($)', 'count($)', 'count_if($)'],
  },
];

/** A pipeline document in JSON, whose stage `result` is shown. */
export const pipeline: fc.Arbitrary<string> = fc
  .tuple(fc.array(fc.constantFrom(...kinds), { minLength: 2, maxLength: 5 }), fc.boolean())
  .chain(([columns, big]) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.tuple(...columns.map(({ values }) => values)), { maxLength: big ? 200 : 12 }),
      stages: fc.array(stage(columns), { minLength: 1, maxLength: 4 }),
      combine: fc.constantFrom('', 'union', 'join', 'window', 'list'),
    }),
  )
  .map(({ columns, rows, stages, combine }) => {
    const schema = [
      { name: 'id', data_type: 'int64' },
      ...columns.map(({ type }, at) => ({ name: `c${at}`, data_type: type })),
    ];
    const records = rows.map((row, id) => ({ id, ...Object.fromEntries(row.map((value, at) => [`c${at}`, value])) }));
    const named = stages.map((query, at) => ({ name: `s${at}`, query, ...(at % 2 === 0 ? { show: 20 } : {}) }));
    const last = `s${named.length - 1}`;
    return JSON.stringify({
      dialect: 'duckdb',
      sources: [{ type: 'inline', name: 'data', schema, rows: records }],
      stages: [
        named,
        [{ name: 'combined', query: combined(combine, last) }],
        [{ name: 'result', query: 'FROM combined ORDER BY ALL', show: 0 }],
      ],
    });
  });

function combined(combine: string, last: string): string {
  switch (combine) {
    case 'union':
      return `SELECT * FROM ${last} UNION ALL (SELECT * FROM ${last} LIMIT 0)`;
    case 'join':
      return `SELECT a.*, d.id AS other FROM ${last} a LEFT JOIN data d ON d.id = hash(a.v0) % 5`;
    case 'window':
      return `SELECT *, row_number() OVER (ORDER BY ALL) AS n, lag(v0) OVER (ORDER BY v0, v1) AS before FROM (FROM ${last} ORDER BY ALL)`.replace(
        'OVER (ORDER BY ALL)',
        'OVER (ORDER BY v0, v1)',
      );
    case 'list':
      return `SELECT v1, list(v0 ORDER BY v0) AS all_v0, {first: min(v0), n: count(*)} AS span FROM ${last} GROUP BY v1`;
    default:
      return `FROM ${last}`;
  }
}

/** A query over `data` with the columns v0 and v1, and more of them where it does not group. */
function stage(columns: readonly ColumnKind[]): fc.Arbitrary<string> {
  const column = fc.integer({ min: 0, max: columns.length - 1 });
  const expression = column.chain((at) =>
    fc.constantFrom(...(columns[at]?.expressions ?? [])).map((text) => over(text, at)),
  );
  const aggregate = column.chain((at) =>
    fc.constantFrom(...(columns[at]?.aggregates ?? [])).map((text) => over(text, at)),
  );
  const condition = column.chain((at) =>
    fc.constantFrom(`c${at} IS NOT NULL`, `c${at} IS NULL`, 'id % 2 = 0', 'id > 3', 'true'),
  );
  const plain = fc
    .tuple(expression, expression, condition)
    .map(([a, b, where]) => `SELECT ${a} AS v0, ${b} AS v1 FROM data WHERE ${where}`);
  const grouped = fc
    .tuple(expression, aggregate, condition, fc.boolean())
    .map(
      ([key, value, where, having]) =>
        `SELECT ${value} AS v0, ${key} AS v1 FROM data WHERE ${where} GROUP BY ${key}${having ? ' HAVING count(*) > 1' : ''}`,
    );
  return fc.oneof(plain, grouped);
}

function over(expression: string, at: number): string {
  return expression.replaceAll('$', `c${at}`);
}

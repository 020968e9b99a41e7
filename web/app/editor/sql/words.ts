// DuckDB's own words for queries, those that other databases lack with a sentence about them.

export interface SqlWord {
  readonly text: string;
  readonly info?: string;
}

const plain = `SELECT, FROM, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET, WITH, WITH RECURSIVE, AS, ON, USING, JOIN,
  INNER JOIN, LEFT JOIN, RIGHT JOIN, FULL JOIN, CROSS JOIN, UNION, UNION ALL, INTERSECT, EXCEPT, DISTINCT, CASE, WHEN,
  THEN, ELSE, END, AND, OR, NOT, IN, EXISTS, BETWEEN, LIKE, IS NULL, IS NOT NULL, NULL, TRUE, FALSE, ASC, DESC,
  NULLS FIRST, NULLS LAST, CAST, INTERVAL, OVER, PARTITION BY, WINDOW, ROWS BETWEEN, VALUES, COLLATE, ESCAPE`;

const special: Readonly<Record<string, string>> = {
  QUALIFY: 'Keeps rows by the result of a window function, after it is computed.',
  SUMMARIZE: 'One row of statistics for every column of a relation or query.',
  PIVOT: 'Turns values into columns: PIVOT sales ON month IN (1, 2) USING sum(amount).',
  UNPIVOT: 'Turns columns into rows: UNPIVOT sales ON jan, feb INTO NAME month VALUE amount.',
  'GROUP BY ALL': 'Groups by every column that is not aggregated.',
  'ORDER BY ALL': 'Orders by every column, from left to right.',
  'UNION BY NAME': 'Joins rows by the names of the columns and not by their places.',
  'UNION ALL BY NAME': 'As UNION ALL, by the names of the columns and not by their places.',
  'ASOF JOIN': 'Joins each row with the closest earlier one: ON a.time >= b.time.',
  'POSITIONAL JOIN': 'Joins the first row with the first, the second with the second, and so on.',
  'SEMI JOIN': 'Keeps the rows that have a partner, once each.',
  'ANTI JOIN': 'Keeps the rows that have no partner.',
  LATERAL: 'A sub-query that may name what stands before it in FROM.',
  EXCLUDE: 'All columns but these: SELECT * EXCLUDE (a, b).',
  REPLACE: 'All columns, some computed anew: SELECT * REPLACE (upper(name) AS name).',
  RENAME: 'All columns, some under another name: SELECT * RENAME (a AS b).',
  COLUMNS: "Columns by a pattern or a condition: COLUMNS('^price').",
  FILTER: 'Aggregates only the rows that fit: count(*) FILTER (WHERE a > 1).',
  TRY_CAST: 'NULL where the value does not fit the type.',
  'USING SAMPLE': 'A random part: USING SAMPLE 10%.',
  ILIKE: 'LIKE without regard to case.',
  GLOB: 'Matches with * and ? as file names do.',
  'DISTINCT ON': 'The first row of each group: DISTINCT ON (customer).',
  'IS DISTINCT FROM': 'Unequal, where NULL equals NULL.',
  'IS NOT DISTINCT FROM': 'Equal, where NULL equals NULL.',
};

export const sqlWords: readonly SqlWord[] = [
  ...plain.split(/,\s+/).map((text): SqlWord => {
    return text === 'FROM' ? { text, info: 'May also stand first: FROM orders SELECT city.' } : { text };
  }),
  ...Object.entries(special).map(([text, info]): SqlWord => ({ text, info })),
];

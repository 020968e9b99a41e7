// The work that is measured, once as a pipeline and once as the SQL that a careful person would write by hand.

/** CSV → three stages → CSV. */
export const csvPipeline = (source: string, destination: string): string => `sources:
  - { type: file, name: orders, location: ${source}, format: { type: csv } }
stages:
  - - name: valid
      query: SELECT customer, product, region, price * quantity AS amount, ordered_at FROM orders WHERE paid
  - - name: monthly
      query: SELECT region, product, date_trunc('month', ordered_at) AS month, sum(amount) AS total, count(*) AS orders FROM valid GROUP BY ALL
  - - name: ranked
      query: SELECT *, rank() OVER (PARTITION BY region, month ORDER BY total DESC) AS place FROM monthly QUALIFY place <= 10 ORDER BY region, month, place
destination: { type: file, name: out, location: ${destination}, format: { type: csv } }
`;

/** The statements of the same work; \`source\` and \`destination\` are names that DuckDB reads and writes. */
export const csvStatements = (source: string, destination: string): readonly string[] => [
  `CREATE OR REPLACE VIEW orders AS FROM read_csv('${source}', header = true, delim = ',', quote = '"', escape = '"')`,
  `CREATE OR REPLACE VIEW valid AS SELECT customer, product, region, price * quantity AS amount, ordered_at FROM orders WHERE paid`,
  `CREATE OR REPLACE VIEW monthly AS SELECT region, product, date_trunc('month', ordered_at) AS month, sum(amount) AS total, count(*) AS orders FROM valid GROUP BY ALL`,
  `CREATE OR REPLACE VIEW ranked AS SELECT *, rank() OVER (PARTITION BY region, month ORDER BY total DESC) AS place FROM monthly QUALIFY place <= 10 ORDER BY region, month, place`,
  `COPY (FROM ranked) TO '${destination}' (FORMAT csv, HEADER true)`,
];

/** Parquet, 4 of its 9 columns. */
export const parquetPipeline = (source: string): string => `sources:
  - { type: file, name: orders, location: ${source}, format: { type: parquet } }
stages:
  - - name: totals
      query: SELECT region, paid, sum(quantity) AS pieces, max(ordered_at) AS latest FROM orders GROUP BY ALL ORDER BY ALL
      show: 0
`;

/** Nothing but an answer. */
export const tinyPipeline = `sources: []
stages: [[{ name: answer, query: SELECT 42 AS answer, show: 0 }]]
`;

/** Work that only a cancel ends. */
export const endlessPipeline = `sources: []
stages: [[{ name: never, query: "SELECT count(*) FROM range(1000000000000) t(i) WHERE hash(i) % 7 = 3", show: 1 }]]
`;

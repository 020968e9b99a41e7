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

/** What follows `orders`: every stage is read once, and ends in few rows or in nearly all. */
const toParquet = {
  few: [
    ['valid', 'SELECT customer, product, region, price * quantity AS amount, ordered_at FROM orders WHERE paid'],
    [
      'monthly',
      "SELECT customer, date_trunc('month', ordered_at) AS month, sum(amount) AS total, count(*) AS orders FROM valid GROUP BY ALL",
    ],
    [
      'ranked',
      'SELECT *, rank() OVER (PARTITION BY month ORDER BY total DESC) AS place FROM monthly ORDER BY month, place, customer',
    ],
  ],
  many: [
    [
      'valid',
      'SELECT id, customer, product, region, price * quantity AS amount, ordered_at, reference FROM orders WHERE paid',
    ],
    ['dated', "SELECT *, date_trunc('month', ordered_at) AS month, amount >= 5000 AS large FROM valid"],
    ['named', 'SELECT id, customer, upper(product) AS product, region, month, amount, large, reference FROM dated'],
  ],
} as const;

export type ParquetWork = keyof typeof toParquet;

/** CSV → three stages → Parquet. */
export function parquetWritingPipeline(work: ParquetWork, source: string, destination: string): string {
  const stages = toParquet[work].map(([name, query]) => `  - - name: ${name}\n      query: ${query}\n`);
  return `sources:
  - { type: file, name: orders, location: ${source}, format: { type: csv } }
stages:
${stages.join('')}destination: { type: file, name: out, location: ${destination}, format: { type: parquet } }
`;
}

/** The statements of the same work, with the same settings of the Parquet file. */
export function parquetWritingStatements(work: ParquetWork, source: string, destination: string): readonly string[] {
  return [
    `CREATE VIEW orders AS FROM read_csv('${source}', header = true, delim = ',', quote = '"', escape = '"')`,
    ...toParquet[work].map(([name, query]) => `CREATE VIEW ${name} AS ${query}`),
    `COPY (FROM ${toParquet[work].at(-1)?.[0]}) TO '${destination}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, ROW_GROUP_SIZE 122880)`,
  ];
}

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

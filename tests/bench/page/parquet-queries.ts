// What is asked of the Parquet file: two, four and all nine of its columns, over all rows.
export const parquetQueries = {
  2: 'SELECT region, sum(quantity) FROM orders GROUP BY 1',
  4: 'SELECT region, product, sum(quantity), max(ordered_at) FROM orders GROUP BY 1, 2',
  9: `SELECT region, max(id), max(customer), min(product), sum(price), sum(quantity), max(ordered_at),
        count(*) FILTER (paid), min(reference) FROM orders GROUP BY 1`,
} as const;

export type ColumnCount = keyof typeof parquetQueries;

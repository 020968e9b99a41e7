// Answers of DuckDB that are small: what it knows of itself, counts, samples.
import type { Engine, Work } from '../platform.ts';
import { rowsOf, type Value } from './codec.ts';

/** All rows of a query that gives few. */
export async function readRows(engine: Engine, query: string, { signal, dialect }: Work = {}): Promise<Value[][]> {
  const { columns, batches } = await engine.query(query, { signal, dialect });
  const rows: Value[][] = [];
  for await (const batch of batches) rows.push(...rowsOf(batch, columns));
  return rows;
}

/** How many rows a relation has, named as SQL does. */
export async function countRows(engine: Engine, relation: string, work?: Work): Promise<number> {
  const [row] = await readRows(engine, `SELECT count(*) FROM ${relation}`, work);
  return Number(row?.[0]);
}

// Frees every relation that runs have left in an engine.
import type { Engine } from '../platform.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { rowsOf } from '../values/codec.ts';

export async function clearRelations(engine: Engine): Promise<void> {
  const { columns, batches } = await engine.query(
    `SELECT view_name, 'VIEW' FROM duckdb_views() WHERE NOT internal UNION ALL SELECT table_name, 'TABLE' FROM duckdb_tables()`,
  );
  const relations: unknown[][] = [];
  for await (const batch of batches) relations.push(...rowsOf(batch, columns));
  for (const [name, kind] of relations) {
    await engine.execute(`DROP ${String(kind)} IF EXISTS ${quoteIdentifier(String(name))}`);
  }
}

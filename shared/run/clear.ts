// Frees every relation that runs have left in an engine. Tables that the workspace keeps live in a schema of their own.
import type { Engine } from '../platform.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { readRows } from '../values/read.ts';

export async function clearRelations(engine: Engine): Promise<void> {
  const relations = (await readRows(
    engine,
    `SELECT view_name, 'VIEW' FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'
     UNION ALL SELECT table_name, 'TABLE' FROM duckdb_tables() WHERE NOT internal AND schema_name = 'main'`,
  )) as [string, string][];
  for (const [name, kind] of relations) await engine.execute(`DROP ${kind} IF EXISTS main.${quoteIdentifier(name)}`);
}

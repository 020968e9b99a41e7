// The tables that the workspace keeps, listed and removed beside runs.
import { failure } from '../errors.ts';
import type { Column, Engine, Work } from '../platform.ts';
import type { WorkspaceTable } from '../protocol/worker.ts';
import { quoteLiteral } from '../sql/quote.ts';
import { workspaceSchema, workspaceTable } from '../sql/workspace.ts';
import { rowsOf, type Value } from '../values/codec.ts';

/** All tables by name. */
export async function listTables(engine: Engine, work: Work = {}): Promise<WorkspaceTable[]> {
  const listed = await read(
    `SELECT table_name, list({'name': column_name, 'type': data_type} ORDER BY column_index)
     FROM duckdb_columns() WHERE schema_name = '${workspaceSchema}' GROUP BY table_name ORDER BY table_name`,
    engine,
    work,
  );
  const tables: WorkspaceTable[] = [];
  for (const [name, columns] of listed as unknown as [string, Column[]][]) {
    const counted = await read(`SELECT count(*) FROM ${workspaceTable(name)}`, engine, work);
    tables.push({ name, columns, rows: Number(counted[0]?.[0]) });
  }
  return tables;
}

/** Fails with table.not_found. */
export async function removeTable(name: string, engine: Engine, work: Work = {}): Promise<void> {
  const found = await read(
    `SELECT 1 FROM duckdb_tables() WHERE schema_name = '${workspaceSchema}' AND lower(table_name) = lower(${quoteLiteral(name)})`,
    engine,
    work,
  );
  if (found.length === 0) throw failure('table.not_found', `The workspace has no table ${name}.`);
  await engine.execute(`DROP TABLE ${workspaceTable(name)}`, work);
}

async function read(query: string, engine: Engine, work: Work): Promise<Value[][]> {
  const { columns, batches } = await engine.query(query, { signal: work.signal });
  const rows: Value[][] = [];
  for await (const batch of batches) rows.push(...rowsOf(batch, columns));
  return rows;
}

// The tables that the workspace keeps, listed and removed beside runs.
import { failure } from '../errors.ts';
import type { Column, Engine, Work } from '../platform.ts';
import type { WorkspaceTable } from '../protocol/worker.ts';
import { quoteLiteral } from '../sql/quote.ts';
import { workspaceSchema, workspaceTable } from '../sql/workspace.ts';
import { countRows, readRows } from '../values/read.ts';

/** All tables by name. */
export async function listTables(engine: Engine, work: Work = {}): Promise<WorkspaceTable[]> {
  const listed = await readRows(
    engine,
    `SELECT table_name, list({'name': column_name, 'type': data_type} ORDER BY column_index)
     FROM duckdb_columns() WHERE schema_name = '${workspaceSchema}' GROUP BY table_name ORDER BY table_name`,
    work,
  );
  const tables: WorkspaceTable[] = [];
  for (const [name, columns] of listed as unknown as [string, Column[]][]) {
    tables.push({ name, columns, rows: await countRows(engine, workspaceTable(name), work) });
  }
  return tables;
}

/** Fails with table.not_found. */
export async function removeTable(name: string, engine: Engine, work: Work = {}): Promise<void> {
  const found = await readRows(
    engine,
    `SELECT 1 FROM duckdb_tables() WHERE schema_name = '${workspaceSchema}' AND lower(table_name) = lower(${quoteLiteral(name)})`,
    work,
  );
  if (found.length === 0) throw failure('table.not_found', `The workspace has no table ${name}.`);
  await engine.execute(`DROP TABLE ${workspaceTable(name)}`, work);
}

// Source `in_memory`: a table that an earlier run has kept in the workspace (destinations/memory.ts).
import { failure, type SluiceError } from '../errors.ts';
import type { Engine, Work } from '../platform.ts';
import { createView } from '../formats/view.ts';
import { quoteLiteral } from '../sql/quote.ts';
import { workspaceSchema, workspaceTable } from '../sql/workspace.ts';
import { countRows, readRows } from '../values/read.ts';
import type { InMemorySource } from './in_memory.schema.ts';
import type { OpenSource } from './source.ts';

/** How alike two names must be (Jaro-Winkler) for one to be meant by the other. */
const alike = 0.8;

export const openMemory: OpenSource<InMemorySource> = async ({ name }, { platform: { engine }, work }) => {
  const names = await namesLike(name, engine, work);
  if (names.exact === undefined) throw missing(name, names.near);
  const table = workspaceTable(names.exact);
  const columns = await engine.describe(`FROM ${table}`, work);
  return {
    columns,
    relate: async (relation, context) => {
      await createView(engine, relation, table, context.work);
      return { rows: await countRows(engine, table, context.work) };
    },
  };
};

/** The table of this name as it is spelled, and the one that may have been meant. */
async function namesLike(name: string, engine: Engine, work: Work): Promise<{ exact?: string; near?: string }> {
  const wanted = `lower(${quoteLiteral(name)})`;
  const likeness = `jaro_winkler_similarity(lower(table_name), ${wanted})`;
  const [row] = await readRows(
    engine,
    `SELECT {'name': table_name, 'same': lower(table_name) = ${wanted}} FROM duckdb_tables()
     WHERE schema_name = '${workspaceSchema}' AND ${likeness} > ${alike}
     ORDER BY lower(table_name) = ${wanted} DESC, ${likeness} DESC, table_name LIMIT 1`,
    work,
  );
  if (!row) return {};
  const found = row[0] as { readonly name: string; readonly same: boolean };
  return found.same ? { exact: found.name } : { near: found.name };
}

function missing(name: string, near: string | undefined): SluiceError {
  const hint =
    near === undefined
      ? `A run keeps one with a destination {type: in_memory, name: ${name}}.`
      : `Did you mean "${near}"?`;
  return failure('table.not_found', `The workspace has no table ${name}.`, { hint });
}

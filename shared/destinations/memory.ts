// Destination `in_memory`: a table that the workspace keeps for later runs. It is made under another name and replaces
// the old one when it is whole.
import { failure } from '../errors.ts';
import { scoped } from '../scope.ts';
import { hasUnnamedStruct } from '../sql/types.ts';
import { workspaceSchema, workspaceTable } from '../sql/workspace.ts';
import type { WriteDestination } from './destination.ts';
import type { InMemoryDestination } from './in_memory.schema.ts';

export const writeMemory: WriteDestination<InMemoryDestination> = async (
  query,
  { name },
  { platform, work, writing },
) => {
  const { engine } = platform;
  const unfit = (await engine.describe(query, work)).find(({ type }) => hasUnnamedStruct(type));
  if (unfit) {
    const message = `The column ${unfit.name} is ${unfit.type}, a struct without names, which no table can hold.`;
    throw failure('type.unsupported', message, { hint: `Name its values, as in {'a': 1, 'b': 2}.` });
  }
  await engine.execute(`CREATE SCHEMA IF NOT EXISTS ${workspaceSchema}`, { signal: work.signal });
  const made = workspaceTable(`${name} (on its way)`);
  return await scoped(async (scope) => {
    scope.defer(() => engine.execute(`DROP TABLE IF EXISTS ${made}`));
    const rows = await writing(() => engine.execute(`CREATE OR REPLACE TABLE ${made} AS ${query}`, work));
    await engine.execute(`CREATE OR REPLACE TABLE ${workspaceTable(name)} AS FROM ${made}`, { signal: work.signal });
    return { rows: rows ?? 0 };
  });
};

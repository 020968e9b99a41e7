// Destination `in_memory`: a table that the workspace keeps for later runs. It is replaced in one transaction, so that it
// is there whole or as it was.
import { failure } from '../errors.ts';
import { hasUnnamedStruct } from '../sql/types.ts';
import { workspaceSchema, workspaceTable } from '../sql/workspace.ts';
import type { WriteDestination } from './destination.ts';
import type { InMemoryDestination } from './in_memory.schema.ts';

export const writeMemory: WriteDestination<InMemoryDestination> = async (query, { name }, { platform, work }) => {
  const { engine } = platform;
  const unfit = (await engine.describe(query, work)).find(({ type }) => hasUnnamedStruct(type));
  if (unfit) {
    const message = `The column ${unfit.name} is ${unfit.type}, a struct without names, which no table can hold.`;
    throw failure('type.unsupported', message, { hint: `Name its values, as in {'a': 1, 'b': 2}.` });
  }
  await engine.execute(`CREATE SCHEMA IF NOT EXISTS ${workspaceSchema}`, { signal: work.signal });
  const rows = await engine.execute(`CREATE OR REPLACE TABLE ${workspaceTable(name)} AS ${query}`, work);
  return { rows: rows ?? 0 };
};

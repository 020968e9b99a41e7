// What an engine answers to statements: the types and rows, or the error.
import { asSluiceError, type Issue } from '../../../shared/errors.ts';
import type { Engine } from '../../../shared/platform.ts';
import { rowsOf, type Value } from '../../../shared/values/codec.ts';

export type Outcome =
  | { readonly types: readonly string[]; readonly rows: readonly (readonly Value[])[] }
  | { readonly error: Pick<Issue, 'code' | 'message' | 'hint'> };

export async function outcomesOf(engine: Engine, queries: readonly string[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const query of queries) outcomes.push(await outcomeOf(engine, query));
  return outcomes;
}

async function outcomeOf(engine: Engine, query: string): Promise<Outcome> {
  try {
    const { columns, batches } = await engine.query(query);
    const rows = [];
    for await (const batch of batches) rows.push(...rowsOf(batch, columns));
    return { types: columns.map(({ type }) => type), rows };
  } catch (thrown) {
    const { code, message, hint } = asSluiceError(thrown).issue;
    return { error: { code, message, ...(hint === undefined ? {} : { hint }) } };
  }
}

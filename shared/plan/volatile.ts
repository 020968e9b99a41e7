// Which queries give other rows each time they run, judged by the functions that DuckDB itself calls volatile.
import type { Engine } from '../platform.ts';
import { tokensOf } from '../sql/tokens.ts';
import { rowsOf } from '../values/codec.ts';

const known = new WeakMap<Engine, Promise<ReadonlySet<string>>>();

/** Whether a query calls a volatile function or takes a sample. */
export async function isVolatile(query: string, engine: Engine): Promise<boolean> {
  const functions = known.get(engine) ?? volatileFunctions(engine);
  known.set(engine, functions);
  const names = await functions;
  const tokens = tokensOf(query);
  return tokens.some((token, index) => {
    if (token.kind !== 'identifier') return false;
    const name = token.value.toLowerCase();
    return name === 'tablesample' || name === 'sample' || (names.has(name) && tokens[index + 1]?.text === '(');
  });
}

async function volatileFunctions(engine: Engine): Promise<ReadonlySet<string>> {
  const { columns, batches } = await engine.query(
    `SELECT DISTINCT lower(function_name) FROM duckdb_functions() WHERE stability = 'VOLATILE'`,
  );
  const names = new Set<string>();
  for await (const batch of batches) {
    for (const [name] of rowsOf(batch, columns)) if (typeof name === 'string') names.add(name);
  }
  return names;
}

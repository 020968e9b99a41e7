// Which queries give other rows each time they run.
import { tokensOf } from '../sql/tokens.ts';

/** The functions that DuckDB v1.5.6 calls volatile (`duckdb_functions()`); a contract case compares. */
export const volatileFunctions: ReadonlySet<string> = new Set([
  ...['current_connection_id', 'current_query', 'current_query_id', 'current_transaction_id', 'currval', 'error'],
  ...['gen_random_uuid', 'nextval', 'random', 'setseed', 'sleep_ms', 'stats', 'uuid', 'uuidv4', 'uuidv7', 'write_log'],
]);

/** Whether a query calls a volatile function or takes a sample. */
export function isVolatile(query: string): boolean {
  const tokens = tokensOf(query);
  return tokens.some((token, index) => {
    if (token.kind !== 'identifier') return false;
    const name = token.value.toLowerCase();
    const isCall = tokens[index + 1]?.text === '(';
    return name === 'tablesample' || name === 'sample' || (isCall && volatileFunctions.has(name));
  });
}

// Table functions of DuckDB that a SELECT may call and that do more than read: they write logs and profiles into files or
// onto standard output, change settings that are locked otherwise, or take addresses of memory. DuckDB has no setting
// against them (measured on v1.5.6), so that statements are looked through before DuckDB sees them.
import { tokensOf, type Token } from '../../shared/sql/tokens.ts';

const refused: ReadonlySet<string> = new Set([
  ...['enable_logging', 'disable_logging', 'truncate_duckdb_logs', 'write_log'],
  ...['enable_profiling', 'enable_profile', 'disable_profiling', 'disable_profile'],
  ...['enable_peg_parser', 'disable_peg_parser', 'checkpoint', 'force_checkpoint'],
  ...['arrow_scan', 'arrow_scan_dumb', 'seq_scan'],
  ...['json_execute_serialized_sql'], // a query that cannot be looked through
]);

export interface RefusedCall {
  readonly message: string;
  /** UTF-16 offset in the statement. */
  readonly offset: number;
}

/** The first call of such a function, also inside of the text that `query` runs. */
export function refusedCall(sql: string): RefusedCall | undefined {
  const tokens = tokensOf(sql);
  for (const [index, token] of tokens.entries()) {
    const isName = token.kind === 'identifier' || token.kind === 'quoted';
    if (!isName || tokens[index + 1]?.text !== '(') continue;
    const name = token.value.toLowerCase();
    const message = name === 'query' ? refusalOfQuery(tokens, index + 2) : refused.has(name) ? tell(name) : undefined;
    if (message !== undefined) return { message, offset: token.offset };
  }
  return undefined;
}

/** `query` takes one constant. Names count as texts there, and a list of names belongs to a CTE. */
function refusalOfQuery(tokens: readonly Token[], start: number): string | undefined {
  const end = tokens.findIndex((token, index) => index >= start && token.text === ')');
  const inner = tokens.slice(start, end < 0 ? undefined : end).filter(({ text }) => text !== ',');
  if (inner.some(({ kind }) => kind !== 'string' && kind !== 'identifier' && kind !== 'quoted')) {
    return 'query cannot be used with anything but one text in quotes here.';
  }
  return inner.map(({ value }) => refusedCall(value)?.message).find((message) => message !== undefined);
}

function tell(name: string): string {
  return `${name} cannot be used here: it does more than read.`;
}

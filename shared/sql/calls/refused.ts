// What a query may call. DuckDB has no setting against functions, so each one that it has was reviewed: those below are
// refused, all others stand in allowed.generated.ts by name. A test holds both lists against `duckdb_functions()`.

/** Reasons for functions that are refused, by kind and name. Written behind "it". */
const refused: Readonly<Record<string, readonly string[]>> = {
  'takes addresses of memory': ['arrow_scan', 'arrow_scan_dumb', 'seq_scan'],
  'runs a query that cannot be looked through': [
    ...['json_execute_serialized_sql', 'json_deserialize_sql', 'json_serialize_plan'],
  ],
  'changes what DuckDB writes down of its work': [
    ...['enable_logging', 'disable_logging', 'truncate_duckdb_logs', 'write_log'],
    ...['enable_profiling', 'enable_profile', 'disable_profiling', 'disable_profile'],
  ],
  'changes settings': ['enable_peg_parser', 'disable_peg_parser', 'check_peg_parser', 'checkpoint', 'force_checkpoint'],
  'opens a database, which brings expressions of its own': ['read_duckdb'],
  'works on the inner form of values': ['combine', 'finalize', 'variant_bytes_to_variant', 'add_parquet_key'],
};

const reasons = new Map(Object.entries(refused).flatMap(([reason, names]) => names.map((name) => [name, reason])));

/** Why nothing of this kind and name (in lower case) may be called, to be put behind "it"; undefined where it may. */
export function reasonAgainst(name: string, kind?: string): string | undefined {
  if (name.startsWith('__internal_')) return 'works on the inner form of values';
  return reasons.get(name) ?? (kind === 'pragma' ? 'is a command, not a query' : undefined);
}

/** The sentence that refuses a call of this name (in lower case); undefined where it may be called. */
export function messageAgainst(name: string): string | undefined {
  const reason = reasonAgainst(name);
  return reason === undefined ? undefined : `${name} cannot be used here: it ${reason}.`;
}

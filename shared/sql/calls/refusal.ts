// A call that is refused.

export interface Refusal {
  readonly message: string;
  /** UTF-16 offset in the statement; 0 where the place is not known. */
  readonly offset: number;
}

/** The refusal in the form of DuckDB's own errors, so that its place is found as theirs is. */
export function refusalError(statement: string, { message, offset }: Refusal): Error {
  const position = String(new TextEncoder().encode(statement.slice(0, offset)).length);
  return new Error(JSON.stringify({ exception_type: 'Binder', exception_message: message, position }));
}

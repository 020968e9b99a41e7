// What a scalar function in JavaScript is: signatures that bind as DuckDB's own do, several to a name, with any number of
// arguments of any type, and a type of answer that may depend on the arguments.
import type { DuckDBType } from '../../../../shared/sql/types.ts';
import type { Pointer } from '../../capi/library.ts';
import type { Value, Vectors } from './vectors.ts';

/** One signature. Types are texts as Types.get takes them. */
export interface Overload {
  readonly parameters: readonly string[];
  /** The type of any number of arguments more. */
  readonly varargs?: string;
  readonly returns: string;
  /** Whether NULL goes in as null; otherwise NULL in gives NULL out without a call. */
  readonly handlesNull?: boolean;
  /** Called for every row, never folded. */
  readonly isVolatile?: boolean;
  /** Called where the function is used, before it runs. What it throws is an error of binding. */
  readonly bind: (use: Use) => Bound;
}

/** The names under which a set of signatures is known. */
export interface FunctionSet {
  readonly names: readonly string[];
  readonly overloads: readonly Overload[];
}

/** A place where a function is used. */
export interface Use {
  readonly arguments: readonly Argument[];
  readonly vectors: Vectors;
  /** The type that a text names, as in CREATE TABLE. */
  readonly typeOf: (text: string) => DuckDBType;
}

export interface Argument {
  readonly type: () => DuckDBType;
  /** Its value as text, or the values of a list, where they are known before the query runs. */
  readonly constant: () => Constant | undefined;
}

export type Constant = string | null | readonly (string | null)[];

/**
 * What a use of a function does. `returns` is the type of the answer where it is not the signature's; `reads` is how many
 * of the arguments are needed for it still, where not all are. `erases` is the place of one that DuckDB must not see again:
 * only where the type of the answer tells all of it, for DuckDB takes calls with equal arguments and types for the same.
 */
export type Bound = { readonly returns?: DuckDBType; readonly reads?: number; readonly erases?: number } & (
  { readonly call: RowCall } | { readonly run: (chunk: Chunk) => void }
);

/** Answers for one row. What it throws fails the query. */
export type RowCall = (...values: never[]) => Value;

/** Rows at once; `run` fills the output, a fresh vector. */
export interface Chunk {
  readonly rows: number;
  readonly inputs: readonly Pointer[];
  readonly output: Pointer;
}

/** A signature that is called row by row, and needs nothing of the place where it is used. */
export function plain(
  parameters: readonly string[],
  returns: string,
  call: RowCall,
  options: Pick<Overload, 'handlesNull' | 'isVolatile'> = {},
): Overload {
  return { parameters, returns, ...options, bind: () => ({ call }) };
}

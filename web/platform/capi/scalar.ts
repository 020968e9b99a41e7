// Scalar functions in JavaScript (duckdb.h v1.5.6, "Scalar Functions"). DuckDB lends a chunk of rows, flattened, and a
// vector for the answers; the values are converted one by one, see value.ts.
import { asSluiceError, failure } from '../../../shared/errors.ts';
import type { Callback } from './callback.ts';
import type { Library, Pointer } from './library.ts';
import { withLogicalType } from './logical-type.ts';
import { readerOf, Scope, writerOf, type ScalarType, type ScalarValue } from './value.ts';

export type { Interval, ScalarType, ScalarValue } from './value.ts';

export interface ScalarFunction {
  readonly name: string;
  readonly parameters: readonly ScalarType[];
  readonly returns: ScalarType;
  /** Called with null for NULL; otherwise NULL in gives NULL out without a call. */
  readonly handlesNull?: boolean;
  /** Called for every row, never folded. */
  readonly isVolatile?: boolean;
  /** What it throws is the error of the statement. */
  readonly call: (...values: (ScalarValue | null)[]) => ScalarValue | null;
}

/** What makes functions known to one open database. */
export interface FunctionHost {
  /** Absent where the self-test has found that the binding does not fit. */
  readonly library: Library | undefined;
  /** DuckDB's own number for a connection to the database, valid during the task. */
  withConnection<Result>(task: (connection: Pointer) => Result): Result;
  /** Keeps an error until the statement has failed with it; answers the message for DuckDB, which stands for it. */
  keepFault(thrown: unknown): string;
}

/**
 * Makes functions known to a database; several of one name differ in their parameters. They last as long as the
 * database does, and a later one replaces an earlier one of the same parameters. Fails with engine.failed where DuckDB
 * refuses one, and where there is no library.
 */
export function registerScalarFunctions(host: FunctionHost, functions: readonly ScalarFunction[]): void {
  const sets = new Map<string, [ScalarFunction, ...ScalarFunction[]]>();
  for (const scalar of functions) {
    const set = sets.get(scalar.name.toLowerCase());
    if (set) set.push(scalar);
    else sets.set(scalar.name.toLowerCase(), [scalar]);
  }
  const { library } = host;
  if (!library) throw failure('engine.failed', 'This DuckDB takes no functions of ours.');
  for (const overloads of sets.values()) registerSet(host, library, overloads);
}

function registerSet(
  host: FunctionHost,
  library: Library,
  overloads: readonly [ScalarFunction, ...ScalarFunction[]],
): void {
  const { functions: c, memory } = library;
  const [{ name }] = overloads;
  const set = memory.withText(name, c.duckdb_create_scalar_function_set);
  try {
    for (const target of overloads) addToSet(host, library, set, target);
    const refused = host.withConnection((connection) => c.duckdb_register_scalar_function_set(connection, set));
    if (refused !== 0) throw failure('engine.failed', `DuckDB refuses the function ${name}.`);
  } finally {
    library.destroy(c.duckdb_destroy_scalar_function_set, set);
  }
}

function addToSet(host: FunctionHost, library: Library, set: Pointer, scalar: ScalarFunction): void {
  const c = library.functions;
  const callbacks = callbacksOf(library);
  const pointer = c.duckdb_create_scalar_function();
  try {
    library.memory.withText(scalar.name, (name) => c.duckdb_scalar_function_set_name(pointer, name));
    for (const parameter of scalar.parameters) {
      withLogicalType(library, parameter, (type) => c.duckdb_scalar_function_add_parameter(pointer, type));
    }
    withLogicalType(library, scalar.returns, (type) => c.duckdb_scalar_function_set_return_type(pointer, type));
    if (scalar.handlesNull) c.duckdb_scalar_function_set_special_handling(pointer);
    if (scalar.isVolatile) c.duckdb_scalar_function_set_volatile(pointer);
    const key = callbacks.keep({ scalar, host });
    c.duckdb_scalar_function_set_extra_info(pointer, key, callbacks.forget);
    c.duckdb_scalar_function_set_function(pointer, callbacks.execute);
    c.duckdb_add_scalar_function_to_set(set, pointer);
  } finally {
    library.destroy(c.duckdb_destroy_scalar_function, pointer);
  }
}

interface Registered {
  readonly scalar: ScalarFunction;
  readonly host: FunctionHost;
}

/** One pair of callbacks serves all functions of an instance; each function is told by a number that DuckDB keeps. */
interface Callbacks {
  readonly execute: Callback;
  readonly forget: Callback;
  keep(registered: Registered): number;
}

const made = new WeakMap<Library, Callbacks>();

function callbacksOf(library: Library): Callbacks {
  const present = made.get(library);
  if (present) return present;
  const registered = new Map<number, Registered>();
  let last = 0;
  const callbacks: Callbacks = {
    execute: library.callback('iii', (call = 0, input = 0, output = 0) => {
      const found = registered.get(library.functions.duckdb_scalar_function_get_extra_info(call));
      if (found) execute(library, found, call, input, output);
    }),
    forget: library.callback('i', (key = 0) => registered.delete(key)),
    keep: (value) => {
      registered.set(++last, value);
      return last;
    },
  };
  made.set(library, callbacks);
  return callbacks;
}

/** Nothing may be thrown through DuckDB's frames. */
function execute(library: Library, { scalar, host }: Registered, info: Pointer, input: Pointer, output: Pointer): void {
  const { functions: c } = library;
  const scope = new Scope();
  try {
    const rows = Number(c.duckdb_data_chunk_get_size(input));
    const readers = scalar.parameters.map((type, index) =>
      readerOf(library, c.duckdb_data_chunk_get_vector(input, BigInt(index)), type, rows, scope),
    );
    const write = writerOf(library, output, scalar.returns);
    const [first, second] = readers;
    const { call, handlesNull = false } = scalar;
    if (first && !second) {
      for (let row = 0; row < rows; row++) {
        const value = first(row);
        write(row, value === null && !handlesNull ? null : call(value));
      }
      return;
    }
    for (let row = 0; row < rows; row++) {
      const values = readers.map((read) => read(row));
      write(row, !handlesNull && values.includes(null) ? null : call(...values));
    }
  } catch (thrown) {
    const message = host.keepFault(asSluiceError(thrown, 'sql.failed'));
    library.tell(message, (text) => c.duckdb_scalar_function_set_error(info, text));
  } finally {
    scope.release();
  }
}

// Table functions in JavaScript, of one text parameter and with projection pushdown (duckdb.h v1.5.6, "Table
// Functions"). DuckDB binds a call, opens a scan of the columns that the plan needs, and asks it for chunks of rows.
import { asSluiceError, failure } from '../../../shared/errors.ts';
import type { Column } from '../../../shared/platform.ts';
import type { Callback } from './callback.ts';
import { oncePerLibrary, type Library, type Pointer } from './library.ts';
import { withLogicalType } from './logical-type.ts';
import type { FunctionHost } from './host.ts';

export interface TableFunction {
  readonly name: string;
  /** Called whenever a statement is bound that has a call of it. What is thrown is the error of the statement. */
  readonly bind: (argument: string) => BoundCall;
}

export interface BoundCall {
  readonly columns: readonly Column[];
  /** How many rows there are. */
  readonly rows?: number | undefined;
  /** Starts to scan the columns of these positions; a position beyond the columns stands for a row's number. */
  open(positions: readonly number[]): OpenScan;
}

export interface OpenScan {
  /** Fills the vectors of a chunk, one for each position; answers how many rows it has now, 0 at the end. */
  fill(chunk: Pointer): number;
  /** Called once, also when not all rows were asked for. */
  close(): void;
}

/** Makes a table function known to a database, for as long as it lives. Fails with engine.failed. */
export function registerTableFunction(host: FunctionHost, table: TableFunction): void {
  const { library } = host;
  if (!library) throw failure('engine.failed', 'This DuckDB takes no functions of ours.');
  const { functions: c, memory } = library;
  const callbacks = callbacksOf(library);
  const target = c.duckdb_create_table_function();
  try {
    memory.withText(table.name, (name) => c.duckdb_table_function_set_name(target, name));
    withLogicalType(library, 'VARCHAR', (type) => c.duckdb_table_function_add_parameter(target, type));
    c.duckdb_table_function_set_extra_info(target, callbacks.tables.keep({ table, host }), callbacks.forgetTable);
    c.duckdb_table_function_set_bind(target, callbacks.bind);
    c.duckdb_table_function_set_init(target, callbacks.open);
    c.duckdb_table_function_set_function(target, callbacks.fill);
    c.duckdb_table_function_supports_projection_pushdown(target, 1);
    const refused = host.withConnection((connection) => c.duckdb_register_table_function(connection, target));
    if (refused !== 0) throw failure('engine.failed', `DuckDB refuses the table function ${table.name}.`);
  } finally {
    library.destroy(c.duckdb_destroy_table_function, target);
  }
}

/** Objects that DuckDB knows by a number. */
class Kept<Item> {
  readonly #items = new Map<number, Item>();
  #last = 0;

  keep(item: Item): number {
    this.#items.set(++this.#last, item);
    return this.#last;
  }

  at(key: number): Item {
    const item = this.#items.get(key);
    if (item === undefined) throw failure('internal', 'DuckDB asks for a scan that is closed.');
    return item;
  }

  take(key: number): Item | undefined {
    const item = this.#items.get(key);
    this.#items.delete(key);
    return item;
  }
}

interface Registered {
  readonly table: TableFunction;
  readonly host: FunctionHost;
}

interface Callbacks {
  readonly tables: Kept<Registered>;
  readonly bind: Callback;
  readonly open: Callback;
  readonly fill: Callback;
  readonly forgetTable: Callback;
}

/** One set of callbacks serves all table functions of an instance. */
const callbacksOf = oncePerLibrary((library): Callbacks => {
  const { functions: c } = library;
  const tables = new Kept<Registered>();
  const calls = new Kept<{ readonly call: BoundCall; readonly host: FunctionHost }>();
  const scans = new Kept<{ readonly scan: OpenScan; readonly host: FunctionHost }>();
  const forgetCall = library.callback('i', (key = 0) => void calls.take(key));
  const forgetScan = library.callback('i', (key = 0) => closeScan(scans.take(key)));

  const bind = (info = 0): void => {
    const { table, host } = tables.at(c.duckdb_bind_get_extra_info(info));
    guard(library, host, info, c.duckdb_bind_set_error, () => {
      const call = table.bind(argumentOf(library, info));
      for (const { name, type } of call.columns) addColumn(library, info, name, type);
      if (call.rows !== undefined) c.duckdb_bind_set_cardinality(info, BigInt(call.rows), 1);
      c.duckdb_bind_set_bind_data(info, calls.keep({ call, host }), forgetCall);
    });
  };
  const open = (info = 0): void => {
    const { call, host } = calls.at(c.duckdb_init_get_bind_data(info));
    guard(library, host, info, c.duckdb_init_set_error, () => {
      const count = Number(c.duckdb_init_get_column_count(info));
      const positions = Array.from({ length: count }, (_, index) =>
        Number(BigInt.asUintN(64, c.duckdb_init_get_column_index(info, BigInt(index)))),
      );
      c.duckdb_init_set_max_threads(info, 1n);
      c.duckdb_init_set_init_data(info, scans.keep({ scan: call.open(positions), host }), forgetScan);
    });
  };
  const fill = (info = 0, chunk = 0): void => {
    const { scan, host } = scans.at(c.duckdb_function_get_init_data(info));
    guard(library, host, info, c.duckdb_function_set_error, () => {
      c.duckdb_data_chunk_set_size(chunk, BigInt(scan.fill(chunk)));
    });
  };
  return {
    tables,
    bind: library.callback('i', bind),
    open: library.callback('i', open),
    fill: library.callback('ii', fill),
    forgetTable: library.callback('i', (key = 0) => void tables.take(key)),
  };
});

/** Nothing may be thrown through DuckDB's frames. */
function guard(
  library: Library,
  host: FunctionHost,
  info: Pointer,
  setError: (info: Pointer, message: Pointer) => void,
  task: () => void,
): void {
  try {
    task();
  } catch (thrown) {
    const message = host.keepFault(asSluiceError(thrown));
    library.tell(message, (text) => setError(info, text));
  }
}

/** A statement is over: there is nothing left that could fail. */
function closeScan(kept: { readonly scan: OpenScan; readonly host: FunctionHost } | undefined): void {
  try {
    kept?.scan.close();
  } catch (thrown) {
    kept?.host.keepFault(asSluiceError(thrown));
  }
}

function argumentOf(library: Library, info: Pointer): string {
  const { functions: c, memory } = library;
  const value = c.duckdb_bind_get_parameter(info, 0n);
  const text = c.duckdb_get_varchar(value);
  try {
    return memory.textAt(text);
  } finally {
    c.duckdb_free(text);
    library.destroy(c.duckdb_destroy_value, value);
  }
}

function addColumn(library: Library, info: Pointer, name: string, type: string): void {
  const { functions: c, memory } = library;
  withLogicalType(library, type, (pointer) =>
    memory.withText(name, (text) => c.duckdb_bind_add_result_column(info, text, pointer)),
  );
}

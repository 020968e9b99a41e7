// Adds functions, casts and types to an open database as one of DuckDB's extensions would, through the same entry points.
// An extension of C++ is compiled and linked; ours is JavaScript that DuckDB calls back.
import { failure, messageOf } from '../../../../shared/errors.ts';
import { oncePerLibrary, type Library, type Pointer } from '../../capi/library.ts';
import { Calls } from './calls.ts';
import type { Cast } from './casts.ts';
import type { FunctionSet, Overload } from './functions.ts';
import { stringSize, symbolsOf, type ExtensionSymbols } from './symbols.ts';
import { Types } from './types.ts';
import { Vectors } from './vectors.ts';

/** Bytes of an ExtensionLoader, and more. */
const loaderSize = 256;

/** What lasts as long as an instance of DuckDB: callbacks cannot be taken back, so they are made once. */
interface Core {
  readonly symbols: ExtensionSymbols;
  readonly types: Types;
  readonly calls: Calls;
}

const coreOf = oncePerLibrary((library): Core => {
  const symbols = symbolsOf(library.exports);
  const types = new Types(library, symbols);
  const vectors = new Vectors(library, symbols, types);
  return { symbols, types, calls: new Calls(library, symbols, types, vectors) };
});

export class Extension {
  readonly #library: Library;
  readonly #connection: Pointer;
  readonly #core: Core;
  readonly #database: Pointer;
  readonly #loader: Pointer;

  /** `connection` is DuckDB's own number of one, valid while the extension is in use. Fails with engine.failed. */
  constructor(library: Library, connection: Pointer) {
    this.#library = library;
    this.#connection = connection;
    this.#core = coreOf(library);
    const { symbols } = this.#core;
    const { functions, memory } = library;
    this.#database = withContext(library, connection, symbols.databaseOf);
    this.#loader = memory.allocate(loaderSize);
    const name = memory.allocate(stringSize);
    memory.withText('sluice', (text) => symbols.createString(name, text));
    symbols.createLoader(this.#loader, this.#database, name);
    symbols.destroyString(name);
    functions.free(name);
  }

  /** JSON is VARCHAR by another name: such a type. */
  addType(name: string): void {
    const refused = this.#library.functions.duckdb_register_logical_type(
      this.#connection,
      this.#core.types.get(name),
      0,
    );
    if (refused !== 0) throw failure('engine.failed', `DuckDB refuses the type ${name}.`);
  }

  /** A setting that is a text; nothing is done with it. */
  addSetting(name: string, value: string, description: string): void {
    const { functions, memory } = this.#library;
    const { types } = this.#core;
    const option = functions.duckdb_create_config_option();
    const fallback = memory.withText(value, functions.duckdb_create_varchar);
    memory.withText(name, (text) => functions.duckdb_config_option_set_name(option, text));
    memory.withText(description, (text) => functions.duckdb_config_option_set_description(option, text));
    functions.duckdb_config_option_set_type(option, types.get('VARCHAR'));
    functions.duckdb_config_option_set_default_value(option, fallback);
    const refused = functions.duckdb_register_config_option(this.#connection, option);
    this.#library.destroy(functions.duckdb_destroy_value, fallback);
    this.#library.destroy(functions.duckdb_destroy_config_option, option);
    if (refused !== 0) throw failure('engine.failed', `DuckDB refuses the setting ${name}.`);
  }

  /** Signatures that DuckDB already has are replaced, others added to what has the name. */
  addFunctions({ names, overloads }: FunctionSet): void {
    for (const name of names) this.#addSet(name, overloads);
  }

  #addSet(name: string, overloads: readonly Overload[]): void {
    const { functions, memory } = this.#library;
    const set = memory.withText(name, functions.duckdb_create_scalar_function_set);
    try {
      for (const overload of overloads) this.#addOverload(set, name, overload);
      this.#core.symbols.addFunctions(this.#loader, set);
    } catch (thrown) {
      throw failure('engine.failed', `DuckDB refuses the function ${name}: ${messageOf(thrown)}`, { cause: thrown });
    } finally {
      this.#library.destroy(functions.duckdb_destroy_scalar_function_set, set);
    }
  }

  #addOverload(set: Pointer, name: string, overload: Overload): void {
    const { functions, memory } = this.#library;
    const { types, calls } = this.#core;
    const made = functions.duckdb_create_scalar_function();
    try {
      memory.withText(name, (text) => functions.duckdb_scalar_function_set_name(made, text));
      for (const type of overload.parameters) functions.duckdb_scalar_function_add_parameter(made, types.get(type));
      if (overload.varargs) functions.duckdb_scalar_function_set_varargs(made, types.get(overload.varargs));
      functions.duckdb_scalar_function_set_return_type(made, types.get(overload.returns));
      if (overload.handlesNull) functions.duckdb_scalar_function_set_special_handling(made);
      if (overload.isVolatile) functions.duckdb_scalar_function_set_volatile(made);
      calls.attach(made, overload);
      functions.duckdb_add_scalar_function_to_set(set, made);
    } finally {
      this.#library.destroy(functions.duckdb_destroy_scalar_function, made);
    }
  }

  addCast(cast: Cast): void {
    const { symbols, types, calls } = this.#core;
    const costOf = (source: string, target: string): number =>
      Number(symbols.castCost(this.#database, types.get(source), types.get(target)));
    const cost = typeof cast.cost === 'number' ? cast.cost : cast.cost(costOf);
    const bind = calls.castBind(cast);
    symbols.addCast(this.#loader, types.get(cast.source), types.get(cast.target), bind, BigInt(cost));
  }

  /** Must be called at the end, before the connection is closed. What was added stays. */
  close(): void {
    this.#core.symbols.destroyLoader(this.#loader);
    this.#library.functions.free(this.#loader);
  }
}

/** Lends a connection's context. */
function withContext<Result>(library: Library, connection: Pointer, task: (context: Pointer) => Result): Result {
  const { functions, memory } = library;
  const out = memory.allocate(4);
  functions.duckdb_connection_get_client_context(connection, out);
  const wrapper = memory.view.getUint32(out, true);
  try {
    return task(memory.view.getUint32(wrapper, true));
  } finally {
    functions.duckdb_destroy_client_context(out);
    functions.free(out);
  }
}

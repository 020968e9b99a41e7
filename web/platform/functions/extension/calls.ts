// The callbacks by which DuckDB reaches JavaScript: one for each way of calling serves all functions, which are told by
// a number that DuckDB keeps for us.
import { failure, messageOf } from '../../../../shared/errors.ts';
import type { Callback } from '../../capi/callback.ts';
import type { Library, Pointer } from '../../capi/library.ts';
import type { Cast } from './casts.ts';
import type { Bound, Chunk, Overload } from './functions.ts';
import { reinterpretCast, stringSize, type ExtensionSymbols } from './symbols.ts';
import type { Types } from './types.ts';
import { boundArguments, boundFunction, UseReader } from './use.ts';
import type { Value, Vectors } from './vectors.ts';

/** Bytes of a function that are searched. */
const functionSize = 256;

interface Binding {
  readonly bound: Bound;
  readonly overload: Overload;
  copies: number;
}

export class Calls {
  readonly #library: Library;
  readonly #symbols: ExtensionSymbols;
  readonly #types: Types;
  readonly #vectors: Vectors;
  readonly #overloads: Overload[] = [];
  readonly #bindings = new Map<number, Binding>();
  readonly #castBinds = new Map<Cast, Callback>();
  readonly #returnTypeOffset: number;
  readonly #bind: Callback;
  readonly #execute: Callback;
  readonly #copy: Callback;
  readonly #forget: Callback;
  #last = 0;

  constructor(library: Library, symbols: ExtensionSymbols, types: Types, vectors: Vectors) {
    this.#library = library;
    this.#symbols = symbols;
    this.#types = types;
    this.#vectors = vectors;
    this.#returnTypeOffset = this.#findReturnType();
    this.#bind = library.callback('i', (info: Pointer) => this.#onBind(info));
    this.#execute = library.callback('iii', (call: Pointer, chunk: Pointer, output: Pointer) =>
      this.#onExecute(call, chunk, output),
    );
    this.#copy = library.callback('i:i', (key: number) => {
      const binding = this.#bindings.get(key);
      if (binding) binding.copies++;
      return key;
    });
    this.#forget = library.callback('i', (key: number) => {
      const binding = this.#bindings.get(key);
      if (binding && --binding.copies === 0) this.#bindings.delete(key);
    });
  }

  /** Makes a function of DuckDB call an overload. */
  attach(made: Pointer, overload: Overload): void {
    let index = this.#overloads.indexOf(overload);
    if (index < 0) index = this.#overloads.push(overload) - 1;
    const { functions } = this.#library;
    functions.duckdb_scalar_function_set_extra_info(made, index + 1, 0);
    this.#library.functions.duckdb_scalar_function_set_bind(made, this.#bind);
    functions.duckdb_scalar_function_set_function(made, this.#execute);
  }

  /**
   * The C API has no way to choose a function's type of answer while it binds. The type lies in the function that is
   * bound, in the same place in all: where a type that we set shows up.
   */
  #findReturnType(): number {
    const { functions, memory } = this.#library;
    const type = this.#types.get('DECIMAL(33,7)');
    const probe = functions.duckdb_create_scalar_function();
    try {
      functions.duckdb_scalar_function_set_return_type(probe, type);
      const details = memory.view.getUint32(type + 4, true);
      for (let offset = 0; offset < functionSize; offset += 4) {
        if (memory.view.getUint32(probe + offset + 4, true) === details) return offset;
      }
    } finally {
      this.#library.destroy(functions.duckdb_destroy_scalar_function, probe);
    }
    throw failure('engine.failed', 'The type of a function is not where it should be.');
  }

  #onBind(info: Pointer): void {
    const overload = this.#overloads[this.#library.functions.duckdb_scalar_function_bind_get_extra_info(info) - 1];
    if (!overload) return;
    try {
      const bound = overload.bind(new UseReader(this.#library, this.#symbols, this.#types, this.#vectors, info));
      this.#adapt(info, bound);
      this.#bindings.set(++this.#last, { bound, overload, copies: 1 });
      this.#library.functions.duckdb_scalar_function_set_bind_data(info, this.#last, this.#forget);
      this.#library.functions.duckdb_scalar_function_set_bind_data_copy(info, this.#copy);
    } catch (thrown) {
      if (isForeign(thrown)) throw thrown;
      this.#library.tell(messageOf(thrown), (text) =>
        this.#library.functions.duckdb_scalar_function_bind_set_error(info, text),
      );
    }
  }

  /** Changes the function that is being bound, as functions in C++ do. */
  #adapt(info: Pointer, { returns, erases }: Bound): void {
    const { view } = this.#library.memory;
    const [target, uses] = [view.getUint32(info + boundFunction, true), view.getUint32(info + boundArguments, true)];
    if (returns) this.#symbols.assignType(target + this.#returnTypeOffset, this.#types.of(returns));
    if (erases !== undefined) this.#symbols.eraseArgument(target, uses, BigInt(erases));
  }

  #onExecute(call: Pointer, input: Pointer, output: Pointer): void {
    const binding = this.#bindings.get(this.#library.functions.duckdb_scalar_function_get_bind_data(call));
    const { functions } = this.#library;
    try {
      if (!binding) throw failure('internal', 'A function runs that was not bound.');
      const rows = Number(functions.duckdb_data_chunk_get_size(input));
      const columns = Number(this.#library.functions.duckdb_data_chunk_get_column_count(input));
      const inputs = Array.from({ length: columns }, (_, index) =>
        functions.duckdb_data_chunk_get_vector(input, BigInt(index)),
      );
      this.#run(binding, { rows, inputs, output });
    } catch (thrown) {
      if (isForeign(thrown)) throw thrown;
      this.#library.tell(messageOf(thrown), (text) => functions.duckdb_scalar_function_set_error(call, text));
    }
  }

  #run({ bound, overload }: Binding, chunk: Chunk): void {
    if ('run' in bound) {
      bound.run(chunk);
      return;
    }
    const { rows, inputs, output } = chunk;
    const vectors = this.#vectors;
    const columns = inputs
      .slice(0, bound.reads)
      .map((vector) => vectors.read(vector, this.#types.ofVector(vector), rows));
    const values = callRows(bound.call as (...values: Value[]) => Value, columns, rows, overload.handlesNull === true);
    vectors.write(output, this.#types.ofVector(output), values);
  }

  /** The callback that chooses a cast for two types; the cast itself is one callback for all types. */
  castBind(cast: Cast): Callback {
    const present = this.#castBinds.get(cast);
    if (present !== undefined) return present;
    const execute = this.#castCallback(cast);
    const bind = this.#library.callback('iiii', (result: Pointer) => {
      // BoundCastInfo: the function, no state of its own, no data.
      const { view } = this.#library.memory;
      view.setUint32(result, execute, true);
      view.setUint32(result + 4, 0, true);
      view.setUint32(result + 8, 0, true);
    });
    this.#castBinds.set(cast, bind);
    return bind;
  }

  #castCallback({ run }: Cast): Callback {
    if (run === 'nothing') return this.#library.entry(reinterpretCast);
    return this.#library.callback('i:iiji', (source: Pointer, target: Pointer, count: bigint, parameters: Pointer) =>
      this.#onCast(run, source, target, Number(count), parameters),
    );
  }

  #onCast(
    run: Exclude<Cast['run'], 'nothing'>,
    source: Pointer,
    target: Pointer,
    rows: number,
    parameters: Pointer,
  ): number {
    const vectors = this.#vectors;
    try {
      vectors.flatten(source, rows);
      const [sourceType, targetType] = [this.#types.ofVector(source), this.#types.ofVector(target)];
      run({ vectors, rows, source, sourceType, target, targetType });
      return 1;
    } catch (thrown) {
      if (isForeign(thrown)) throw thrown;
      this.#failCast(messageOf(thrown), parameters);
      return 0;
    }
  }

  #failCast(message: string, parameters: Pointer): void {
    const { functions, memory } = this.#library;
    const text = memory.allocate(stringSize);
    this.#library.tell(message, (pointer) => this.#symbols.createString(text, pointer));
    try {
      this.#symbols.failCast(text, parameters);
    } finally {
      this.#symbols.destroyString(text);
      functions.free(text);
    }
  }
}

/** What DuckDB itself has thrown goes on through our frames, to where DuckDB catches it. */
function isForeign(thrown: unknown): boolean {
  return thrown instanceof WebAssembly.Exception || thrown instanceof WebAssembly.RuntimeError;
}

function callRows(
  call: (...values: Value[]) => Value,
  columns: readonly Value[][],
  rows: number,
  handlesNull: boolean,
): Value[] {
  const [first, second] = columns;
  const answers = new Array<Value>(rows);
  for (let row = 0; row < rows; row++) {
    // One or two arguments are what nearly all have, and spreading a list costs.
    const [one, two] = [first?.[row] ?? null, second?.[row] ?? null];
    if (columns.length === 1) answers[row] = one === null && !handlesNull ? null : call(one);
    else if (columns.length === 2)
      answers[row] = (one === null || two === null) && !handlesNull ? null : call(one, two);
    else {
      const values = columns.map((column) => column[row] ?? null);
      answers[row] = values.includes(null) && !handlesNull ? null : call(...values);
    }
  }
  return answers;
}

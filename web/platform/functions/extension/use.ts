// A place where a function is used, read while DuckDB binds it: the types of the arguments, and their values where they
// are known by then.
import { failure } from '../../../../shared/errors.ts';
import type { DuckDBType } from '../../../../shared/sql/types.ts';
import type { Library, Pointer } from '../../capi/library.ts';
import type { Argument, Constant, Use } from './functions.ts';
import { stringSize, type ExtensionSymbols } from './symbols.ts';
import { typeSize, type Types } from './types.ts';
import type { Vectors } from './vectors.ts';

/** Where, in what a bind call is given, the addresses lie of the function that is bound and of its arguments. */
export const boundFunction = 4;
export const boundArguments = 8;

export class UseReader implements Use {
  readonly arguments: readonly Argument[];
  readonly vectors: Vectors;
  readonly #library: Library;
  readonly #symbols: ExtensionSymbols;
  readonly #types: Types;
  readonly #info: Pointer;

  constructor(library: Library, symbols: ExtensionSymbols, types: Types, vectors: Vectors, info: Pointer) {
    this.#library = library;
    this.#symbols = symbols;
    this.#types = types;
    this.#info = info;
    this.vectors = vectors;
    const length = Number(library.functions.duckdb_scalar_function_bind_get_argument_count(info));
    this.arguments = Array.from({ length }, (_, index) => this.#argument(index));
  }

  /** Throws what DuckDB throws for a text that names no type. */
  readonly typeOf = (text: string): DuckDBType => {
    const { functions, memory } = this.#library;
    const [string, type] = [memory.allocate(stringSize), memory.allocate(typeSize)];
    memory.withText(text, (pointer) => this.#symbols.createString(string, pointer));
    try {
      this.#withContext((context) =>
        this.#symbols.createTypeOfText(type, string, memory.view.getUint32(context, true)),
      );
      const read = this.#types.read(type);
      this.#symbols.destroyType(type);
      return read;
    } finally {
      this.#symbols.destroyString(string);
      functions.free(string);
      functions.free(type);
    }
  };

  #argument(index: number): Argument {
    return {
      type: () => this.#withExpression(index, (expression) => this.#typeOf(expression)),
      constant: () => this.#withExpression(index, (expression) => this.#constant(expression)),
    };
  }

  #typeOf(expression: Pointer): DuckDBType {
    const type = this.#library.functions.duckdb_expression_return_type(expression);
    try {
      return this.#types.read(type);
    } finally {
      this.#library.destroy(this.#library.functions.duckdb_destroy_logical_type, type);
    }
  }

  /**
   * Lends the argument as the C API knows expressions, which is by the place of a pointer to it. The API itself lends only
   * a copy, and fails where a subquery is in it.
   */
  #withExpression<Result>(index: number, task: (expression: Pointer) => Result): Result {
    const { functions, memory } = this.#library;
    const uses = memory.view.getUint32(this.#info + boundArguments, true);
    const first = memory.view.getUint32(uses, true); // a vector of C++ begins with the address of its first element
    const place = memory.allocate(4);
    memory.view.setUint32(place, memory.view.getUint32(first + 4 * index, true), true);
    try {
      return task(place);
    } finally {
      functions.free(place);
    }
  }

  /** Lends DuckDB's wrapper of the context, whose first field is the context. */
  #withContext<Result>(task: (context: Pointer) => Result): Result {
    const { functions, memory } = this.#library;
    const out = memory.allocate(4);
    this.#library.functions.duckdb_scalar_function_get_client_context(this.#info, out);
    try {
      return task(memory.view.getUint32(out, true));
    } finally {
      this.#library.functions.duckdb_destroy_client_context(out);
      functions.free(out);
    }
  }

  #constant(expression: Pointer): Constant | undefined {
    if (this.#library.functions.duckdb_expression_is_foldable(expression) === 0) return undefined;
    const { functions, memory } = this.#library;
    const out = memory.allocate(4);
    try {
      const error = this.#withContext((context) =>
        this.#library.functions.duckdb_expression_fold(context, expression, out),
      );
      if (error !== 0 && functions.duckdb_error_data_has_error(error) !== 0) {
        throw failure('sql.failed', memory.textAt(functions.duckdb_error_data_message(error)));
      }
      const value = memory.view.getUint32(out, true);
      try {
        return this.#read(value, this.#typeOf(expression));
      } finally {
        this.#library.destroy(functions.duckdb_destroy_value, value);
      }
    } finally {
      functions.free(out);
    }
  }

  #read(value: Pointer, type: DuckDBType): Constant {
    const { functions } = this.#library;
    if (functions.duckdb_is_null_value(value) !== 0) return null;
    if (type.kind !== 'list') return this.#text(value);
    return Array.from({ length: Number(functions.duckdb_get_list_size(value)) }, (_, index) => {
      const item = functions.duckdb_get_list_child(value, BigInt(index));
      try {
        return functions.duckdb_is_null_value(item) !== 0 ? null : this.#text(item);
      } finally {
        this.#library.destroy(functions.duckdb_destroy_value, item);
      }
    });
  }

  #text(value: Pointer): string {
    const { functions, memory } = this.#library;
    const pointer = functions.duckdb_get_varchar(value);
    const text = memory.textAt(pointer);
    functions.duckdb_free(pointer);
    return text;
  }
}

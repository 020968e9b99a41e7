// The columns of a chunk between DuckDB's vectors (duckdb.h v1.5.6, "Vector Interface") and JavaScript, of any type.
import type { DuckDBType } from '../../../../shared/sql/types.ts';
import type { Library, Pointer } from '../../capi/library.ts';
import { stringSize, type ExtensionSymbols } from './symbols.ts';
import type { Types } from './types.ts';
import { decoderOf, encoderOf, sizeOf, type Value } from './values.ts';

export type { Interval, Value } from './values.ts';

export class Vectors {
  readonly #library: Library;
  readonly #symbols: ExtensionSymbols;
  readonly #types: Types;

  constructor(library: Library, symbols: ExtensionSymbols, types: Types) {
    this.#library = library;
    this.#symbols = symbols;
    this.#types = types;
  }

  /** Lends a vector to a task. */
  with<Result>(type: string, rows: number, task: (vector: Pointer) => Result): Result {
    const { functions } = this.#library;
    const vector = functions.duckdb_create_vector(this.#types.get(type), BigInt(Math.max(rows, 1)));
    try {
      return task(vector);
    } finally {
      this.#library.destroy(functions.duckdb_destroy_vector, vector);
    }
  }

  /** Makes a vector plain: DuckDB may hold it as one value for all rows, or as a choice from another. */
  flatten(vector: Pointer, rows: number): void {
    this.#symbols.flattenVector(vector, BigInt(rows));
  }

  /** Casts by DuckDB's own rules. Answers why, where a row failed, which then is NULL; `strict` is for texts. */
  cast(source: Pointer, target: Pointer, rows: number, strict = false): string | undefined {
    const { functions, memory } = this.#library;
    const error = memory.allocate(stringSize);
    memory.bytes.fill(0, error, error + stringSize); // an empty string; without one DuckDB would throw
    try {
      const isDone = this.#symbols.castVector(source, target, BigInt(rows), error, Number(strict)) !== 0;
      return isDone ? undefined : this.#stringAt(error);
    } finally {
      this.#symbols.destroyString(error);
      functions.free(error);
    }
  }

  /** A C++ string: its text lies in it where its last byte says so, and else where it points to. */
  #stringAt(place: Pointer): string {
    const { bytes, view } = this.#library.memory;
    const length = bytes[place + stringSize - 1] ?? 0;
    if (length < 0x80) return this.#library.memory.text(place, length);
    return this.#library.memory.text(view.getUint32(place, true), view.getUint32(place + 4, true));
  }

  /** The values of a vector of VARCHAR or JSON. */
  strings(vector: Pointer, rows: number): (string | null)[] {
    return this.read(vector, { kind: 'scalar', name: 'VARCHAR' }, rows) as (string | null)[];
  }

  /** The values of a vector as DuckDB's VARCHAR cast prints them. */
  texts(vector: Pointer, rows: number): (string | null)[] {
    return this.with('VARCHAR', rows, (texts) => {
      this.cast(vector, texts, rows);
      return this.strings(texts, rows);
    });
  }

  /** The values of a vector that is flat or may be made so. */
  read(vector: Pointer, type: DuckDBType, rows: number): Value[] {
    this.flatten(vector, rows);
    const isNull = this.nulls(vector);
    const decode = this.#decoder(vector, type, rows);
    const values = new Array<Value>(rows);
    for (let row = 0; row < rows; row++) values[row] = isNull(row) ? null : decode(row);
    return values;
  }

  #decoder(vector: Pointer, type: DuckDBType, rows: number): (row: number) => Value {
    const { functions, memory } = this.#library;
    if (type.kind === 'struct') {
      const fields = type.fields.map((field, index) => this.read(this.child(vector, index), field.type, rows));
      return (row) => fields.map((column) => column[row] ?? null);
    }
    if (type.kind === 'list') {
      const items = this.read(this.listChild(vector), type.element, this.listSize(vector));
      return (row) => items.slice(...this.span(vector, row));
    }
    return decoderOf(memory, functions.duckdb_vector_get_data(vector), type);
  }

  typeOf(vector: Pointer): DuckDBType {
    return this.#types.ofVector(vector);
  }

  /** Tells the rows of a flat vector that are NULL. */
  nulls(vector: Pointer): (row: number) => boolean {
    const { functions, memory } = this.#library;
    const validity = functions.duckdb_vector_get_validity(vector);
    return (row) => validity !== 0 && ((memory.bytes[validity + (row >> 3)] ?? 0) & (1 << (row & 7))) === 0;
  }

  /** Where a row's list begins and ends among the items of all. */
  span(vector: Pointer, row: number): [start: number, end: number] {
    const { functions, memory } = this.#library;
    const at = functions.duckdb_vector_get_data(vector) + 16 * row;
    const start = memory.view.getUint32(at, true);
    return [start, start + memory.view.getUint32(at + 8, true)];
  }

  /** The vector of the items of all lists, or of the entries of all maps. */
  listChild(vector: Pointer): Pointer {
    return this.#library.functions.duckdb_list_vector_get_child(vector);
  }

  /** How many items all lists have. */
  listSize(vector: Pointer): number {
    return Number(this.#library.functions.duckdb_list_vector_get_size(vector));
  }

  arrayChild(vector: Pointer): Pointer {
    return this.#library.functions.duckdb_array_vector_get_child(vector);
  }

  /** A struct's vector of one field. */
  child(vector: Pointer, index: number): Pointer {
    return this.#library.functions.duckdb_struct_vector_get_child(vector, BigInt(index));
  }

  /** Fills a fresh vector. */
  write(vector: Pointer, type: DuckDBType, values: readonly Value[]): void {
    this.writeNulls(vector, (row) => values[row] === null, values.length);
    if (type.kind === 'struct') {
      type.fields.forEach((field, index) => {
        const column = values.map((value) => (value as readonly Value[] | null)?.[index] ?? null);
        this.write(this.child(vector, index), field.type, column);
      });
      return;
    }
    if (type.kind === 'list') {
      const lists = values as readonly (readonly Value[] | null)[];
      this.writeLists(vector, lists, (child) =>
        this.write(
          child,
          type.element,
          lists.flatMap((list) => list ?? []),
        ),
      );
      return;
    }
    const encode = encoderOf(this.#library, vector, type);
    values.forEach((value, row) => {
      if (value !== null) encode(row, value);
    });
  }

  writeNulls(vector: Pointer, isNull: (row: number) => boolean, rows: number): void {
    const { functions, memory } = this.#library;
    let validity = 0;
    for (let row = 0; row < rows; row++) {
      if (!isNull(row)) continue;
      if (validity === 0) {
        functions.duckdb_vector_ensure_validity_writable(vector);
        validity = functions.duckdb_vector_get_validity(vector);
      }
      const at = validity + (row >> 3);
      memory.bytes[at] = (memory.bytes[at] ?? 0) & ~(1 << (row & 7));
    }
  }

  /** Makes a vector as if it were fresh. */
  clearNulls(vector: Pointer, rows: number): void {
    const { functions, memory } = this.#library;
    const validity = functions.duckdb_vector_get_validity(vector);
    if (validity !== 0) memory.bytes.fill(0xff, validity, validity + Math.ceil(rows / 8));
  }

  /** Writes the offsets of lists and lends the vector of their items, which has room for all. */
  writeLists(
    vector: Pointer,
    lists: readonly ({ readonly length: number } | null)[],
    task: (child: Pointer, items: number) => void,
  ): void {
    const { functions, memory } = this.#library;
    const data = functions.duckdb_vector_get_data(vector);
    let start = 0;
    lists.forEach((list, row) => {
      memory.view.setBigUint64(data + 16 * row, BigInt(start), true);
      memory.view.setBigUint64(data + 16 * row + 8, BigInt(list?.length ?? 0), true);
      start += list?.length ?? 0;
    });
    functions.duckdb_list_vector_reserve(vector, BigInt(start));
    functions.duckdb_list_vector_set_size(vector, BigInt(start));
    task(functions.duckdb_list_vector_get_child(vector), start);
  }

  /** Copies the chosen rows from one vector to another of the same type, whose values lie in the vector itself. */
  copyRows(source: Pointer, target: Pointer, type: DuckDBType, rows: readonly number[], count: number): void {
    const { functions, memory } = this.#library;
    const size = sizeOf(type);
    const [from, to] = [functions.duckdb_vector_get_data(source), functions.duckdb_vector_get_data(target)];
    const isNull = this.nulls(source);
    const chosen = new Set(rows);
    for (const row of rows) memory.bytes.copyWithin(to + size * row, from + size * row, from + size * (row + 1));
    this.writeNulls(target, (row) => chosen.has(row) && isNull(row), count);
  }
}

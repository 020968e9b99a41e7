// Reads and writes the values of DuckDB's vectors (duckdb.h v1.5.6, "Vector Interface"; duckdb_string_t: four bytes of
// length, then up to twelve bytes in place, or four bytes of prefix and a pointer).
import { failure } from '../../../shared/errors.ts';
import type { Library, Pointer } from './library.ts';
import { withLogicalType } from './logical-type.ts';
import type { Memory } from './memory.ts';

export type ScalarType =
  | 'BOOLEAN'
  | 'INTEGER'
  | 'BIGINT'
  | 'DOUBLE'
  | 'VARCHAR'
  | 'DATE'
  | 'TIMESTAMP'
  | 'TIMESTAMP WITH TIME ZONE'
  | 'INTERVAL'
  | 'VARCHAR[]';

export interface Interval {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;
}

/**
 * BOOLEAN: boolean. INTEGER, DOUBLE: number. DATE: number, days since 1970. VARCHAR: string. BIGINT: bigint. TIMESTAMP,
 * with or without zone: bigint, microseconds since 1970. INTERVAL: Interval. VARCHAR[]: list.
 */
export type ScalarValue = boolean | number | bigint | string | Interval | readonly (string | null)[];

/** The value of a row, or null. */
export type Reader = (row: number) => ScalarValue | null;
/** Sets the value of a row. Fails with internal for a value of another type. */
export type Writer = (row: number, value: ScalarValue | null) => void;

/** Frees what readers have made, last first. */
export class Scope {
  readonly #frees: (() => void)[] = [];

  add(free: () => void): void {
    this.#frees.push(free);
  }

  release(): void {
    for (const free of this.#frees.splice(0).reverse()) free();
  }
}

/** Bytes of a text that needs no pointer. */
const inPlace = 12;

/** Bytes of texts that are decoded together at most. */
const joinedSize = 4 * 1024 * 1024;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads a flat vector of so many rows, until `release` of its scope, while the callback lasts that lent it. */
export function readerOf(library: Library, vector: Pointer, type: ScalarType, rows: number, scope: Scope): Reader {
  const { functions, memory } = library;
  if (type === 'VARCHAR[]') return listReader(library, vector, scope);
  const data = functions.duckdb_vector_get_data(vector);
  const validity = functions.duckdb_vector_get_validity(vector);
  if (type === 'VARCHAR') return textReader(memory, data, validity, rows);
  const read = plainReader(library, data, type);
  return validity === 0 ? read : (row) => (isValid(memory.view, validity, row) ? read(row) : null);
}

function plainReader(
  { memory }: Library,
  data: Pointer,
  type: Exclude<ScalarType, 'VARCHAR' | 'VARCHAR[]'>,
): (row: number) => ScalarValue {
  switch (type) {
    case 'BOOLEAN':
      return (row) => memory.bytes[data + row] !== 0;
    case 'INTEGER':
    case 'DATE':
      return (row) => memory.view.getInt32(data + 4 * row, true);
    case 'BIGINT':
    case 'TIMESTAMP':
    case 'TIMESTAMP WITH TIME ZONE':
      return (row) => memory.view.getBigInt64(data + 8 * row, true);
    case 'DOUBLE':
      return (row) => memory.view.getFloat64(data + 8 * row, true);
    case 'INTERVAL':
      return (row) => {
        const [at, view] = [data + 16 * row, memory.view];
        const [months, days] = [view.getInt32(at, true), view.getInt32(at + 4, true)];
        return { months, days, micros: view.getBigInt64(at + 8, true) };
      };
  }
}

/** Joins all texts, so that they are decoded in one go; that gives their parts back where all is ASCII. */
function textReader(memory: Memory, data: Pointer, validity: Pointer, rows: number): Reader {
  const ends = new Uint32Array(rows);
  let size = 0;
  for (let row = 0; row < rows; row++) {
    if (validity === 0 || isValid(memory.view, validity, row)) size += memory.view.getUint32(data + 16 * row, true);
    ends[row] = size;
  }
  const one = (row: number): string => {
    const at = data + 16 * row;
    const length = memory.view.getUint32(at, true);
    return memory.text(length <= inPlace ? at + 4 : memory.view.getUint32(at + 8, true), length);
  };
  const joined = size <= joinedSize ? joinTexts(memory, data, ends) : '';
  const isAscii = joined.length === size;
  return (row) => {
    if (validity !== 0 && !isValid(memory.view, validity, row)) return null;
    return isAscii ? joined.slice(row === 0 ? 0 : ends[row - 1], ends[row]) : one(row);
  };
}

function joinTexts({ bytes, view }: Memory, data: Pointer, ends: Uint32Array): string {
  const joined = new Uint8Array(ends.at(-1) ?? 0);
  let start = 0;
  ends.forEach((end, row) => {
    const at = data + 16 * row;
    const length = end - start;
    const from = length <= inPlace ? at + 4 : view.getUint32(at + 8, true);
    if (length > 64) joined.set(bytes.subarray(from, from + length), start);
    else for (let index = 0; index < length; index++) joined[start + index] = bytes[from + index] ?? 0;
    start = end;
  });
  return decoder.decode(joined);
}

/** Entries are an offset and a length, 64 bits each. */
function listReader(library: Library, vector: Pointer, scope: Scope): Reader {
  const { functions, memory } = library;
  const data = functions.duckdb_vector_get_data(vector);
  const validity = functions.duckdb_vector_get_validity(vector);
  const size = functions.duckdb_list_vector_get_size(vector);
  const element = readerOf(library, flatChild(library, vector, size, scope), 'VARCHAR', Number(size), scope);
  return (row) => {
    if (validity !== 0 && !isValid(memory.view, validity, row)) return null;
    const [offset, length] = [
      memory.view.getUint32(data + 16 * row, true),
      memory.view.getUint32(data + 16 * row + 8, true),
    ];
    return Array.from({ length }, (_, index) => element(offset + index) as string | null);
  };
}

/** What lists hold, as a flat copy: DuckDB flattens what it lends, but not what lies inside, such as after list_select. */
function flatChild(library: Library, vector: Pointer, size: bigint, scope: Scope): Pointer {
  const { functions, memory } = library;
  const copy = withLogicalType(library, 'VARCHAR', (type) => functions.duckdb_create_vector(type, size));
  scope.add(() => library.destroy(functions.duckdb_destroy_vector, copy));
  if (size === 0n) return copy;
  const selection = functions.duckdb_create_selection_vector(size);
  scope.add(() => functions.duckdb_destroy_selection_vector(selection));
  const start = functions.duckdb_selection_vector_get_data_ptr(selection);
  for (let index = 0; index < Number(size); index++) memory.view.setUint32(start + 4 * index, index, true);
  const child = functions.duckdb_list_vector_get_child(vector);
  functions.duckdb_vector_copy_sel(child, copy, selection, size, 0n, 0n);
  return copy;
}

/** Writes a flat vector, for as long as the callback lasts that lent it. */
export function writerOf(library: Library, vector: Pointer, type: ScalarType): Writer {
  const { functions, memory } = library;
  const write = type === 'VARCHAR[]' ? listWriter(library, vector) : plainWriter(library, vector, type);
  let validity = 0;
  return (row, value) => {
    if (value !== null) return write(row, value);
    if (validity === 0) {
      functions.duckdb_vector_ensure_validity_writable(vector);
      validity = functions.duckdb_vector_get_validity(vector);
    }
    const at = validity + (row >> 3);
    memory.bytes[at] = (memory.bytes[at] ?? 0) & ~(1 << (row & 7));
  };
}

function plainWriter(
  library: Library,
  vector: Pointer,
  type: Exclude<ScalarType, 'VARCHAR[]'>,
): (row: number, value: ScalarValue) => void {
  const { functions, memory } = library;
  const data = functions.duckdb_vector_get_data(vector);
  switch (type) {
    case 'BOOLEAN':
      return (row, value) => {
        memory.bytes[data + row] = typeof value === 'boolean' ? Number(value) : refuse(type, value);
      };
    case 'INTEGER':
    case 'DATE':
      return (row, value) => {
        const fits = typeof value === 'number' && (value | 0) === value;
        memory.view.setInt32(data + 4 * row, fits ? value : refuse(type, value), true);
      };
    case 'BIGINT':
    case 'TIMESTAMP':
    case 'TIMESTAMP WITH TIME ZONE':
      return (row, value) => {
        const fits = typeof value === 'bigint' && BigInt.asIntN(64, value) === value;
        memory.view.setBigInt64(data + 8 * row, fits ? value : refuse(type, value), true);
      };
    case 'DOUBLE':
      return (row, value) => {
        memory.view.setFloat64(data + 8 * row, typeof value === 'number' ? value : refuse(type, value), true);
      };
    case 'VARCHAR':
      return textWriter(library, vector);
    case 'INTERVAL':
      return (row, value) => {
        const { months, days, micros } = isInterval(value) ? value : refuse(type, value);
        const at = data + 16 * row;
        memory.view.setInt32(at, months, true);
        memory.view.setInt32(at + 4, days, true);
        memory.view.setBigInt64(at + 8, micros, true);
      };
  }
}

/** Short texts are written in place; longer ones go by way of memory of ours into the vector's own. */
function textWriter(library: Library, vector: Pointer): (row: number, value: ScalarValue) => void {
  const { functions, memory } = library;
  const data = functions.duckdb_vector_get_data(vector);
  return (row, value) => {
    const text = typeof value === 'string' ? value : refuse('VARCHAR', value);
    if (text.length <= inPlace && writeInPlace(memory, data + 16 * row, text)) return;
    memory.withBytes(text, (bytes, length) => {
      if (length > inPlace) {
        functions.duckdb_unsafe_vector_assign_string_element_len(vector, BigInt(row), bytes, BigInt(length));
        return;
      }
      const at = data + 16 * row;
      memory.view.setUint32(at, length, true);
      memory.bytes.fill(0, at + 4, at + 16);
      memory.bytes.copyWithin(at + 4, bytes, bytes + length);
    });
  };
}

/** Whether the text was ASCII, so that its bytes are as many as its letters. */
function writeInPlace({ bytes, view }: Memory, at: Pointer, text: string): boolean {
  view.setUint32(at, text.length, true);
  for (let offset = 4; offset < 16; offset += 4) view.setUint32(at + offset, 0, true);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 127) return false;
    bytes[at + 4 + index] = code;
  }
  return true;
}

function listWriter(library: Library, vector: Pointer): (row: number, value: ScalarValue) => void {
  const { functions, memory } = library;
  const data = functions.duckdb_vector_get_data(vector);
  let size = 0;
  return (row, value) => {
    const list = Array.isArray(value) ? (value as readonly (string | null)[]) : refuse('VARCHAR[]', value);
    const start = size;
    size += list.length;
    functions.duckdb_list_vector_reserve(vector, BigInt(size));
    functions.duckdb_list_vector_set_size(vector, BigInt(size));
    // Reserving moves the child's memory, so it is asked for anew.
    const write = writerOf(library, functions.duckdb_list_vector_get_child(vector), 'VARCHAR');
    list.forEach((text, index) => write(start + index, text));
    memory.view.setBigUint64(data + 16 * row, BigInt(start), true);
    memory.view.setBigUint64(data + 16 * row + 8, BigInt(list.length), true);
  };
}

function isInterval(value: ScalarValue): value is Interval {
  return typeof value === 'object' && 'micros' in value;
}

function isValid(view: DataView, validity: Pointer, row: number): boolean {
  return (view.getUint8(validity + (row >> 3)) & (1 << (row & 7))) !== 0;
}

function refuse(type: ScalarType, value: ScalarValue): never {
  throw failure('internal', `A function that returns ${type} answered a ${typeof value}.`);
}

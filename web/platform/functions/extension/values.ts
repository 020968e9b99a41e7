// Values that lie in a vector's own memory, one by one (duckdb.h v1.5.6; duckdb_string_t: four bytes of length, then up to
// twelve bytes in place, or four bytes of prefix and a pointer).
import { failure } from '../../../../shared/errors.ts';
import { printType, type DuckDBType } from '../../../../shared/sql/types.ts';
import type { Library, Pointer } from '../../capi/library.ts';

export interface Interval {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;
}

/**
 * Integers up to 32 bits, FLOAT and DOUBLE are numbers, DATE the days since 1970; wider integers, TIME and the TIMESTAMPs
 * are bigint, in DuckDB's own unit. VARCHAR and JSON are strings, INTERVAL is Interval, lists are arrays, and a struct is
 * an array of its fields in order.
 */
export type Value = null | boolean | number | bigint | string | Interval | readonly Value[];

/** Bytes of a value that lies in the vector itself; texts, lists and structs are told apart before. */
const sizes: Readonly<Record<string, 1 | 2 | 4 | 8 | 16>> = {
  ...{ BOOLEAN: 1, TINYINT: 1, UTINYINT: 1, SMALLINT: 2, USMALLINT: 2, INTEGER: 4, UINTEGER: 4, FLOAT: 4, DATE: 4 },
  ...{ BIGINT: 8, UBIGINT: 8, DOUBLE: 8, TIME: 8, TIMESTAMP: 8, TIMESTAMP_S: 8, TIMESTAMP_MS: 8, TIMESTAMP_NS: 8 },
  ...{ 'TIMESTAMP WITH TIME ZONE': 8, 'TIME WITH TIME ZONE': 8, TIME_NS: 8, INTERVAL: 16, HUGEINT: 16 },
  ...{ UHUGEINT: 16, UUID: 16 },
};

/** Bytes of a text that needs no pointer. */
const inPlace = 12;

/** Reads the value of a row. */
export function decoderOf(memory: Library['memory'], data: Pointer, type: DuckDBType): (row: number) => Value {
  const name = printType(type);
  const { bytes, view } = memory; // nothing is allocated while values are read
  switch (name) {
    case 'VARCHAR':
    case 'JSON':
      return (row) => {
        const at = data + 16 * row;
        const length = view.getUint32(at, true);
        return memory.text(length <= inPlace ? at + 4 : view.getUint32(at + 8, true), length);
      };
    case 'BOOLEAN':
      return (row) => bytes[data + row] !== 0;
    case 'UTINYINT':
      return (row) => bytes[data + row] ?? 0;
    case 'INTEGER':
    case 'DATE':
      return (row) => view.getInt32(data + 4 * row, true);
    case 'DOUBLE':
      return (row) => view.getFloat64(data + 8 * row, true);
    case 'UBIGINT':
      return (row) => view.getBigUint64(data + 8 * row, true);
    case 'INTERVAL':
      return (row) => {
        const at = data + 16 * row;
        const [months, days] = [view.getInt32(at, true), view.getInt32(at + 4, true)];
        return { months, days, micros: view.getBigInt64(at + 8, true) };
      };
    default:
      if (sizes[name] !== 8) throw failure('internal', `Values of type ${name} are not read one by one.`);
      return (row) => view.getBigInt64(data + 8 * row, true);
  }
}

/** Writes the value of a row, which is not null. */
export function encoderOf(library: Library, vector: Pointer, type: DuckDBType): (row: number, value: Value) => void {
  const { functions, memory } = library;
  const data = functions.duckdb_vector_get_data(vector);
  const name = printType(type);
  switch (name) {
    case 'VARCHAR':
    case 'JSON':
    case 'BLOB':
      return (row, value) => writeText(library, vector, data + 16 * row, row, value as string);
    case 'BOOLEAN':
    case 'UTINYINT':
      return (row, value) => {
        memory.bytes[data + row] = Number(value);
      };
    case 'INTEGER':
    case 'DATE':
      return (row, value) => memory.view.setInt32(data + 4 * row, Number(value), true);
    case 'DOUBLE':
      return (row, value) => memory.view.setFloat64(data + 8 * row, Number(value), true);
    case 'INTERVAL':
      return (row, value) => {
        const [at, { view }] = [data + 16 * row, memory];
        const { months, days, micros } = value as Interval;
        view.setInt32(at, months, true);
        view.setInt32(at + 4, days, true);
        view.setBigInt64(at + 8, micros, true);
      };
    default:
      if (sizes[name] !== 8) throw failure('internal', `Values of type ${name} are not written one by one.`);
      return (row, value) => memory.view.setBigInt64(data + 8 * row, value as bigint, true);
  }
}

/** Short texts lie in the vector; longer ones are copied into memory that is its own. */
function writeText({ functions, memory }: Library, vector: Pointer, at: Pointer, row: number, text: string): void {
  if (text.length <= inPlace && writeInPlace(memory.bytes, at, text)) return;
  memory.withBytes(text, (bytes, length) => {
    if (length > inPlace) {
      functions.duckdb_unsafe_vector_assign_string_element_len(vector, BigInt(row), bytes, BigInt(length));
      return;
    }
    memory.view.setUint32(at, length, true);
    memory.bytes.fill(0, at + 4, at + 16);
    memory.bytes.copyWithin(at + 4, bytes, bytes + length);
  });
}

/** False where the text is not ASCII. A TextEncoder costs more than this to call. */
function writeInPlace(bytes: Uint8Array, at: Pointer, text: string): boolean {
  bytes.fill(0, at, at + 16);
  bytes[at] = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) return false;
    bytes[at + 4 + index] = unit;
  }
  return true;
}

/** Bytes of a value of this type. */
export function sizeOf(type: DuckDBType): number {
  if (type.kind === 'decimal') return type.precision <= 4 ? 2 : type.precision <= 9 ? 4 : type.precision <= 18 ? 8 : 16;
  const size = type.kind === 'scalar' ? sizes[type.name] : undefined;
  if (size === undefined) throw failure('internal', `Values of type ${printType(type)} have no one size.`);
  return size;
}

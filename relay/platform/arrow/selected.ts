// The values of a DuckDB vector that are wanted, and how to get at their bytes.
import duckdb from '@duckdb/node-bindings';
import type { FixedArray } from './types.ts';

/** A vector and which of its values are wanted: its first `size`, or those at `rows`, in that order. */
export interface Selected {
  readonly vector: duckdb.Vector;
  readonly size: number;
  readonly rows?: Uint32Array | undefined;
}

interface FixedArrayConstructor<T extends FixedArray> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): T;
  new (length: number): T;
}

/** The wanted values as a typed array of `parts` elements each. */
export function fixedValues<T extends FixedArray>(
  { vector, size, rows }: Selected,
  array: FixedArrayConstructor<T>,
  parts = 1,
): T {
  const bytes = vectorBytes(vector, size * parts * array.BYTES_PER_ELEMENT);
  const all = new array(bytes.buffer, bytes.byteOffset, size * parts);
  if (!rows) return all;
  const wanted = new array(rows.length * parts);
  rows.forEach((row, index) => wanted.set(all.subarray(row * parts, (row + 1) * parts) as never, index * parts));
  return wanted;
}

/** A copy of a vector's first bytes, aligned for every typed array. */
export function vectorBytes(vector: duckdb.Vector, length: number): Uint8Array<ArrayBuffer> {
  if (length === 0) return new Uint8Array(0);
  const bytes = duckdb.vector_get_data(vector, length) as Uint8Array<ArrayBuffer>;
  return bytes.byteOffset % 16 === 0 ? bytes : new Uint8Array(bytes);
}

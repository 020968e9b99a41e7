// Arrow text and bytes → DuckDB's `string_t` (16 bytes: length, then up to 12 bytes inline, or 4 bytes and a pointer).
// A call per value would cost microseconds, so all bytes of a chunk are handed to DuckDB at once and pointed into.
import { isUtf8 } from 'node:buffer';
import duckdb from '@duckdb/node-bindings';
import { DataType, type Data } from 'apache-arrow';
import { failure } from '../../../shared/errors.ts';
import { vectorBytes } from './selected.ts';
import type { Copied } from './write.ts';

const inlineLimit = 12;

/** Writes text or bytes; a byte of `valid` is 0 where the value is NULL. */
export function writeText({ vector, data, start, count }: Copied, valid: Uint8Array | undefined): void {
  if (DataType.isNull(data.type) || count === 0) return;
  if (DataType.isDictionary(data.type)) return writeDictionary({ vector, data, start, count }, valid);
  const offsets = data.valueOffsets as Int32Array;
  const begin = offsets[start] ?? 0;
  const bytes = (data.values as Uint8Array).subarray(begin, offsets[start + count]);
  if (DataType.isUtf8(data.type)) requireText(bytes, offsets.subarray(start, start + count), begin);
  const pointer = handOver(vector, bytes);
  const words = new Uint32Array(4 * count);
  const target = new Uint8Array(words.buffer);
  for (let row = 0; row < count; row++) {
    if (valid && valid[row] === 0) continue;
    const from = (offsets[start + row] ?? 0) - begin;
    const length = (offsets[start + row + 1] ?? 0) - begin - from;
    words[4 * row] = length;
    const inline = length <= inlineLimit ? length : 4;
    for (let at = 0; at < inline; at++) target[16 * row + 4 + at] = bytes[from + at] ?? 0;
    if (length <= inlineLimit) continue;
    const low = pointer.low + from;
    words[4 * row + 2] = low;
    words[4 * row + 3] = pointer.high + (low >= 2 ** 32 ? 1 : 0);
  }
  duckdb.copy_data_to_vector(vector, 0, words.buffer, 0, words.byteLength);
}

/** Puts bytes into the vector's own memory, which lives as long as its chunk. */
function handOver(vector: duckdb.Vector, bytes: Uint8Array): { low: number; high: number } {
  duckdb.vector_assign_string_element_len(vector, 0, bytes);
  // Up to 12 bytes have no address, but then no value is longer either.
  const [, , low = 0, high = 0] = new Uint32Array(vectorBytes(vector, 16).buffer, 0, 4);
  return { low, high };
}

/** DuckDB takes bytes that are not UTF-8 for an empty text and says nothing, so they are refused here. */
function requireText(bytes: Uint8Array, starts: Int32Array, begin: number): void {
  // All bytes together being UTF-8, each value is, if none begins inside a character.
  const whole = starts.every((start) => ((bytes[start - begin] ?? 0) & 0xc0) !== 0x80);
  if (!whole || !isUtf8(bytes)) throw failure('type.unsupported', 'An Arrow text is not valid UTF-8.');
}

function writeDictionary({ vector, data, start, count }: Copied, valid: Uint8Array | undefined): void {
  const codes = data.values as Int32Array;
  const values = (data.dictionary?.data ?? []).flatMap(valuesOf);
  for (let row = 0; row < count; row++) {
    if (valid && valid[row] === 0) continue;
    duckdb.vector_assign_string_element_len(vector, row, values[codes[start + row] ?? 0] ?? new Uint8Array(0));
  }
}

function valuesOf(data: Data): Uint8Array[] {
  const [bytes, offsets] = [data.values as Uint8Array, data.valueOffsets as Int32Array];
  return Array.from({ length: data.length }, (_, row) => bytes.subarray(offsets[row], offsets[row + 1]));
}

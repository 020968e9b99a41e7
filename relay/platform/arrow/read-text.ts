// Text and bytes: DuckDB's 16-byte `string_t` (up to 12 bytes inline, else a pointer) → Arrow offsets and data.
import duckdb from '@duckdb/node-bindings';
import { failure } from '../../../shared/errors.ts';
import { bit } from './bits.ts';
import { fixedValues, type Selected } from './selected.ts';

export interface TextBuffers {
  readonly values: Uint8Array;
  readonly offsets: Int32Array;
}

const inlineLimit = 12;
/** Any byte between two valid ones less than a page apart lies on one of their pages, so reading across is safe. */
const gapLimit = 4095;

/** The wanted strings of a VARCHAR or BLOB vector. */
export function readText(from: Selected, validity: Uint8Array | undefined): TextBuffers {
  const words = fixedValues(from, Uint32Array, 4);
  const count = words.length / 4;
  const offsets = new Int32Array(count + 1);
  const addresses = new Float64Array(count); // 0: nothing to fetch
  let total = 0;
  for (let row = 0; row < count; row++) {
    const length = validity && !bit(validity, row) ? 0 : (words[4 * row] ?? 0);
    if (length > inlineLimit) addresses[row] = (words[4 * row + 3] ?? 0) * 2 ** 32 + (words[4 * row + 2] ?? 0);
    total += length;
    offsets[row + 1] = total;
  }
  requireRoom(total);
  const values = new Uint8Array(total);
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  copyInline(bytes, addresses, offsets, values);
  copyFetched(words, addresses, offsets, values);
  return { values, offsets };
}

function copyInline(bytes: Uint8Array, addresses: Float64Array, offsets: Int32Array, values: Uint8Array): void {
  for (let row = 0; row < addresses.length; row++) {
    if (addresses[row] !== 0) continue;
    const [start = 0, end = 0] = [offsets[row], offsets[row + 1]];
    for (let at = start; at < end; at++) values[at] = bytes[16 * row + 4 + at - start] ?? 0;
  }
}

/** Reaching into DuckDB's memory costs microseconds, so neighbours in memory are fetched together. */
function copyFetched(words: Uint32Array, addresses: Float64Array, offsets: Int32Array, values: Uint8Array): void {
  const order = byAddress(addresses);
  const lengthOf = (row: number): number => (offsets[row + 1] ?? 0) - (offsets[row] ?? 0);
  for (let first = 0; first < order.length;) {
    const head = order[first] ?? 0;
    const start = addresses[head] ?? 0;
    let end = start + lengthOf(head);
    let next = first + 1;
    for (; next < order.length; next++) {
      const row = order[next] ?? 0;
      const address = addresses[row] ?? 0;
      if (address - end > gapLimit) break;
      end = Math.max(end, address + lengthOf(row));
    }
    const fetched = duckdb.get_data_from_pointer(
      words.buffer as ArrayBuffer,
      words.byteOffset + 16 * head + 8,
      end - start,
    );
    while (first < next) {
      // Values that follow one another in both places are copied as one.
      let row = order[first] ?? 0;
      const [from, to] = [(addresses[row] ?? 0) - start, offsets[row] ?? 0];
      let length = lengthOf(row);
      for (first++; first < next; first++) {
        row = order[first] ?? 0;
        if (addresses[row] !== start + from + length || offsets[row] !== to + length) break;
        length += lengthOf(row);
      }
      values.set(fetched.subarray(from, from + length), to);
    }
  }
}

/** The rows that have an address, ordered by it. They mostly are in order already. */
function byAddress(addresses: Float64Array): Uint32Array {
  const order = new Uint32Array(addresses.length);
  let [count, last, sorted] = [0, 0, true];
  for (let row = 0; row < addresses.length; row++) {
    const address = addresses[row] ?? 0;
    if (address === 0) continue;
    order[count++] = row;
    sorted &&= address >= last;
    last = address;
  }
  const found = order.subarray(0, count);
  return sorted ? found : found.sort((left, right) => (addresses[left] ?? 0) - (addresses[right] ?? 0));
}

/** Arrow's 32-bit offsets end at 2 GiB. */
function requireRoom(total: number): void {
  if (total <= 0x7fff_ffff) return;
  throw failure('type.unsupported', 'A column holds more than 2 GiB of text within 2,048 rows.', {
    hint: 'Select fewer or shorter values.',
  });
}

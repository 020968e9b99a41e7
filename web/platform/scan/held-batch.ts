// The columns of a batch, copied once into DuckDB's memory, where slices of them become vectors without another copy.
// A slice is told by where its values begin and never by an offset, because DuckDB's reader of nested offsets has gaps;
// slices begin at multiples of 2,048 rows, where the bits of a bitmap begin with a whole byte.
import type { Data, RecordBatch } from 'apache-arrow';
import { failure } from '../../../shared/errors.ts';
import type { Library, Pointer } from '../capi/library.ts';
import type { ArrowColumn } from './arrow-type.ts';
import { copyBits, bytesOf } from './buffers.ts';

/** Buffers begin at multiples of this, as Arrow recommends. */
const alignment = 64;

/** A copied array: where its buffers lie. A missing buffer is 0. */
export interface HeldArray {
  readonly column: ArrowColumn;
  readonly length: number;
  readonly hasNulls: boolean;
  readonly validity: Pointer;
  /** Values, or offsets of 32 bits. */
  readonly values: Pointer;
  /** The bytes that offsets point into. */
  readonly bytes: Pointer;
  readonly children: readonly HeldArray[];
}

/** Lives until everything that was lent of it has been given back. */
export class HeldBatch {
  readonly rows: number;
  readonly columns: readonly HeldArray[];
  readonly #library: Library;
  readonly #start: Pointer;
  #uses = 1;

  /** Copies the batch; its own buffers are not needed any more. Fails with engine.out_of_memory. */
  constructor(library: Library, batch: RecordBatch, columns: readonly ArrowColumn[]) {
    this.#library = library;
    this.rows = batch.numRows;
    const parts = columns.map((column, index) => ({ column, data: batch.data.children[index] as Data }));
    const size = parts.reduce((sum, { column, data }) => sum + sizeOf(column, data), 0);
    this.#start = library.memory.allocate(Math.max(size, 1) + alignment);
    const arena = new Arena(library, Math.ceil(this.#start / alignment) * alignment);
    this.columns = parts.map(({ column, data }) => copyArray(arena, column, data));
  }

  use(): void {
    this.#uses++;
  }

  giveBack(): void {
    if (--this.#uses === 0) this.#library.functions.free(this.#start);
  }
}

/** Memory that is handed out from front to back. */
class Arena {
  readonly #library: Library;
  #next: Pointer;

  constructor(library: Library, start: Pointer) {
    this.#library = library;
    this.#next = start;
  }

  take(size: number, fill: (target: Uint8Array) => void): Pointer {
    const start = this.#next;
    this.#next += padded(size);
    fill(this.#library.memory.bytes.subarray(start, start + size));
    return start;
  }
}

function padded(size: number): number {
  return Math.ceil(size / alignment) * alignment;
}

function sizeOf(column: ArrowColumn, data: Data): number {
  const { layout } = column;
  const bits = padded((data.length + 7) >> 3);
  const children = column.children.reduce((sum, child, index) => sum + sizeOf(child, data.children[index] as Data), 0);
  const validity = data.nullCount > 0 ? bits : 0;
  const offsets = padded(4 * (data.length + 1));
  switch (layout.kind) {
    case 'bits':
      return validity + bits;
    case 'fixed':
      return validity + padded(layout.width * data.length);
    case 'bytes':
      return validity + offsets + padded(textRange(data).length);
    case 'blocks':
      return validity + offsets + padded(layout.width * data.length);
    case 'list':
      return validity + offsets + children;
    case 'array':
    case 'struct':
      return validity + children;
  }
}

function copyArray(arena: Arena, column: ArrowColumn, data: Data): HeldArray {
  const { layout } = column;
  const { length } = data;
  const hasNulls = data.nullCount > 0;
  const bitmapSize = (length + 7) >> 3;
  const { nullBitmap } = data;
  const validity = hasNulls ? arena.take(bitmapSize, (target) => copyBits(nullBitmap, data.offset, length, target)) : 0;
  const array = { column, length, hasNulls, validity, values: 0, bytes: 0, children: [] };
  const copied = (source: Uint8Array): Pointer => arena.take(source.length, (target) => target.set(source));
  switch (layout.kind) {
    case 'bits': {
      const source = bytesOf(data.values);
      return { ...array, values: arena.take(bitmapSize, (target) => copyBits(source, data.offset, length, target)) };
    }
    case 'fixed':
      return { ...array, values: copied(bytesOf(data.values).subarray(0, layout.width * length)) };
    case 'bytes': {
      const { start, length: size } = textRange(data);
      const values = arena.take(4 * (length + 1), (target) => copyOffsets(data, start, target));
      return { ...array, values, bytes: copied(bytesOf(data.values).subarray(start, start + size)) };
    }
    case 'blocks': {
      const values = arena.take(4 * (length + 1), (target) => writeOffsets(layout.width, target));
      return { ...array, values, bytes: copied(bytesOf(data.values).subarray(0, layout.width * length)) };
    }
    case 'list': {
      const values = arena.take(4 * (length + 1), (target) => copyOffsets(data, 0, target));
      return { ...array, values, children: copyChildren(arena, column, data) };
    }
    case 'array':
    case 'struct':
      return { ...array, children: copyChildren(arena, column, data) };
  }
}

function copyChildren(arena: Arena, column: ArrowColumn, data: Data): HeldArray[] {
  return column.children.map((child, index) => copyArray(arena, child, data.children[index] as Data));
}

/** The stretch of bytes that a batch's texts take; it may share its bytes with other batches. */
function textRange(data: Data): { start: number; length: number } {
  const offsets = offsetsOf(data);
  const start = offsets[0] ?? 0;
  return { start, length: (offsets[data.length] ?? start) - start };
}

function copyOffsets(data: Data, start: number, target: Uint8Array): void {
  const offsets = offsetsOf(data);
  const copy = new Int32Array(target.buffer, target.byteOffset, data.length + 1);
  if (start === 0) copy.set(offsets.subarray(0, data.length + 1));
  else for (let index = 0; index <= data.length; index++) copy[index] = (offsets[index] ?? 0) - start;
}

function writeOffsets(width: number, target: Uint8Array): void {
  const offsets = new Int32Array(target.buffer, target.byteOffset, target.length / 4);
  for (let index = 0; index < offsets.length; index++) offsets[index] = index * width;
}

/** A batch without rows may come without offsets. */
function offsetsOf(data: Data): Int32Array {
  const offsets: unknown = data.valueOffsets;
  if (offsets instanceof Int32Array && offsets.length > data.length) return offsets;
  if (data.length === 0) return new Int32Array(1);
  throw failure('internal', 'A batch has no offsets of 32 bits.');
}

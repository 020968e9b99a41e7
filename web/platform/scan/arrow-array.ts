// Slices of held columns as ArrowArray structures (Apache Arrow, "The Arrow C data interface"), for 32-bit pointers:
//   0 length  8 null_count  16 offset  24 n_buffers  32 n_children  40 buffers  44 children  48 dictionary  52 release
//   56 private_data
import type { Library, Pointer } from '../capi/library.ts';
import type { ArrowColumn } from './arrow-type.ts';
import type { HeldArray } from './held-batch.ts';

const arraySize = 64;
const releaseAt = 52;
const privateAt = 56;

/** One structure with room for its buffers and children, written anew for each slice. */
interface Node {
  readonly array: Pointer;
  readonly buffers: Pointer;
  readonly children: readonly Node[];
}

/** Writes slices of a column as arrays of rows with that column alone. */
export class SliceWriter {
  readonly #library: Library;
  readonly #row: Node;
  readonly #release: number;
  readonly #pieces: Pointer[] = [];

  /** `release` is the callback that an array is given back with; it finds the array's number by `numberOf`. */
  constructor(library: Library, column: ArrowColumn, release: number) {
    this.#library = library;
    this.#release = release;
    this.#row = this.#allocate([this.#allocateTree(column)]);
  }

  /** Describes rows `start` to `start + length`; `number` comes back with the release. */
  write(held: HeldArray, start: number, length: number, number: number): Pointer {
    const [column] = this.#row.children;
    if (column) this.#writeNode(column, held, start, length);
    this.#fill(this.#row, { length, hasNulls: false, buffers: [0] });
    this.#library.memory.view.setUint32(this.#row.array + privateAt, number, true);
    return this.#row.array;
  }

  free(): void {
    for (const piece of this.#pieces.splice(0)) this.#library.functions.free(piece);
  }

  #writeNode(node: Node, held: HeldArray, start: number, length: number): void {
    const { layout } = held.column;
    const { hasNulls } = held;
    const validity = hasNulls ? held.validity + (start >> 3) : 0;
    const [child] = held.children;
    const [childNode] = node.children;
    switch (layout.kind) {
      case 'bits':
        return this.#fill(node, { length, hasNulls, buffers: [validity, held.values + (start >> 3)] });
      case 'fixed':
        return this.#fill(node, { length, hasNulls, buffers: [validity, held.values + layout.width * start] });
      case 'bytes':
      case 'blocks':
        return this.#fill(node, { length, hasNulls, buffers: [validity, held.values + 4 * start, held.bytes] });
      case 'list':
        if (child && childNode) this.#writeNode(childNode, child, 0, child.length);
        return this.#fill(node, { length, hasNulls, buffers: [validity, held.values + 4 * start] });
      case 'array':
        if (child && childNode) this.#writeNode(childNode, child, layout.size * start, layout.size * length);
        return this.#fill(node, { length, hasNulls, buffers: [validity] });
      case 'struct':
        node.children.forEach((each, index) => {
          const field = held.children[index];
          if (field) this.#writeNode(each, field, start, length);
        });
        return this.#fill(node, { length, hasNulls, buffers: [validity] });
    }
  }

  /** DuckDB clears `release` when it takes an array over, so it is set every time. */
  #fill(node: Node, slice: { length: number; hasNulls: boolean; buffers: readonly Pointer[] }): void {
    const { view } = this.#library.memory;
    const { array } = node;
    view.setBigInt64(array, BigInt(slice.length), true);
    view.setBigInt64(array + 8, slice.hasNulls ? -1n : 0n, true);
    view.setBigInt64(array + 24, BigInt(slice.buffers.length), true);
    slice.buffers.forEach((buffer, index) => view.setUint32(node.buffers + 4 * index, buffer, true));
    view.setUint32(array + releaseAt, this.#release, true);
    view.setUint32(array + privateAt, 0, true);
  }

  #allocateTree(column: ArrowColumn): Node {
    return this.#allocate(column.children.map((child) => this.#allocateTree(child)));
  }

  #allocate(children: readonly Node[]): Node {
    const { memory } = this.#library;
    const array = memory.allocate(arraySize);
    const buffers = memory.allocate(12);
    const pointers = memory.allocatePointers(children.map((child) => child.array));
    this.#pieces.push(array, buffers, pointers);
    memory.bytes.fill(0, array, array + arraySize);
    memory.view.setBigInt64(array + 32, BigInt(children.length), true);
    memory.view.setUint32(array + 40, buffers, true);
    memory.view.setUint32(array + 44, pointers, true);
    return { array, buffers, children };
  }
}

/** Marks an array as given back; answers the number that it was written with, 0 for a part of another. */
export function releaseArray({ memory: { view } }: Library, array: Pointer): number {
  view.setUint32(array + releaseAt, 0, true);
  return view.getUint32(array + privateAt, true);
}

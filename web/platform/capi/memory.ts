// The memory of a WebAssembly instance: numbers, bytes and C strings. Views of it die whenever the memory grows, which
// any call into DuckDB may cause, so they are never kept but asked for anew.
import { failure } from '../../../shared/errors.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes up to which a text is put together by hand: a TextDecoder costs more than that to call. */
const shortText = 48;

/** Bytes that are kept to hand over texts, one at a time. */
const bufferSize = 64 * 1024;

export interface Allocator {
  malloc(size: number): number;
  free(pointer: number): void;
}

export class Memory {
  readonly #memory: WebAssembly.Memory;
  readonly #allocator: Allocator;
  #bytes: Uint8Array<ArrayBuffer>;
  #buffer = 0;
  #bufferBytes = new Uint8Array(0);
  #view: DataView<ArrayBuffer>;

  constructor(memory: WebAssembly.Memory, allocator: Allocator) {
    this.#memory = memory;
    this.#allocator = allocator;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#view = new DataView(memory.buffer);
  }

  /** All of it. */
  get bytes(): Uint8Array<ArrayBuffer> {
    if (this.#bytes.byteLength === 0) this.#refresh();
    return this.#bytes;
  }

  get view(): DataView<ArrayBuffer> {
    if (this.#bytes.byteLength === 0) this.#refresh();
    return this.#view;
  }

  /** Fails with engine.out_of_memory. */
  allocate(size: number): number {
    const pointer = this.#allocator.malloc(size);
    if (pointer === 0) throw failure('engine.out_of_memory', 'DuckDB has no memory left.');
    return pointer;
  }

  /** Copies a text, with a zero behind it, into memory that the caller frees. */
  allocateText(text: string): number {
    const bytes = encoder.encode(text);
    const pointer = this.allocate(bytes.length + 1);
    this.bytes.set(bytes, pointer);
    this.bytes[pointer + bytes.length] = 0;
    return pointer;
  }

  /** Lends a text to a task. */
  withText<Result>(text: string, task: (pointer: number) => Result): Result {
    const pointer = this.allocateText(text);
    try {
      return task(pointer);
    } finally {
      this.#allocator.free(pointer);
    }
  }

  /** Lends a text as so many bytes of UTF-8; unpaired surrogates become U+FFFD. */
  withBytes(text: string, task: (pointer: number, length: number) => void): void {
    const size = 3 * text.length;
    if (size <= bufferSize) {
      const target = this.#bufferBytes.byteLength === 0 ? this.#refreshBuffer() : this.#bufferBytes;
      task(this.#buffer, encoder.encodeInto(text, target).written);
      return;
    }
    const pointer = this.allocate(size);
    try {
      task(pointer, encoder.encodeInto(text, this.bytes.subarray(pointer, pointer + size)).written);
    } finally {
      this.#allocator.free(pointer);
    }
  }

  /** Copies pointers into an array that the caller frees. */
  allocatePointers(pointers: readonly number[]): number {
    const array = this.allocate(4 * Math.max(pointers.length, 1));
    pointers.forEach((pointer, index) => this.view.setUint32(array + 4 * index, pointer, true));
    return array;
  }

  /** The text that ends with a zero. */
  textAt(pointer: number): string {
    return this.text(pointer, this.bytes.indexOf(0, pointer) - pointer);
  }

  /** The text of so many bytes in UTF-8. */
  text(pointer: number, length: number): string {
    const { bytes } = this;
    if (length > shortText) return decoder.decode(bytes.subarray(pointer, pointer + length));
    let text = '';
    for (let at = pointer; at < pointer + length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte > 127) return decoder.decode(bytes.subarray(pointer, pointer + length));
      text += String.fromCharCode(byte);
    }
    return text;
  }

  #refreshBuffer(): Uint8Array<ArrayBuffer> {
    if (this.#buffer === 0) this.#buffer = this.allocate(bufferSize);
    this.#bufferBytes = this.bytes.subarray(this.#buffer, this.#buffer + bufferSize);
    return this.#bufferBytes;
  }

  #refresh(): void {
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#view = new DataView(this.#memory.buffer);
  }
}

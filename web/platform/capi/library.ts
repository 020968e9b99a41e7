// One instance of DuckDB, seen through its C API: its functions, its memory, and callbacks into JavaScript.
import { failure } from '../../../shared/errors.ts';
import { createCallback, type Callback, type Signature } from './callback.ts';
import { exportedFunction } from './exported.ts';
import { functionsOf, type DuckDBFunctions, type Pointer } from './functions.ts';
import { Memory } from './memory.ts';

export type { Pointer } from './functions.ts';

const encoder = new TextEncoder();
/** Bytes of an error's text at most. */
const messageSize = 4096;

export class Library {
  readonly functions: DuckDBFunctions;
  /** All that the instance exports. */
  readonly exports: WebAssembly.Exports;
  readonly memory: Memory;
  readonly #table: WebAssembly.Table;
  #message: Pointer = 0;

  /** `exports` and `imports` are the instance's. Fails with engine.failed where it is another build than the pinned one. */
  constructor(exports: WebAssembly.Exports, imports: WebAssembly.Imports) {
    const { memory, __indirect_function_table: table } = imports['env'] ?? {};
    if (!(memory instanceof WebAssembly.Memory) || !(table instanceof WebAssembly.Table)) {
      throw failure('engine.failed', 'DuckDB exports no memory or no table of functions.');
    }
    this.exports = exports;
    this.functions = functionsOf(exports);
    this.memory = new Memory(memory, this.functions);
    this.#table = table;
  }

  /** Makes a JavaScript function callable for DuckDB, for as long as the instance lives. It must never throw. */
  callback(signature: Signature, target: (...values: never[]) => unknown): Callback {
    if (this.#message === 0) this.#message = this.memory.allocate(messageSize);
    return createCallback(this.#table, signature, target);
  }

  /** Makes the exported function of this symbol callable for DuckDB through a pointer. Fails with engine.failed. */
  entry(symbol: string): Callback {
    const exported = exportedFunction(this.exports, symbol);
    const index = this.#table.grow(1);
    this.#table.set(index, exported);
    return index;
  }

  /** Lends a text, cut off if need be, without allocating: for errors, one of which is that there is no memory. */
  tell(text: string, task: (text: Pointer) => void): void {
    if (this.#message === 0) return;
    const target = this.memory.bytes.subarray(this.#message, this.#message + messageSize);
    const { written } = encoder.encodeInto(text, target.subarray(0, messageSize - 1));
    target[written] = 0;
    task(this.#message);
  }

  /** Calls one of DuckDB's `destroy` functions, which take the place of a pointer and not the pointer. */
  destroy(destroy: (holder: Pointer) => void, pointer: Pointer): void {
    if (pointer === 0) return;
    const holder = this.memory.allocate(4);
    this.memory.view.setUint32(holder, pointer, true);
    destroy(holder);
    this.functions.free(holder);
  }
}

/** What an instance has once, for as long as it lives, made when it is first asked for: callbacks cannot be taken back. */
export function oncePerLibrary<Made extends object>(make: (library: Library) => Made): (library: Library) => Made {
  const made = new WeakMap<Library, Made>();
  return (library) => {
    const present = made.get(library);
    if (present) return present;
    const fresh = make(library);
    made.set(library, fresh);
    return fresh;
  };
}

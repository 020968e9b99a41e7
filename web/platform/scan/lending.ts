// What all scans of a database share: a connection that converts for them, and the batches that DuckDB still looks at.
import type { Callback } from '../capi/callback.ts';
import { oncePerLibrary, type Library, type Pointer } from '../capi/library.ts';
import { releaseArray } from './arrow-array.ts';
import { releaseSchema } from './arrow-schema.ts';
import type { HeldBatch } from './held-batch.ts';

export class Lending {
  readonly library: Library;
  /** A connection as the C API knows it, for as long as the database is open. */
  readonly connection: Pointer;
  /** The callbacks by which DuckDB gives arrays and schemas back. */
  readonly releaseArray: Callback;
  readonly releaseSchema: Callback;
  /** A place for one pointer. */
  readonly out: Pointer;
  readonly #lent: Map<number, HeldBatch>;

  constructor(library: Library, connection: Pointer) {
    const shared = sharedOf(library);
    this.library = library;
    this.connection = connection;
    this.releaseArray = shared.releaseArray;
    this.releaseSchema = shared.releaseSchema;
    this.out = shared.out;
    this.#lent = shared.lent;
  }

  /** Keeps a batch until the array of this number is given back. */
  lend(batch: HeldBatch): number {
    batch.use();
    this.#lent.set(++lastNumber, batch);
    return lastNumber;
  }

  /** Takes back what DuckDB has not taken over. */
  takeBack(number: number): void {
    const batch = this.#lent.get(number);
    this.#lent.delete(number);
    batch?.giveBack();
  }

  /** How many arrays DuckDB has not given back. */
  get lent(): number {
    return this.#lent.size;
  }
}

interface Shared {
  readonly releaseArray: Callback;
  readonly releaseSchema: Callback;
  readonly out: Pointer;
  readonly lent: Map<number, HeldBatch>;
}

let lastNumber = 0;
/** One set of callbacks serves an instance for its life, since tables of functions only grow. */
const sharedOf = oncePerLibrary((library): Shared => {
  const lent = new Map<number, HeldBatch>();
  return {
    releaseArray: library.callback('i', (array = 0) => {
      const number = releaseArray(library, array);
      const batch = lent.get(number);
      lent.delete(number);
      batch?.giveBack();
    }),
    releaseSchema: library.callback('i', (schema = 0) => releaseSchema(library, schema)),
    out: library.memory.allocate(4),
    lent,
  };
});

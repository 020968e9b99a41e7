// One scan that DuckDB runs: batches of our code, handed over as vectors of at most 2,048 rows. Each column goes through
// the Arrow C Data Interface by itself, because DuckDB ties the life of a whole array to its first column.
import type { RecordBatch } from 'apache-arrow';
import { failure } from '../../../shared/errors.ts';
import type { Column } from '../../../shared/platform.ts';
import { parseType, printType } from '../../../shared/sql/types.ts';
import type { Library, Pointer } from '../capi/library.ts';
import type { OpenScan } from '../capi/table-function.ts';
import { SliceWriter } from './arrow-array.ts';
import { convertedSchema, throwError } from './arrow-schema.ts';
import { arrowColumn, type ArrowColumn } from './arrow-type.ts';
import { HeldBatch } from './held-batch.ts';
import type { Lending } from './lending.ts';

/** Rows of a vector at most: DuckDB's STANDARD_VECTOR_SIZE. */
const vectorSize = 2048;

/** What turns the batches' columns into vectors. */
interface Converter {
  readonly column: ArrowColumn;
  readonly schema: Pointer;
  readonly slices: SliceWriter;
  /** Whether DuckDB has been seen to make the promised type of it. */
  isProven: boolean;
}

export class BatchScan implements OpenScan {
  readonly #lending: Lending;
  readonly #library: Library;
  readonly #columns: readonly (Column | undefined)[];
  readonly #batches: Iterator<RecordBatch>;
  #converters: Converter[] | undefined;
  #held: HeldBatch | undefined;
  #row = 0;
  #closed = false;

  /** `columns` are the wanted ones, in DuckDB's order; undefined stands for rows' numbers, which nobody reads. */
  constructor(lending: Lending, columns: readonly (Column | undefined)[], batches: Iterable<RecordBatch>) {
    this.#lending = lending;
    this.#library = lending.library;
    this.#columns = columns;
    this.#batches = batches[Symbol.iterator]();
  }

  fill(chunk: Pointer): number {
    const held = this.#current();
    if (!held) return 0;
    const length = Math.min(vectorSize, held.rows - this.#row);
    let next = 0;
    for (const [index, column] of this.#columns.entries()) {
      const vector = this.#library.functions.duckdb_data_chunk_get_vector(chunk, BigInt(index));
      if (column) this.#lend(held, next++, length, vector);
      else this.#setNull(vector, length);
    }
    this.#row += length;
    return length;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#batches.return?.();
    this.#held?.giveBack();
    this.#freeConverters();
  }

  /** The batch that has rows left; the one before is given back first. */
  #current(): HeldBatch | undefined {
    while (!this.#held || this.#row >= this.#held.rows) {
      this.#held?.giveBack();
      this.#held = undefined;
      const step = this.#batches.next();
      if (step.done) return undefined;
      const columns = this.#columnsOf(step.value);
      if (step.value.numRows === 0) continue;
      this.#held = new HeldBatch(this.#library, step.value, columns);
      this.#row = 0;
    }
    return this.#held;
  }

  /** Checks what the batch holds against what was promised: DuckDB takes the values as they lie. */
  #columnsOf(batch: RecordBatch): ArrowColumn[] {
    const found = batch.schema.fields.map(arrowColumn);
    const wanted = this.#columns.filter((column) => column !== undefined);
    const fits =
      found.length === wanted.length &&
      wanted.every(({ name, type }, index) => {
        const column = found[index];
        return column?.name === name && printType(column.type) === printType(parseType(type));
      });
    if (!fits) {
      const list = found.map(({ name, type }) => `${name} ${printType(type)}`).join(', ');
      const promised = wanted.map(({ name, type }) => `${name} ${type}`).join(', ');
      throw failure('internal', `A scan of (${promised}) gave a batch of (${list}).`);
    }
    this.#makeConverters(found);
    return found;
  }

  #makeConverters(columns: readonly ArrowColumn[]): void {
    const present = this.#converters;
    if (present && columns.every((column, index) => sameFormat(column, present[index]?.column))) return;
    this.#freeConverters();
    const { connection, releaseArray, releaseSchema } = this.#lending;
    this.#converters = [];
    for (const column of columns) {
      const schema = convertedSchema(this.#library, connection, releaseSchema, column);
      this.#converters.push({
        column,
        schema,
        slices: new SliceWriter(this.#library, column, releaseArray),
        isProven: false,
      });
    }
  }

  #freeConverters(): void {
    for (const { schema, slices } of this.#converters ?? []) {
      slices.free();
      this.#library.destroy(this.#library.functions.duckdb_destroy_arrow_converted_schema, schema);
    }
    this.#converters = undefined;
  }

  #lend(held: HeldBatch, index: number, length: number, vector: Pointer): void {
    const { functions: c, memory } = this.#library;
    const [converter, array] = [this.#converters?.[index], held.columns[index]];
    if (!converter || !array) throw failure('internal', 'A scan has fewer columns than it promised.');
    const number = this.#lending.lend(held);
    const slice = converter.slices.write(array, this.#row, length, number);
    const { out } = this.#lending;
    memory.view.setUint32(out, 0, true);
    const error = c.duckdb_data_chunk_from_arrow(this.#lending.connection, slice, converter.schema, out);
    if (error !== 0) this.#lending.takeBack(number);
    throwError(this.#library, error, `Column ${array.column.name} cannot be read`);
    const made = c.duckdb_data_chunk_get_vector(memory.view.getUint32(out, true), 0n);
    const fits = converter.isProven || this.#typeOf(made) === this.#typeOf(vector);
    if (fits) c.duckdb_vector_reference_vector(vector, made);
    c.duckdb_destroy_data_chunk(out);
    if (!fits) throw failure('internal', `Column ${array.column.name} became another type than it was promised as.`);
    converter.isProven = true;
  }

  #typeOf(vector: Pointer): number {
    const { functions: c } = this.#library;
    const type = c.duckdb_vector_get_column_type(vector);
    const id = c.duckdb_get_type_id(type);
    this.#library.destroy(c.duckdb_destroy_logical_type, type);
    return id;
  }

  #setNull(vector: Pointer, length: number): void {
    const { functions: c, memory } = this.#library;
    c.duckdb_vector_ensure_validity_writable(vector);
    const validity = c.duckdb_vector_get_validity(vector);
    memory.bytes.fill(0, validity, validity + ((length + 7) >> 3));
  }
}

function sameFormat(left: ArrowColumn, right: ArrowColumn | undefined): boolean {
  return (
    right !== undefined &&
    left.format === right.format &&
    left.children.length === right.children.length &&
    left.children.every((child, index) => sameFormat(child, right.children[index]))
  );
}

// Columns of a batch by name. `RecordBatch.select` of apache-arrow 21 leaves the columns' data where it was, so that a
// batch with fewer or other columns before it comes out with the wrong ones.
import { makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import { failure } from '../errors.ts';

/** The batch with these columns, in this order. Fails with internal where it lacks one. */
export function selectColumns(batch: RecordBatch, names: readonly string[]): RecordBatch {
  const positions = names.map((name) => {
    const position = batch.schema.fields.findIndex((field) => field.name === name);
    if (position < 0) throw failure('internal', `A batch has no column ${name}.`);
    return position;
  });
  const fields = positions.flatMap((position) => batch.schema.fields[position] ?? []);
  const children = positions.flatMap((position) => batch.data.children[position] ?? []);
  const type = new Struct(fields);
  return new RecordBatch(new Schema(fields), makeData({ type, length: batch.numRows, children }));
}

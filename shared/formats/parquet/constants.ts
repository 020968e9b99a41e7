// Columns that have one value for a whole file, which its path says: made for each batch, and never read.
import { Field, makeData, RecordBatch, Schema, Struct, Utf8, type Data } from 'apache-arrow';
import { engineKey } from '../../locations/partitions.ts';
import type { Condition, PulledScan, Pruning } from '../../platform.ts';

/** The scan with the constants beside its own columns. A file is left out where a constant is not what is asked for. */
export function withConstants(scan: PulledScan, values: readonly (string | null)[]): PulledScan {
  const keys = values.map((_, index) => engineKey(index));
  const indexOf = (name: string): number | undefined => {
    const index = keys.indexOf(name);
    return index < 0 ? undefined : index;
  };
  return function* constants(names, pruning) {
    const rest = remaining(pruning, (name) => {
      const index = indexOf(name);
      return index === undefined ? undefined : (values[index] ?? null);
    });
    if (rest.length === 0) return;
    const own = names.filter((name) => indexOf(name) === undefined);
    for (const batch of scan(own, rest)) {
      let next = 0;
      const columns = names.map((name) => {
        const index = indexOf(name);
        if (index !== undefined)
          return { field: new Field(name, new Utf8(), true), data: repeat(values[index] ?? null, batch.numRows) };
        const position = next++;
        return { field: batch.schema.fields[position] as Field, data: batch.data.children[position] as Data };
      });
      const schema = new Schema(columns.map(({ field }) => field));
      const children = columns.map(({ data }) => data);
      yield new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: batch.numRows, children }));
    }
  };
}

/** What is still to be asked once the constants are known. No list is left where none can be met. */
function remaining(pruning: Pruning, valueOf: (name: string) => string | null | undefined): Pruning {
  const judge = ({ column, type, operator, value }: Condition): boolean | undefined => {
    const constant = valueOf(column);
    if (constant === undefined) return undefined;
    if (operator === 'is null') return constant === null;
    if (constant === null) return false;
    if (operator === 'is not null') return true;
    // Equal texts are equal values, and unequal ones are different as texts; of other types nothing is said.
    if (operator === '=' && type === 'VARCHAR') return constant === value;
    if (operator === '=' && /^(TINY|SMALL|BIG)?INT(EGER)?$/.test(type) && /^-?\d+$/.test(constant)) {
      return BigInt(constant) === BigInt(value);
    }
    return true;
  };
  return pruning.flatMap((list) => {
    const judged = list.map((condition) => ({ condition, verdict: judge(condition) }));
    if (judged.some(({ verdict }) => verdict === false)) return [];
    return [judged.filter(({ verdict }) => verdict === undefined).map(({ condition }) => condition)];
  });
}

function repeat(value: string | null, rows: number): Data<Utf8> {
  const type = new Utf8();
  const valueOffsets = new Int32Array(rows + 1);
  if (value === null) {
    const nullBitmap = new Uint8Array((rows + 7) >> 3);
    return makeData({ type, length: rows, nullCount: rows, nullBitmap, valueOffsets, data: new Uint8Array(0) });
  }
  const bytes = new TextEncoder().encode(value);
  const data = new Uint8Array(bytes.length * rows);
  for (let row = 0; row < rows; row++) {
    data.set(bytes, row * bytes.length);
    valueOffsets[row + 1] = (row + 1) * bytes.length;
  }
  return makeData({ type, length: rows, nullCount: 0, valueOffsets, data });
}

// Decodes JSON lines into Arrow batches for an engine that cannot read JSON itself.
import { Field, makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import { cancelled } from '../../errors.ts';
import type { Column, OpenFile, Scan } from '../../platform.ts';
import { parseType } from '../../sql/types.ts';
import { builderFor, fieldOf } from './builders.ts';
import { corrupt, linesOf, recordOf } from './lines.ts';

/** Records a batch holds at most. */
const batchSize = 8192;

/** A scan over the records of a file; columns are those of builders.ts. Fails with file.corrupt, naming the line. */
export function scanJson(
  file: OpenFile,
  columns: readonly Column[],
  onRead: (bytes: number, rows: number) => void,
): Scan {
  const types = new Map(columns.map((column) => [column.name, column.type]));
  return async function* scan(wanted, signal) {
    const builders = wanted.map((name) => ({ name, builder: builderFor(parseType(types.get(name) ?? 'VARCHAR')) }));
    let [length, rows, bytes] = [0, 0, 0];
    const take = (): RecordBatch => {
      const children = builders.map(({ name, builder }) => ({ name, data: builder.take() }));
      const fields = children.map(({ name, data }) => new Field(name, data.type, true));
      const type = new Struct(fields);
      const data = makeData({ type, length, nullCount: 0, children: children.map((child) => child.data) });
      length = 0;
      return new RecordBatch(new Schema(fields), data);
    };
    async function* counted() {
      for await (const piece of file.stream(signal)) {
        bytes += piece.length;
        yield piece;
      }
    }
    for await (const lines of linesOf(counted(), file.location)) {
      if (signal?.aborted) throw cancelled();
      for (const line of lines) {
        const record = recordOf(line, file.location);
        for (const { name, builder } of builders) {
          try {
            builder.add(record === null ? null : fieldOf(record, name));
          } catch (thrown) {
            if (!(thrown instanceof RangeError)) throw thrown;
            throw corrupt(file.location, line.number, `has a key ${name} that ${thrown.message}`, thrown);
          }
        }
        if (++length === batchSize) yield take();
      }
      rows += lines.length;
      onRead(bytes, rows);
    }
    if (length > 0) yield take();
  };
}

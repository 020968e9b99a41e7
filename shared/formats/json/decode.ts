// Decodes JSON into Arrow batches for an engine that cannot read JSON itself.
import { Field, makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import { cancelled } from '../../errors.ts';
import { engineKey } from '../../locations/partitions.ts';
import type { Column, Scan } from '../../platform.ts';
import { parseType } from '../../sql/types.ts';
import { contentOf } from '../content.ts';
import type { FileInput } from '../format.ts';
import type { JsonReadOptions } from '../json.schema.ts';
import { builderFor } from './builders.ts';
import { corrupt, recordOf } from './record.ts';
import { otherKey } from './value.ts';
import { textsOf } from './texts.ts';

const misfitHint =
  'Mend the value, declare the column with another type in `schema`, or allow the change with `lossy: true`.';

const otherHint = 'Declare the keys that are to be read in `schema`.';

/** Records a batch holds at most. */
const batchSize = 8192;

/**
 * A scan over the records of files; columns are those of builders.ts, and VARCHAR for what their paths say (`engineKey`).
 * `closed`: whether records may have no other keys. Fails with file.corrupt, naming file and line.
 */
export function scanJson(
  { files, partitions }: Pick<FileInput, 'files' | 'partitions'>,
  { layout, compression }: Pick<JsonReadOptions, 'layout' | 'compression'>,
  { columns, closed }: { readonly columns: readonly Column[]; readonly closed: boolean },
  onRead: (bytes: number, rows: number) => void,
): Scan {
  const types = new Map(columns.map((column) => [column.name, column.type]));
  const keys = partitions.map((_, index) => engineKey(index));
  return async function* scan(wanted, signal) {
    const builders = wanted.map((name) => ({
      name,
      builder: builderFor(parseType(types.get(name) ?? 'VARCHAR'), closed),
      partition: keys.indexOf(name),
    }));
    let [length, rows, bytes] = [0, 0, 0];
    const take = (): RecordBatch => {
      const children = builders.map(({ name, builder }) => ({ name, data: builder.take() }));
      const fields = children.map(({ name, data }) => new Field(name, data.type, true));
      const type = new Struct(fields);
      const data = makeData({ type, length, nullCount: 0, children: children.map((child) => child.data) });
      length = 0;
      return new RecordBatch(new Schema(fields), data);
    };
    const count = (more: number): void => {
      bytes += more;
    };
    for (const file of files) {
      const { location, partitionValues = [] } = file;
      for await (const texts of textsOf(contentOf(file, compression, signal, count), location, layout)) {
        if (signal?.aborted) throw cancelled();
        for (const text of texts) {
          const record = recordOf(text, location);
          const other = closed ? otherKey(record, types) : undefined;
          if (other !== undefined) {
            throw corrupt(
              location,
              text.line,
              `has the key ${JSON.stringify(other)}, which no record before it has`,
              undefined,
              otherHint,
            );
          }
          for (const { name, builder, partition } of builders) {
            try {
              if (partition >= 0) builder.add(partitionValues[partition] ?? null);
              else builder.add(record?.get(name) ?? null);
            } catch (thrown) {
              if (!(thrown instanceof RangeError)) throw thrown;
              throw corrupt(location, text.line, `has a key ${name} that ${thrown.message}`, thrown, misfitHint);
            }
          }
          if (++length === batchSize) yield take();
        }
        rows += texts.length;
        onRead(bytes, rows);
      }
    }
    if (length > 0) yield take();
  };
}

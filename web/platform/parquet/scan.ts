// The rows of a Parquet file while DuckDB waits: one row group at a time, only the wanted columns, and only the row
// groups that can hold wanted rows.
import type { RecordBatch } from 'apache-arrow';
import type { RowGroup } from 'hyparquet';
import { failure, messageOf, SluiceError } from '../../../shared/errors.ts';
import { unreadableParquet } from '../../../shared/formats/parquet/damage.ts';
import type { OpenFile, PulledScan } from '../../../shared/platform.ts';
import type { ByteSource } from '../byte-source.ts';
import { adaptBatch, emptyColumns } from './adapt.ts';
import { decode, type Stretch } from './decoder.ts';
import { corrupt, type Footer, type ParquetColumn } from './footer.ts';
import { miniFile } from './mini.ts';
import { isSelective, mayHold } from './prune.ts';
import { readStatistics, type FileStatistics } from './statistics.ts';

/** Bytes that a decoded stretch of rows takes at most, more or less; and rows. */
const stretchBytes = 32 * 1024 * 1024;
const stretchRows = 256 * 1024;

export type ParquetSource = OpenFile & ByteSource;

/** `onRead` is told of every row group that is done, read or left out: its bytes in the file and its rows. */
export function scanParquet(
  file: ParquetSource,
  footer: Footer,
  onRead: (bytes: number, rows: number) => void = () => undefined,
): PulledScan {
  let statistics: FileStatistics | undefined;
  const readOnce = (): FileStatistics => {
    const leaves = footer.metadata.schema.filter((element) => element.type !== undefined);
    statistics ??= readStatistics(file, leaves);
    return statistics;
  };
  return function* scan(names, pruning) {
    const columns = names.map((name) => columnOf(file, footer, name));
    const known = isSelective(pruning) ? readOnce() : [];
    for (const [index, group] of footer.metadata.row_groups.entries()) {
      const found = known[index];
      if (!found || mayHold(pruning, group, found, footer.columns)) yield* scanGroup(file, footer, group, columns);
      onRead(bytesOf(group), Number(group.num_rows));
    }
  };
}

/** Bytes that a row group takes in its file. */
export function bytesOf({ columns }: RowGroup): number {
  return columns.reduce((sum, { meta_data: meta }) => sum + Number(meta?.total_compressed_size ?? 0), 0);
}

function* scanGroup(
  file: ParquetSource,
  footer: Footer,
  group: RowGroup,
  columns: readonly ParquetColumn[],
): Generator<RecordBatch, void, void> {
  const expected = Number(group.num_rows);
  if (columns.length === 0) yield emptyColumns(expected);
  if (columns.length === 0 || expected === 0) return;
  let rows = 0;
  try {
    const mini = miniFile(file, footer.metadata, group, columns);
    for (const stretch of stretchesOf(group, columns)) {
      for (const batch of decode(mini, stretch)) {
        rows += batch.numRows;
        yield adaptBatch(batch, columns, file.location);
      }
    }
  } catch (thrown) {
    throw explain(file, thrown);
  }
  if (rows !== expected) {
    throw corrupt(file, `its footer counts ${expected} rows in a row group, but ${rows} were found.`);
  }
}

/** Large row groups are decoded in several goes, so that they are never in memory as a whole. */
function stretchesOf(group: RowGroup, columns: readonly ParquetColumn[]): Stretch[] {
  const rows = Number(group.num_rows);
  const bytes = columns
    .flatMap(({ firstLeaf, leaves }) => group.columns.slice(firstLeaf, firstLeaf + leaves))
    .reduce((sum, { meta_data: meta }) => sum + Number(meta?.total_uncompressed_size ?? 0), 0);
  const parts = Math.max(Math.ceil(bytes / stretchBytes), Math.ceil(rows / stretchRows), 1);
  const limit = Math.max(Math.ceil(rows / parts / 2048) * 2048, 2048);
  return Array.from({ length: Math.ceil(rows / limit) }, (_, index) => ({ offset: index * limit, limit }));
}

function columnOf(file: OpenFile, { columns }: Footer, name: string): ParquetColumn {
  const column = columns.find((candidate) => candidate.name === name);
  if (!column) throw failure('internal', `${file.location} has no column ${name}.`);
  return column;
}

function explain(file: OpenFile, thrown: unknown): SluiceError {
  if (thrown instanceof SluiceError) return thrown;
  const told = messageOf(thrown);
  if (!/not (yet )?(implemented|supported)|unsupported|Disabled feature/i.test(told)) {
    return corrupt(file, 'its data is damaged.', thrown);
  }
  return unreadableParquet(file.location, 'is encoded in a way', thrown);
}

// Parquet by the platform's codec: rows that DuckDB pulls while the stages run, or that are fed to a table before.
// Files whose columns are stored alike make one scan; a relation is all its scans, one after the other.
import type { RecordBatch } from 'apache-arrow';
import { cancelled } from '../../errors.ts';
import type { Column, ParquetCodec, ParquetFile, PulledScan, Scan } from '../../platform.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { decodeBatches, encodeBatch } from '../../values/ipc.ts';
import { note, type FileInput, type ReadContext } from '../format.ts';
import { partitionColumns, partitionItems } from '../partitions.ts';
import type { WantedColumn } from '../view.ts';
import type { OpenedFiles } from './read.ts';
import { withConstants } from './constants.ts';
import { tellCoarser } from './coarser.ts';
import { alike, boundedEverywhere, unionPart, type FileColumns } from './union.ts';

interface Part extends FileColumns {
  readonly parquet: ParquetFile;
  readonly names: readonly string[];
  /** The partition columns' values. */
  readonly values: readonly (string | null)[];
}

export async function openDecoded(input: FileInput, codec: ParquetCodec, context: ReadContext): Promise<OpenedFiles> {
  const opened: Part[] = [];
  const known = new Map<string, readonly Column[]>();
  for (const file of input.files) {
    if (context.work.signal?.aborted) throw cancelled();
    const parquet = await codec.open(file, context.work);
    const { stored, names, bounded } = parquet;
    // Files of the same columns share one list of them, so that what is true of one is looked up once.
    const signature = JSON.stringify([parquet.columns, parquet.coarser]);
    const columns = known.get(signature) ?? parquet.columns;
    if (columns === parquet.columns) {
      for (const { column, what } of parquet.coarser) tellCoarser(column, what, file.location, context);
    }
    known.set(signature, columns);
    const values = file.partitionValues ?? [];
    opened.push({ parquet, location: file.location, columns, stored, bounded, names, values });
  }
  const bounded = boundedEverywhere(opened);
  const parts = opened.map((part) => ({ ...part, bounded }));
  return {
    files: parts,
    relate: (name, wanted, now) => relate(name, input, parts, wanted, now),
    placeOf: () => Promise.resolve(parts.length === 1 ? parts[0]?.location : undefined),
  };
}

async function relate(
  name: string,
  input: FileInput,
  parts: readonly Part[],
  wanted: readonly WantedColumn[],
  context: ReadContext,
): Promise<{ rows?: number }> {
  const { engine } = context.platform;
  const size = input.files.reduce((sum, file) => sum + file.size, 0);
  const selects: string[] = [];
  let fed: number | undefined;
  for (const group of alike(parts)) {
    const part = group[0] as Part;
    const scan = concatenated(group, progressOf(context, size));
    const source = await placed(
      `${name} (as stored ${selects.length + 1})`,
      [...part.stored, ...partitionColumns(input)],
      scan,
      group,
      context,
    );
    if (source.rows !== undefined) fed = (fed ?? 0) + source.rows;
    selects.push(unionPart(name, wanted, part, source.expression, partitionItems(input)));
  }
  const statement = `CREATE VIEW ${quoteIdentifier(name)} AS ${selects.join(' UNION ALL ')}`;
  await engine.execute(statement, { signal: context.work.signal });
  return fed === undefined ? {} : { rows: fed };
}

/** A FROM item over a scan: pulled while statements run where the engine can, else read now. */
async function placed(
  name: string,
  columns: readonly Column[],
  scan: PulledScan,
  group: readonly Part[],
  { platform: { engine }, work, notify, keep }: ReadContext,
): Promise<{ expression: string; rows?: number }> {
  const rows = group.reduce((sum, { parquet }) => sum + parquet.rows, 0);
  if (!engine.pull) {
    const why =
      'Parquet is read whole before the stages run: this browser’s DuckDB could not be made to read it lazily.';
    notify(note('format.staged', 'info', why));
    return { expression: quoteIdentifier(name), rows: await engine.feed(name, columns, staged(scan), work) };
  }
  const pulled = await engine.pull(columns, scan, { rows });
  keep(() => {
    pulled.close();
    return Promise.resolve();
  });
  return { expression: pulled.expression };
}

/** The files' rows one after the other, with what their paths say. */
function concatenated(group: readonly Part[], onStart: () => (bytes: number, rows: number) => void): PulledScan {
  return function* scan(names, pruning) {
    const onRead = onStart();
    for (const { parquet, values } of group) {
      yield* withConstants(parquet.scan(onRead), values)(names, pruning);
    }
  };
}

/** Tells how far the scan has come that has come farthest: a relation may be read more than once. */
function progressOf({ onRead }: ReadContext, size: number): () => (bytes: number, rows: number) => void {
  let farthest = 0;
  return () => {
    let [bytes, rows] = [0, 0];
    return (moreBytes, moreRows) => {
      bytes += moreBytes;
      rows += moreRows;
      if (rows <= farthest) return;
      farthest = rows;
      onRead(Math.min(bytes, size), rows);
    };
  };
}

/** The same rows for a table, all of them. */
function staged(scan: PulledScan): Scan {
  return async function* rows(columns, signal): AsyncGenerator<RecordBatch> {
    for (const batch of scan(columns, [[]])) {
      if (signal?.aborted) throw cancelled();
      // A copy: what the codec lends is only good until something else is decoded, which may be before this is taken.
      yield* decodeBatches(encodeBatch(batch));
      await Promise.resolve();
    }
  };
}

// What a footer says of the dates and times in its file: whether all of them are within DuckDB's range, and whether they
// have more digits than DuckDB's types.
import type { SchemaElement } from 'hyparquet';
import { coarser } from '../../../shared/formats/parquet/coarser.ts';
import type { Footer, ParquetColumn } from './footer.ts';

/** Milliseconds since 1970 between which every time is within the range of TIMESTAMP_NS too. */
const nanosecondRange = [Date.UTC(1677, 8, 22), Date.UTC(2262, 3, 11)] as const;

/** The columns without dates and times, and those whose statistics tell that all of these are within range. */
export function boundedColumns({ columns, metadata }: Footer): ReadonlySet<string> {
  const bounded = columns.filter((column) => {
    if (!/\b(DATE|TIME)/.test(column.type)) return true;
    if (column.leaves !== 1 || !/^(DATE|TIMESTAMP)/.test(column.type)) return false;
    return metadata.row_groups.every((group) => {
      const meta = group.columns[column.firstLeaf]?.meta_data;
      const found = meta?.statistics;
      if (!meta || !found) return group.num_rows === 0n;
      if (found.null_count === meta.num_values) return true;
      return [found.min_value ?? found.min, found.max_value ?? found.max].every((value) => isWithin(value, column));
    });
  });
  return new Set(bounded.map(({ name }) => name));
}

/** Beyond the range of JavaScript's dates, which is smaller than DuckDB's, a date has no number. */
function isWithin(value: unknown, { type }: ParquetColumn): boolean {
  if (!(value instanceof Date)) return false;
  const time = value.getTime();
  if (type !== 'TIMESTAMP_NS') return Number.isFinite(time);
  return time > nanosecondRange[0] && time < nanosecondRange[1];
}

export function coarserColumns({ columns }: Footer): readonly { readonly column: string; readonly what: string }[] {
  return columns.flatMap(({ source, elements }) => {
    const what = elements.map(coarserElement).find((found) => found !== undefined);
    return what === undefined ? [] : [{ column: source, what }];
  });
}

function coarserElement({ type, logical_type: logical }: SchemaElement): string | undefined {
  if (type === 'INT96') return coarser.int96;
  if (logical?.type === 'TIMESTAMP' && logical.isAdjustedToUTC && logical.unit === 'NANOS') return coarser.instant;
  return logical?.type === 'TIME' && logical.isAdjustedToUTC && logical.unit === 'NANOS' ? coarser.time : undefined;
}

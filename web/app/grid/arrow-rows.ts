// Rows of Arrow batches that are already here. Values are decoded when they are drawn, not before.
import type { RecordBatch } from 'apache-arrow';
import type { Column } from '../../../shared/platform.ts';
import { parseType } from '../../../shared/sql/types.ts';
import { decoderFor } from '../../../shared/values/codec.ts';
import { decodeBatches } from '../../../shared/values/ipc.ts';
import { displayText } from '../../../shared/values/text.ts';
import type { Cell, RowSource } from './row-source.ts';

type ReadRow = (row: number) => readonly Cell[];

interface Piece {
  /** Position of the piece's first row. */
  readonly start: number;
  readonly end: number;
  readonly read: ReadRow;
}

/** A row source over Arrow IPC streams whose batches have the given columns, in the same order. */
export function arrowRows(columns: readonly Column[], streams: readonly Uint8Array[]): RowSource {
  const pieces: Piece[] = [];
  let rowCount = 0;
  for (const batch of streams.flatMap(decodeBatches)) {
    if (batch.numRows === 0) continue;
    pieces.push({ start: rowCount, end: rowCount + batch.numRows, read: reader(columns, batch) });
    rowCount += batch.numRows;
  }
  return {
    columns,
    rowCount,
    row(index) {
      const piece = find(pieces, index);
      if (!piece) throw new RangeError(`There is no row ${index} among ${rowCount}.`);
      return piece.read(index - piece.start);
    },
  };
}

function reader(columns: readonly Column[], batch: RecordBatch): ReadRow {
  const cells = columns.map((column, at) => {
    const vector = batch.getChildAt(at);
    if (!vector) throw new RangeError(`A batch has fewer than ${columns.length} columns.`);
    const type = parseType(column.type);
    const decode = decoderFor(type, vector);
    return (row: number): Cell => {
      const value = decode(row);
      return value === null ? { text: '', isNull: true } : { text: displayText(value, type), isNull: false };
    };
  });
  return (row) => cells.map((cell) => cell(row));
}

/** The piece that holds a row, by halving: pieces are in order and touch. */
function find(pieces: readonly Piece[], index: number): Piece | undefined {
  let [low, high] = [0, pieces.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const piece = pieces[middle];
    if (!piece) return undefined;
    if (index < piece.start) high = middle - 1;
    else if (index >= piece.end) low = middle + 1;
    else return piece;
  }
  return undefined;
}

// Rows of Arrow batches that are already here. Values are decoded when they are drawn, not before.
import type { RecordBatch } from 'apache-arrow';
import type { Column } from '../../../shared/platform.ts';
import { parseType, type DuckDBType } from '../../../shared/sql/types.ts';
import { decoderFor, type Decoder, type Value } from '../../../shared/values/codec.ts';
import { decodeBatches } from '../../../shared/values/ipc.ts';
import { displayText } from '../../../shared/values/text.ts';
import type { RowSource } from './row-source.ts';

interface Piece {
  /** Position of the piece's first row. */
  readonly start: number;
  readonly end: number;
  readonly decoder: (column: number) => Decoder;
}

/** A row source over Arrow IPC streams whose batches have the given columns, in the same order. */
export function arrowRows(columns: readonly Column[], streams: readonly Uint8Array[]): RowSource {
  const types = columns.map(({ type }) => parseType(type));
  const pieces: Piece[] = [];
  let rowCount = 0;
  for (const batch of streams.flatMap(decodeBatches)) {
    if (batch.numRows === 0) continue;
    pieces.push({ start: rowCount, end: rowCount + batch.numRows, decoder: decodersOf(types, batch) });
    rowCount += batch.numRows;
  }
  const value = (row: number, column: number): Value => {
    const piece = find(pieces, row);
    if (!piece) throw new RangeError(`There is no row ${row} among ${rowCount}.`);
    return piece.decoder(column)(row - piece.start);
  };
  return {
    columns,
    rowCount,
    value,
    cell(row, column) {
      const read = value(row, column);
      const type = types[column];
      return read === null || !type ? { text: '', isNull: true } : { text: displayText(read, type), isNull: false };
    },
    async *read(first, end) {
      for (let row = first; row < end; row++) yield await Promise.resolve((column: number) => value(row, column));
    },
  };
}

/** A batch may have many columns, few of them in view: a decoder is made when its column is first drawn. */
function decodersOf(types: readonly DuckDBType[], batch: RecordBatch): (column: number) => Decoder {
  const made: Decoder[] = [];
  return (column) => {
    const known = made[column];
    if (known) return known;
    const [vector, type] = [batch.getChildAt(column), types[column]];
    if (!vector || !type) throw new RangeError(`A batch has no column ${column} among ${types.length}.`);
    return (made[column] = decoderFor(type, vector));
  };
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

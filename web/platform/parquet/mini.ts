// A Parquet file made for one row group and the wanted columns: their bytes as they stand in the real file, and a footer
// that knows nothing else (Parquet format 2.11, "File format"). The decoder reads whole files only, and is told plainer
// types than the file's where it would follow those to wrong or lossy values.
import type { ColumnChunk, FileMetaData, RowGroup, SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import type { ByteSource } from '../byte-source.ts';
import type { ParquetColumn } from './footer.ts';

/** Bytes between two wanted stretches that are rather read than left out. */
const gapSize = 64 * 1024;

const magic = new TextEncoder().encode('PAR1');

interface Piece {
  readonly chunk: ColumnChunk;
  readonly start: number;
  readonly end: number;
}

/** Reads the wanted columns of a row group. `columns` are not empty, and their order is the new file's. */
export function miniFile(
  source: ByteSource,
  metadata: FileMetaData,
  group: RowGroup,
  columns: readonly ParquetColumn[],
): Uint8Array {
  const missing = missingBytes(metadata.created_by);
  const pieces = columns.flatMap(({ firstLeaf, leaves }) =>
    group.columns.slice(firstLeaf, firstLeaf + leaves).map((chunk) => {
      const { start, end } = rangeOf(chunk);
      return { chunk, start, end: Math.min(end + missing, source.size) };
    }),
  );
  const size = pieces.reduce((sum, { start, end }) => sum + end - start, magic.length);
  const moved: ColumnChunk[] = [];
  let at = magic.length;
  for (const { chunk, start, end } of pieces) {
    moved.push(moveChunk(chunk, at - start, BigInt(end - start)));
    at += end - start;
  }
  const footer = writeFooter(metadata, group, columns, moved);
  const file = new Uint8Array(size + footer.byteLength + magic.length);
  file.set(magic);
  readPieces(source, pieces, file.subarray(magic.length, size));
  file.set(footer, size);
  file.set(magic, size + footer.byteLength);
  return file;
}

/** Writers before parquet-mr 1.2.9 left a dictionary's header out of the sizes of columns (PARQUET-816). */
function missingBytes(writer = ''): number {
  if (!writer.startsWith('parquet-mr')) return 0;
  const [major, minor, patch] = (/version (\d+)\.(\d+)\.(\d+)/.exec(writer) ?? []).slice(1).map(Number);
  const isFixed = major !== undefined && major * 1e6 + (minor ?? 0) * 1e3 + (patch ?? 0) >= 1_002_009;
  return isFixed ? 0 : 100;
}

/** Where a column's pages are: the dictionary's, if it has one, come first. */
export function rangeOf({ meta_data: meta }: ColumnChunk): { start: number; end: number } {
  const dictionary = Number(meta?.dictionary_page_offset ?? 0);
  const data = Number(meta?.data_page_offset ?? 0);
  const start = dictionary > 0 && dictionary < data ? dictionary : data;
  return { start, end: start + Number(meta?.total_compressed_size ?? 0) };
}

/** Fills `target` with the pieces one after the other; those that lie together in the file are read together. */
function readPieces(source: ByteSource, pieces: readonly Piece[], target: Uint8Array): void {
  let at = 0;
  const places = pieces.map(({ start, end }) => {
    const place = { start, end, at };
    at += end - start;
    return place;
  });
  places.sort((left, right) => left.start - right.start);
  while (places.length > 0) {
    const together = [places.shift() as (typeof places)[number]];
    let end = together[0]?.end ?? 0;
    for (let next = places[0]; next && next.start - end <= gapSize; next = places[0]) {
      together.push(next);
      places.shift();
      end = Math.max(end, next.end);
    }
    const start = together[0]?.start ?? 0;
    const bytes = source.readSync(start, end);
    for (const piece of together) target.set(bytes.subarray(piece.start - start, piece.end - start), piece.at);
  }
}

function moveChunk({ meta_data: meta }: ColumnChunk, by: number, size: bigint): ColumnChunk {
  if (!meta) return { file_offset: 0n };
  const { codec, num_values, path_in_schema, total_uncompressed_size } = meta;
  const dictionary = meta.dictionary_page_offset ?? 0n;
  return {
    file_offset: 0n,
    meta_data: {
      ...{ codec, num_values, path_in_schema, total_uncompressed_size },
      total_compressed_size: size,
      encodings: ['PLAIN', 'RLE'], // the pages say which they are in; some files list none here
      type: meta.type === 'INT96' ? 'FIXED_LEN_BYTE_ARRAY' : meta.type,
      data_page_offset: meta.data_page_offset + BigInt(by),
      ...(dictionary > 0n ? { dictionary_page_offset: dictionary + BigInt(by) } : {}),
    },
  };
}

function writeFooter(
  metadata: FileMetaData,
  group: RowGroup,
  columns: readonly ParquetColumn[],
  chunks: ColumnChunk[],
): Uint8Array {
  const root = { ...plainGroup(metadata.schema[0]), num_children: columns.length };
  const writer = new ByteWriter();
  writeMetadata(writer, {
    version: metadata.version,
    schema: [root, ...columns.flatMap(({ elements }) => elements.map(plainElement))],
    num_rows: group.num_rows,
    row_groups: [{ columns: chunks, total_byte_size: group.total_byte_size, num_rows: group.num_rows }],
    metadata_length: 0,
  });
  return new Uint8Array(writer.getBuffer());
}

function plainGroup(root: SchemaElement | undefined): SchemaElement {
  return { name: root?.name ?? 'schema' };
}

/** Twelve bytes instead of INT96, an interval or what has no meaning to the decoder; UTF-8 wherever DuckDB has text. */
export function plainElement(element: SchemaElement): SchemaElement {
  const { logical_type: logical, converted_type: converted, ...rest } = element;
  if (element.type === undefined) return element;
  if (element.type === 'INT96') return { ...rest, type: 'FIXED_LEN_BYTE_ARRAY', type_length: 12 };
  if (logical?.type === 'INTEGER') {
    // A whole number of 8 bits in the footer, which the footer's writer would write as one of 32.
    const sized = `${logical.isSigned ? '' : 'U'}INT_${logical.bitWidth}` as NonNullable<
      SchemaElement['converted_type']
    >;
    return { ...rest, converted_type: sized };
  }
  switch (logical?.type) {
    case 'DATE':
    case 'DECIMAL':
    case 'TIME':
    case 'TIMESTAMP':
      return element;
    case 'STRING':
    case 'ENUM':
    case 'JSON':
      return { ...rest, converted_type: 'UTF8' };
    case undefined:
      break;
    default:
      return rest;
  }
  switch (converted) {
    case 'ENUM':
    case 'JSON':
      return { ...rest, converted_type: 'UTF8' };
    case 'BSON':
    case 'INTERVAL':
      return rest;
    default:
      return element;
  }
}

// What a Parquet file says about itself, in its footer (Parquet format 2.11, "File format").
import { parquetMetadataAsync, parquetSchema, type FileMetaData, type SchemaElement, type SchemaTree } from 'hyparquet';
import { SluiceError } from '../../../shared/errors.ts';
import { damagedParquet, unreadableParquet } from '../../../shared/formats/parquet/damage.ts';
import type { Column, OpenFile } from '../../../shared/platform.ts';
import { distinctNames } from '../../../shared/sql/names.ts';
import { printType, type DuckDBType } from '../../../shared/sql/types.ts';
import { rangeOf } from './mini.ts';
import { columnType, storedType, unsupported } from './types.ts';

export interface ParquetColumn extends Column {
  /** The column's name in the file; `name` may differ, because DuckDB's names know no upper and lower case. */
  readonly source: string;
  readonly duckdbType: DuckDBType;
  /** The type that is scanned; see types.ts. */
  readonly stored: DuckDBType;
  /** The schema's elements, the column's own first. */
  readonly elements: readonly SchemaElement[];
  /** Which of a row group's columns are this one's: leaves of its tree. */
  readonly firstLeaf: number;
  readonly leaves: number;
}

export interface Footer {
  readonly columns: readonly ParquetColumn[];
  readonly rows: number;
  readonly metadata: FileMetaData;
}

/** Reads the footer: file.corrupt, type.unsupported. */
export async function readFooter(file: OpenFile): Promise<Footer> {
  await requireMagic(file);
  const metadata = await parse(file);
  const rows = Number(metadata.num_rows);
  if (metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0) !== rows) {
    throw corrupt(file, `its footer counts ${rows} rows, but its row groups hold another number.`);
  }
  const columns = columnsOf(metadata);
  requireChunks(file, metadata, columns);
  return { columns, rows, metadata };
}

export function corrupt({ location }: OpenFile, why: string, cause?: unknown): SluiceError {
  return damagedParquet(location, why, cause);
}

/** `PAR1` stands at both ends; the four bytes before the last are the footer's length. */
async function requireMagic(file: OpenFile): Promise<void> {
  if (file.size < 12) throw corrupt(file, `it has ${file.size} bytes.`);
  const [head, tail] = await Promise.all([file.read(0, 4), file.read(file.size - 8, file.size)]);
  const [first, last] = [text(head), text(tail.subarray(4))];
  if (last === 'PARE') {
    throw refused(file, 'is encrypted');
  }
  if (first !== 'PAR1') throw corrupt(file, 'it does not begin as one.');
  if (last !== 'PAR1') throw corrupt(file, 'its end is missing.');
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
  if (length + 12 > file.size) throw corrupt(file, 'its footer is longer than the file.');
}

async function parse(file: OpenFile): Promise<FileMetaData> {
  const slice = async (start: number, end = file.size): Promise<ArrayBuffer> => {
    const bytes = await file.read(start, end);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  };
  try {
    return await parquetMetadataAsync({ byteLength: file.size, slice }, { geoparquet: false });
  } catch (thrown) {
    if (thrown instanceof SluiceError) throw thrown;
    throw corrupt(file, 'its footer is damaged.', thrown);
  }
}

function columnsOf(metadata: FileMetaData): ParquetColumn[] {
  const sources = new Set<string>();
  let [element, leaf] = [1, 0];
  const { children } = parquetSchema(metadata);
  // As DuckDB's reader names them.
  const names = distinctNames(children.map((child) => child.element.name));
  return children.map((child, index) => {
    const source = child.element.name;
    if (sources.has(source)) throw unsupported(source, 'the name of another column too');
    sources.add(source);
    const duckdbType = columnType(child);
    const [firstLeaf, leaves] = [leaf, leavesOf(child)];
    const elements = metadata.schema.slice(element, element + child.count);
    leaf += leaves;
    element += child.count;
    const types = { duckdbType, type: printType(duckdbType), stored: storedType(child) };
    return { name: names[index] ?? source, source, ...types, elements, firstLeaf, leaves };
  });
}

function leavesOf({ element, children }: SchemaTree): number {
  return element.type === undefined ? children.reduce((sum, child) => sum + leavesOf(child), 0) : 1;
}

/** Every row group has every column, within the file and in it. */
function requireChunks(file: OpenFile, { row_groups: groups }: FileMetaData, columns: readonly ParquetColumn[]): void {
  const leaves = columns.reduce((sum, column) => sum + column.leaves, 0);
  for (const { columns: chunks, num_rows: rows } of groups) {
    if (rows === 0n) continue;
    if (chunks.length !== leaves) throw corrupt(file, 'a row group has fewer or more columns than its schema.');
    for (const chunk of chunks) {
      if (chunk.file_path) throw refused(file, 'keeps data in other files');
      if (chunk.crypto_metadata !== undefined || !chunk.meta_data) throw refused(file, 'has encrypted columns');
      const { start, end } = rangeOf(chunk);
      if (!(start >= 4 && end >= start && end <= file.size)) {
        throw corrupt(file, 'its footer names data that lies outside of it.');
      }
    }
  }
}

function refused({ location }: OpenFile, what: string): SluiceError {
  return unreadableParquet(location, what);
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

// What a Parquet file says about itself, in its footer (Parquet format 2.11, "File format").
import { parquetMetadataAsync, parquetSchema, type FileMetaData } from 'hyparquet';
import { failure, SluiceError } from '../../../shared/errors.ts';
import type { Column, OpenFile } from '../../../shared/platform.ts';
import { printType, type DuckDBType } from '../../../shared/sql/types.ts';
import { columnType, unsupported } from './types.ts';

export interface ParquetColumn extends Column {
  /** The column's name in the file; `name` may differ, because DuckDB's names know no upper and lower case. */
  readonly source: string;
  readonly duckdbType: DuckDBType;
}

export interface Footer {
  readonly columns: readonly ParquetColumn[];
  readonly rows: number;
  /** Rows of each row group. */
  readonly rowGroups: readonly number[];
}

/** Reads the footer: file.corrupt, type.unsupported. */
export async function readFooter(file: OpenFile): Promise<Footer> {
  await requireMagic(file);
  const metadata = await parse(file);
  const rowGroups = metadata.row_groups.map((group) => Number(group.num_rows));
  const rows = Number(metadata.num_rows);
  if (rowGroups.reduce((sum, count) => sum + count, 0) !== rows) {
    throw corrupt(file, `its footer counts ${rows} rows, but its row groups hold another number.`);
  }
  return { columns: columnsOf(metadata), rows, rowGroups };
}

export function corrupt(file: OpenFile, why: string, cause?: unknown): SluiceError {
  return failure('file.corrupt', `${file.location} is not a whole Parquet file: ${why}`, {
    hint: 'It may have been cut off while it was copied; get it again from where it came from.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** `PAR1` stands at both ends; the four bytes before the last are the footer's length. */
async function requireMagic(file: OpenFile): Promise<void> {
  if (file.size < 12) throw corrupt(file, `it has ${file.size} bytes.`);
  const [head, tail] = await Promise.all([file.read(0, 4), file.read(file.size - 8, file.size)]);
  const [first, last] = [text(head), text(tail.subarray(4))];
  if (last === 'PARE') {
    throw failure('document.unsupported', `${file.location} is encrypted, which Sluice cannot read.`);
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
  const taken = new Set<string>();
  const sources = new Set<string>();
  return parquetSchema(metadata).children.map((child) => {
    const source = child.element.name;
    if (sources.has(source)) throw unsupported(source, 'the name of another column too');
    sources.add(source);
    const duckdbType = columnType(child);
    return { name: freeName(source, taken), source, duckdbType, type: printType(duckdbType) };
  });
}

/** DuckDB's reader tells names apart that differ only in case by a number: `a`, `A_1`. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 1; taken.has(free.toLowerCase()); count++) free = `${name}_${count}`;
  taken.add(free.toLowerCase());
  return free;
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

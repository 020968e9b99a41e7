// Columns as ArrowSchema structures in DuckDB's memory (Apache Arrow, "The Arrow C data interface"), for 32-bit pointers:
//   0 format  4 name  8 metadata  16 flags  24 n_children  32 children  36 dictionary  40 release  44 private_data
import { failure } from '../../../shared/errors.ts';
import type { Library, Pointer } from '../capi/library.ts';
import type { ArrowColumn } from './arrow-type.ts';

const schemaSize = 48;
const releaseAt = 40;
const nullable = 2n; // ARROW_FLAG_NULLABLE
const uuidMark = [
  ['ARROW:extension:name', 'arrow.uuid'],
  ['ARROW:extension:metadata', ''],
] as const;

/** Makes DuckDB's converter for rows of one column, to be freed with `duckdb_destroy_arrow_converted_schema`. */
export function convertedSchema(library: Library, connection: Pointer, release: number, column: ArrowColumn): Pointer {
  const { functions: c, memory } = library;
  const pieces: Pointer[] = [];
  const row = { ...column, format: '+s', name: '', isUuid: false, children: [column] };
  const schema = writeSchema(library, row, release, pieces);
  const out = memory.allocate(4);
  memory.view.setUint32(out, 0, true);
  try {
    const error = c.duckdb_schema_from_arrow(connection, schema, out);
    throwError(library, error, `Column ${column.name} cannot be scanned`);
    return memory.view.getUint32(out, true);
  } finally {
    for (const piece of [...pieces, out]) c.free(piece);
  }
}

/** Marks a schema as given back. It is freed where it was made. */
export function releaseSchema({ memory }: Library, schema: Pointer): void {
  memory.view.setUint32(schema + releaseAt, 0, true);
}

/** Throws the error that a function of the C API answered, if it did. */
export function throwError(library: Library, error: Pointer, what: string): void {
  if (error === 0) return;
  const { functions: c, memory } = library;
  const told =
    c.duckdb_error_data_has_error(error) === 0 ? undefined : memory.textAt(c.duckdb_error_data_message(error));
  library.destroy(c.duckdb_destroy_error_data, error);
  if (told !== undefined) throw failure('sql.failed', `${what}: ${told}`);
}

function writeSchema(library: Library, column: ArrowColumn, release: number, pieces: Pointer[]): Pointer {
  const { memory } = library;
  const children = column.children.map((child) => writeSchema(library, child, release, pieces));
  const schema = keep(memory.allocate(schemaSize));
  const format = keep(memory.allocateText(column.format));
  const name = keep(memory.allocateText(column.name));
  const metadata = column.isUuid ? keep(writeMetadata(library)) : 0;
  const array = keep(memory.allocatePointers(children));
  const { view } = memory;
  memory.bytes.fill(0, schema, schema + schemaSize);
  view.setUint32(schema, format, true);
  view.setUint32(schema + 4, name, true);
  view.setUint32(schema + 8, metadata, true);
  view.setBigInt64(schema + 16, nullable, true);
  view.setBigInt64(schema + 24, BigInt(children.length), true);
  view.setUint32(schema + 32, array, true);
  view.setUint32(schema + releaseAt, release, true);
  return schema;

  function keep(piece: Pointer): Pointer {
    pieces.push(piece);
    return piece;
  }
}

/** Pairs of texts: how many, then each with its length before it. */
function writeMetadata({ memory }: Library): Pointer {
  const texts = uuidMark.flat().map((text) => new TextEncoder().encode(text));
  const start = memory.allocate(texts.reduce((size, text) => size + 4 + text.length, 4));
  memory.view.setInt32(start, uuidMark.length, true);
  let at = start + 4;
  for (const text of texts) {
    memory.view.setInt32(at, text.length, true);
    memory.bytes.set(text, at + 4);
    at += 4 + text.length;
  }
  return start;
}

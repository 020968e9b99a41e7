// Parquet files of one column whose values are given as the bytes that stand in the file: for values that no writer at
// hand would write (Parquet format 2.11, "File format", "Data pages" and the PLAIN encoding).
import type { FileMetaData, ParquetType, SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import { serializeTCompactProtocol } from 'hyparquet-writer/src/thrift.js';

const magic = new TextEncoder().encode('PAR1');

/** What a column is in the schema; its values are all there unless `parts` around it say otherwise. */
export interface LeafElement extends Omit<SchemaElement, 'name' | 'repetition_type'> {
  readonly type: ParquetType;
}

/** A file with one column, of these values in the PLAIN encoding; in a struct with one field `part` where asked for. */
export function parquetOf(
  column: string,
  leaf: LeafElement,
  values: readonly Uint8Array[],
  { inStruct = false } = {},
): Uint8Array {
  const writer = new ByteWriter();
  writer.appendBytes(magic);
  const size = values.reduce((sum, { length }) => sum + length, 0);
  serializeTCompactProtocol(writer, {
    field_1: 0, // a data page
    field_2: size,
    field_3: size,
    field_5: { field_1: values.length, field_2: 0, field_3: 3, field_4: 3 },
  });
  for (const value of values) writer.appendBytes(value);
  const length = BigInt(writer.offset - magic.length);
  const required = { repetition_type: 'REQUIRED' } as const;
  const element = { ...leaf, name: inStruct ? 'part' : column, ...required };
  const elements = inStruct ? [{ name: column, num_children: 1, ...required }, element] : [element];
  const count = BigInt(values.length);
  const metadata: FileMetaData = {
    version: 2,
    schema: [{ name: 'schema', num_children: 1 }, ...elements],
    num_rows: count,
    row_groups: [
      {
        columns: [
          {
            file_offset: 4n,
            meta_data: {
              type: leaf.type,
              encodings: ['PLAIN'],
              path_in_schema: inStruct ? [column, 'part'] : [column],
              codec: 'UNCOMPRESSED',
              num_values: count,
              total_uncompressed_size: length,
              total_compressed_size: length,
              data_page_offset: 4n,
            },
          },
        ],
        total_byte_size: length,
        num_rows: count,
      },
    ],
    metadata_length: 0,
  };
  writeMetadata(writer, metadata);
  writer.appendBytes(magic);
  return new Uint8Array(writer.getBuffer());
}

/** A whole number of this many bytes, the lowest first. */
export function littleEndian(value: bigint | number, bytes: number): Uint8Array {
  let rest = BigInt.asUintN(8 * bytes, BigInt(value));
  return Uint8Array.from({ length: bytes }, () => {
    const byte = Number(rest & 255n);
    rest >>= 8n;
    return byte;
  });
}

/** A whole number of this many bytes, the highest first. */
export function bigEndian(value: bigint | number, bytes: number): Uint8Array {
  return littleEndian(value, bytes).reverse();
}

/** A BYTE_ARRAY. */
export function byteArray(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from([...littleEndian(bytes.length, 4), ...bytes]);
}

// Which Arrow type carries a DuckDB type, and how its values lie in a DuckDB vector (little endian; DuckDB's C API,
// "Vectors"). Only types that values/transport.ts lets through are known here.
import {
  DuckDBArrayType,
  DuckDBDecimalType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  DuckDBTypeId,
  type DuckDBType,
} from '@duckdb/node-api';
import {
  Binary,
  Bool,
  DateDay,
  Decimal,
  Field,
  FixedSizeList,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  List,
  Map_,
  Null,
  Schema,
  Struct,
  TimeMicrosecond,
  Timestamp,
  TimeUnit,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
  type DataType,
} from 'apache-arrow';
import { failure, type SluiceError } from '../../../shared/errors.ts';

/** The arrays that hold fixed-width values, in a DuckDB vector as in an Arrow buffer. */
export type FixedArray =
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

export interface FixedLayout {
  readonly arrow: DataType;
  readonly array: {
    readonly BYTES_PER_ELEMENT: number;
    new (buffer: ArrayBuffer, byteOffset: number, length: number): FixedArray;
    new (length: number): FixedArray;
  };
}

const fixed = new Map<DuckDBTypeId, FixedLayout>([
  [DuckDBTypeId.TINYINT, { arrow: new Int8(), array: Int8Array }],
  [DuckDBTypeId.SMALLINT, { arrow: new Int16(), array: Int16Array }],
  [DuckDBTypeId.INTEGER, { arrow: new Int32(), array: Int32Array }],
  [DuckDBTypeId.BIGINT, { arrow: new Int64(), array: BigInt64Array }],
  [DuckDBTypeId.UTINYINT, { arrow: new Uint8(), array: Uint8Array }],
  [DuckDBTypeId.USMALLINT, { arrow: new Uint16(), array: Uint16Array }],
  [DuckDBTypeId.UINTEGER, { arrow: new Uint32(), array: Uint32Array }],
  [DuckDBTypeId.UBIGINT, { arrow: new Uint64(), array: BigUint64Array }],
  [DuckDBTypeId.FLOAT, { arrow: new Float32(), array: Float32Array }],
  [DuckDBTypeId.DOUBLE, { arrow: new Float64(), array: Float64Array }],
  [DuckDBTypeId.DATE, { arrow: new DateDay(), array: Int32Array }],
  [DuckDBTypeId.TIME, { arrow: new TimeMicrosecond(), array: BigInt64Array }],
  [DuckDBTypeId.TIMESTAMP_S, { arrow: new Timestamp(TimeUnit.SECOND), array: BigInt64Array }],
  [DuckDBTypeId.TIMESTAMP_MS, { arrow: new Timestamp(TimeUnit.MILLISECOND), array: BigInt64Array }],
  [DuckDBTypeId.TIMESTAMP, { arrow: new Timestamp(TimeUnit.MICROSECOND), array: BigInt64Array }],
  [DuckDBTypeId.TIMESTAMP_NS, { arrow: new Timestamp(TimeUnit.NANOSECOND), array: BigInt64Array }],
  [DuckDBTypeId.TIMESTAMP_TZ, { arrow: new Timestamp(TimeUnit.MICROSECOND, 'UTC'), array: BigInt64Array }],
]);

/** The layout of a type whose values are equal bytes in DuckDB and in Arrow. */
export function fixedLayout(type: DuckDBType): FixedLayout | undefined {
  return fixed.get(type.typeId);
}

/** The bytes that DuckDB spends on a decimal of this width; Arrow always spends 16. */
export function decimalBytes({ width }: DuckDBDecimalType): 2 | 4 | 8 | 16 {
  return width <= 4 ? 2 : width <= 9 ? 4 : width <= 18 ? 8 : 16;
}

/** DuckDB keeps a map as a list of these. */
export function entryType(type: DuckDBMapType): DuckDBStructType {
  return new DuckDBStructType(['key', 'value'], [type.keyType, type.valueType]);
}

/** The Arrow type of a DuckDB type; throws `type.unsupported` for one that cannot be carried exactly. */
export function arrowType(type: DuckDBType): DataType {
  const layout = fixedLayout(type);
  if (layout) return layout.arrow;
  if (type instanceof DuckDBDecimalType) return new Decimal(type.scale, type.width, 128);
  if (type instanceof DuckDBListType) return new List(new Field('item', arrowType(type.valueType), true));
  if (type instanceof DuckDBArrayType) {
    return new FixedSizeList(type.length, new Field('item', arrowType(type.valueType), true));
  }
  if (type instanceof DuckDBStructType) return new Struct(fields(type.entryNames, type.entryTypes));
  if (type instanceof DuckDBMapType) {
    const entries = new Struct<{ key: DataType; value: DataType }>([
      new Field('key', arrowType(type.keyType), false),
      new Field('value', arrowType(type.valueType), true),
    ]);
    return new Map_(new Field('entries', entries, false));
  }
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return new Bool();
    case DuckDBTypeId.VARCHAR:
      return new Utf8();
    case DuckDBTypeId.BLOB:
      return new Binary();
    case DuckDBTypeId.SQLNULL:
      return new Null();
    default:
      throw unsupported(type);
  }
}

/** The Arrow schema of columns; every column may hold NULL. */
export function arrowSchema(names: readonly string[], types: readonly DuckDBType[]): Schema {
  return new Schema(fields(names, types));
}

export function unsupported(type: DuckDBType): SluiceError {
  return failure('type.unsupported', `Values of type ${type.toString()} cannot be carried without changing them.`, {
    hint: `Cast them, for example to VARCHAR.`,
  });
}

function fields(names: readonly string[], types: readonly DuckDBType[]): Field[] {
  return types.map((type, index) => new Field(names[index] ?? '', arrowType(type), true));
}

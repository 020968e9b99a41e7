// Values without parts: Arrow's type for what parquet-wasm decoded → the one that DuckDB takes for the stored type. Most
// only need another name; INT96, intervals and half floats, which come as plain bytes (see mini.ts), are computed here
// as DuckDB's own reader does (v1.5.6, ImpalaTimestampToTimestamp, IntervalValueConversion, Float16).
import {
  type Data,
  DataType,
  Field,
  Float32,
  Int32,
  IntervalMonthDayNano,
  makeData,
  Precision,
  Timestamp,
  TimeMicrosecond,
  TimestampMicrosecond,
  TimeUnit,
} from 'apache-arrow';
import type { DuckDBType } from '../../../shared/sql/types.ts';
import { BeyondRange } from './beyond.ts';

export interface Adapted {
  readonly field: Field<DataType>;
  readonly data: Data;
}

/** Undefined where the values are not of the type. */
export function convertLeaf(field: Field<DataType>, data: Data, type: DuckDBType): Adapted | undefined {
  const { type: arrow } = field;
  if (type.kind === 'decimal') {
    const fits = DataType.isDecimal(arrow) && arrow.bitWidth === 128 && arrow.scale === type.scale;
    if (!fits || arrow.precision !== type.precision) return undefined;
    requireDigits(data, type.precision);
    return { field, data };
  }
  if (type.kind !== 'scalar') return undefined;
  if (DataType.isFixedSizeBinary(arrow)) return fromBytes(field, data, type.name, arrow.byteWidth);
  if (DataType.isTimestamp(arrow)) return asTimestamp(field, data, type.name, arrow.unit);
  if (DataType.isTime(arrow) && arrow.unit === TimeUnit.NANOSECOND && type.name === 'TIME') {
    return computed(field, data, new TimeMicrosecond(), microseconds(data));
  }
  if (DataType.isNull(arrow)) return allNull(field, data, type.name);
  return fits(arrow, type.name) ? { field, data } : undefined;
}

function fits(arrow: DataType, name: string): boolean {
  if (DataType.isInt(arrow)) return integers[name] === (arrow.isSigned ? arrow.bitWidth : -arrow.bitWidth);
  if (DataType.isTime(arrow)) return name === (arrow.unit === TimeUnit.NANOSECOND ? 'TIME_NS' : 'TIME');
  switch (name) {
    case 'BOOLEAN':
      return DataType.isBool(arrow);
    case 'FLOAT':
      return DataType.isFloat(arrow) && arrow.precision === Precision.SINGLE;
    case 'DOUBLE':
      return DataType.isFloat(arrow) && arrow.precision === Precision.DOUBLE;
    case 'VARCHAR':
      return DataType.isUtf8(arrow);
    case 'BLOB':
      return DataType.isBinary(arrow);
    case 'DATE':
      return DataType.isDate(arrow);
    default:
      return false;
  }
}

/** Bits; below zero without a sign. */
const integers: Readonly<Record<string, number>> = {
  ...{ TINYINT: 8, SMALLINT: 16, INTEGER: 32, BIGINT: 64 },
  ...{ UTINYINT: -8, USMALLINT: -16, UINTEGER: -32, UBIGINT: -64 },
};

/** By TimeUnit. */
const timestamps = ['TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP', 'TIMESTAMP_NS'];

/** The decoder may or may not name a zone; the values are the same. */
function asTimestamp(field: Field<DataType>, data: Data, name: string, unit: TimeUnit): Adapted | undefined {
  if (name === 'TIMESTAMP WITH TIME ZONE' && unit === TimeUnit.MILLISECOND) requireMicroseconds(data);
  if (name === 'TIMESTAMP WITH TIME ZONE') return renamed(field, data, new Timestamp(unit, 'UTC'));
  return timestamps[unit] === name ? renamed(field, data, new Timestamp(unit, null)) : undefined;
}

/** A column that a file declares to hold nothing. DuckDB calls it INTEGER. */
function allNull({ name: column }: Field<DataType>, { length }: Data, name: string): Adapted | undefined {
  if (name !== 'INTEGER') return undefined;
  const nullBitmap = new Uint8Array((length + 7) >> 3);
  const values = makeData({ type: new Int32(), length, nullCount: length, nullBitmap, data: new Int32Array(length) });
  return renamed(new Field(column, values.type, true), values, values.type);
}

function fromBytes(field: Field<DataType>, data: Data, name: string, width: number): Adapted | undefined {
  switch (name) {
    case 'BLOB':
      return { field, data };
    case 'UUID': {
      const mark = new Map([
        ['ARROW:extension:name', 'arrow.uuid'],
        ['ARROW:extension:metadata', ''],
      ]);
      return width === 16 ? { field: new Field(field.name, field.type, true, mark), data } : undefined;
    }
    case 'TIMESTAMP':
      return width === 12 ? computed(field, data, new TimestampMicrosecond(), impalaTimes(data)) : undefined;
    case 'INTERVAL':
      return width === 12 ? computed(field, data, new IntervalMonthDayNano(), intervals(data)) : undefined;
    case 'FLOAT':
      return width === 2 ? computed(field, data, new Float32(), halfFloats(data)) : undefined;
    default:
      return undefined;
  }
}

function renamed(field: Field<DataType>, data: Data, type: DataType): Adapted {
  return { field: new Field(field.name, type, field.nullable), data: data.clone(type) };
}

function computed(field: Field<DataType>, data: Data, type: DataType, values: unknown): Adapted {
  const { length, offset, nullCount, nullBitmap } = data;
  const made = makeData({ type, length, offset, nullCount, nullBitmap, data: values } as Parameters<
    typeof makeData
  >[0]);
  return { field: new Field(field.name, type, field.nullable), data: made };
}

/** Julian day number of 1970-01-01, and microseconds of a day. */
const epochDay = 2_440_588n;
const dayLength = 86_400_000_000n;

/** Nanoseconds of a day in eight bytes, then a Julian day number in four. */
function impalaTimes(data: Data): BigInt64Array {
  const view = viewOf(data);
  const times = new BigInt64Array(data.length);
  for (let row = 0; row < times.length; row++) {
    const days = BigInt(view.getUint32(12 * row + 8, true)) - epochDay;
    const time = days * dayLength + view.getBigInt64(12 * row, true) / 1000n;
    if (BigInt.asIntN(64, time) !== time && data.getValid(row)) throw new BeyondRange();
    times[row] = time;
  }
  return times;
}

/** Times of a day in nanoseconds; what is below zero stays so. */
function microseconds(data: Data): BigInt64Array {
  return (data.values as BigInt64Array).map((time) => (time < 0n ? -1n : time / 1000n));
}

/** DuckDB takes the milliseconds for microseconds, and fails without a word about the column. */
function requireMicroseconds(data: Data): void {
  const most = 2n ** 63n / 1000n;
  (data.values as BigInt64Array).forEach((time, row) => {
    if ((time > most || time < -most) && data.getValid(row)) throw new BeyondRange();
  });
}

/** DuckDB holds decimals in as few bits as their digits need, and makes others of what does not go in. */
function requireDigits(data: Data, precision: number): void {
  if (precision > 18) return;
  const { buffer, byteOffset } = data.values as Uint32Array<ArrayBuffer>;
  const words = new Int32Array(buffer, byteOffset, 4 * data.length);
  const shift = precision > 9 ? 0 : precision > 4 ? 32 : 16;
  for (let row = 0; row < data.length; row++) {
    const [lowest = 0, low = 0, high = 0, highest = 0] = words.subarray(4 * row, 4 * row + 4);
    const kept = shift === 0 ? low : shift === 32 ? lowest : (lowest << 16) >> 16;
    const sign = kept >> 31;
    const fits = high === sign && highest === sign && (shift === 0 || (low === sign && kept === lowest));
    if (!fits && data.getValid(row)) throw new BeyondRange();
  }
}

/** Months, days and milliseconds in four bytes each → months, days and nanoseconds in four, four and eight. */
function intervals(data: Data): Int32Array {
  const view = viewOf(data);
  const made = new ArrayBuffer(16 * data.length);
  const target = new DataView(made);
  for (let row = 0; row < data.length; row++) {
    target.setInt32(16 * row, view.getInt32(12 * row, true), true);
    target.setInt32(16 * row + 4, view.getInt32(12 * row + 4, true), true);
    target.setBigInt64(16 * row + 8, BigInt(view.getUint32(12 * row + 8, true)) * 1_000_000n, true);
  }
  return new Int32Array(made);
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function halfFloats(data: Data): Float32Array {
  const view = viewOf(data);
  return Float32Array.from({ length: data.length }, (_, row) => {
    const bits = view.getUint16(2 * row, true);
    const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
    const size = exponent === 31 ? (fraction === 0 ? Infinity : NaN) : scaled(exponent, fraction);
    return bits >> 15 === 1 ? -size : size;
  });
}

function scaled(exponent: number, fraction: number): number {
  return exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
}

function viewOf(data: Data): DataView {
  const bytes = data.values as Uint8Array;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

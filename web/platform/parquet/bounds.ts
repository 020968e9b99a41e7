// Bounds from statistics and values from conditions, brought onto one scale on which they can be compared. Whatever has
// no exact or safely widened place there has none, and nothing is left out because of it.
import type { SchemaElement } from 'hyparquet';
import type { Statistics } from './statistics.ts';

/** A point on the scale of a type: numbers of either kind, or bytes, which compare as DuckDB compares text. */
export type Point = number | bigint | Uint8Array;

export interface Bounds {
  readonly min?: Point;
  readonly max?: Point;
  /** NaN may stand beside the values between the bounds, and is greater than all of them. */
  readonly hidesNaN: boolean;
}

/** The least and greatest value of a column, cast to the type that a condition compares in. */
export function boundsOf(statistics: Statistics, element: SchemaElement, type: string): Bounds | undefined {
  const place = scaleOf(element, type);
  if (!place) return undefined;
  const point = (bytes: Uint8Array | undefined, side: -1 | 1): Point | undefined => {
    const value = bytes && place(bytes, side);
    return typeof value === 'number' && Number.isNaN(value) ? undefined : value;
  };
  const [min, max] = [point(statistics.min, -1), point(statistics.max, 1)];
  // Bounds the wrong way round are no bounds.
  if (min !== undefined && max !== undefined && compare(min, max) > 0) return undefined;
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    hidesNaN: element.type === 'FLOAT' || element.type === 'DOUBLE',
  };
}

/** A condition's value on the same scale. */
export function pointOf(value: string, type: string): Point | undefined {
  const decimal = decimalScale(type);
  if (decimal !== undefined) return scaledInteger(value, decimal);
  if (integerTypes.has(type)) return /^-?\d+$/.test(value) ? BigInt(value) : undefined;
  if (type in unitsOf) return timePoint(value);
  switch (type) {
    case 'DOUBLE':
      return finite(Number(value));
    case 'FLOAT':
      return finite(Math.fround(Number(value)));
    case 'VARCHAR':
      return new TextEncoder().encode(value);
    case 'BOOLEAN':
      return value === 'true' ? 1n : value === 'false' ? 0n : undefined;
    default:
      return undefined;
  }
}

/** Below zero, zero or above as usual. Both are of one scale. */
export function compare(left: Point, right: Point): number {
  if (!(left instanceof Uint8Array) || !(right instanceof Uint8Array)) return left < right ? -1 : left > right ? 1 : 0;
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

type Place = (bytes: Uint8Array, side: -1 | 1) => Point | undefined;

const integerTypes: ReadonlySet<string> = new Set([
  ...['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT'],
  ...['UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'UHUGEINT'],
]);

/** Nanoseconds of one unit in the types whose scale is nanoseconds since 1970. */
const unitsOf: Readonly<Record<string, bigint>> = {
  DATE: 86_400_000_000_000n,
  TIMESTAMP_MS: 1_000_000n,
  TIMESTAMP: 1000n,
  TIMESTAMP_NS: 1n,
  'TIMESTAMP WITH TIME ZONE': 1000n,
};

/** How a column's bytes come onto the scale of the type. */
function scaleOf(element: SchemaElement, type: string): Place | undefined {
  const { type: physical, logical_type: logical, converted_type: converted } = element;
  const unit = unitOf(element);
  if (unit !== undefined) return timePlace(unit, unitsOf[type]);
  if (logical?.type === 'DECIMAL' || converted === 'DECIMAL') return decimalPlace(element, type);
  if (physical === 'BOOLEAN') return type === 'BOOLEAN' ? (bytes) => BigInt(bytes[0] ?? 0) : undefined;
  if (physical === 'FLOAT' || physical === 'DOUBLE') return type === 'DOUBLE' || type === physical ? float : undefined;
  if (physical === 'INT32' || physical === 'INT64') {
    const plain = logical === undefined || logical.type === 'INTEGER';
    return plain && !converted?.startsWith('TIME') ? integerPlace(element, type) : undefined;
  }
  const isText = logical?.type === 'STRING' || (logical === undefined && converted === 'UTF8');
  return physical === 'BYTE_ARRAY' && isText && type === 'VARCHAR' ? (bytes) => bytes : undefined;
}

/** A cast to a coarser unit moves a value within that unit, so the bounds are moved outwards to the next whole ones. */
function timePlace(unit: bigint, wanted: bigint | undefined): Place | undefined {
  if (wanted === undefined) return undefined;
  return (bytes, side) => {
    const nanoseconds = times(integer(bytes, false), unit);
    if (nanoseconds === undefined || wanted <= unit) return nanoseconds;
    const above = ((nanoseconds % wanted) + wanted) % wanted;
    return above === 0n || side < 0 ? nanoseconds - above : nanoseconds - above + wanted;
  };
}

function integerPlace(
  { logical_type: logical, converted_type: converted }: SchemaElement,
  type: string,
): Place | undefined {
  const unsigned = (logical?.type === 'INTEGER' && !logical.isSigned) || converted?.startsWith('UINT') === true;
  if (integerTypes.has(type)) return (bytes) => integer(bytes, unsigned);
  const scale = decimalScale(type);
  if (scale !== undefined) return (bytes) => times(integer(bytes, unsigned), 10n ** BigInt(scale));
  return type === 'DOUBLE' ? (bytes, side) => widened(integer(bytes, unsigned), 1, side) : undefined;
}

function decimalPlace(element: SchemaElement, type: string): Place | undefined {
  const own = (element.logical_type?.type === 'DECIMAL' ? element.logical_type.scale : element.scale) ?? 0;
  const unscaled = element.type === 'INT32' || element.type === 'INT64' ? signedInteger : bigEndian;
  const scale = decimalScale(type);
  if (scale !== undefined && scale >= own) return (bytes) => times(unscaled(bytes), 10n ** BigInt(scale - own));
  return type === 'DOUBLE' ? (bytes, side) => widened(unscaled(bytes), 10 ** own, side) : undefined;
}

/** Nanoseconds of the unit that a date or timestamp counts in. INT96 has no order. */
function unitOf({ type, logical_type: logical, converted_type: converted }: SchemaElement): bigint | undefined {
  if (type === 'INT32') return logical?.type === 'DATE' || converted === 'DATE' ? unitsOf['DATE'] : undefined;
  if (type !== 'INT64') return undefined;
  if (logical?.type === 'TIMESTAMP') return { MILLIS: 1_000_000n, MICROS: 1000n, NANOS: 1n }[logical.unit];
  if (converted === 'TIMESTAMP_MILLIS') return 1_000_000n;
  return converted === 'TIMESTAMP_MICROS' ? 1000n : undefined;
}

function signedInteger(bytes: Uint8Array): bigint | undefined {
  return integer(bytes, false);
}

/** Little-endian, of four or eight bytes. */
function integer(bytes: Uint8Array, unsigned: boolean): bigint | undefined {
  if (bytes.length !== 4 && bytes.length !== 8) return undefined;
  const value = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return unsigned ? value : BigInt.asIntN(8 * bytes.length, value);
}

function bigEndian(bytes: Uint8Array): bigint | undefined {
  if (bytes.length === 0) return undefined;
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return BigInt.asIntN(8 * bytes.length, value);
}

function float(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === 4) return view.getFloat32(0, true);
  return bytes.length === 8 ? view.getFloat64(0, true) : undefined;
}

function times(value: bigint | undefined, factor: bigint): bigint | undefined {
  return value === undefined ? undefined : value * factor;
}

/** A whole number as a floating-point one, moved outwards by more than it can be wrong. */
function widened(value: bigint | undefined, divisor: number, side: -1 | 1): number | undefined {
  if (value === undefined) return undefined;
  const near = Number(value) / divisor;
  return near + side * Math.abs(near) * 1e-12;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function decimalScale(type: string): number | undefined {
  const found = /^DECIMAL\(\d+,(\d+)\)$/.exec(type)?.[1];
  return found === undefined ? undefined : Number(found);
}

function scaledInteger(text: string, scale: number): bigint | undefined {
  const parts = /^(-?)(\d*)(?:\.(\d+))?$/.exec(text);
  const fraction = parts?.[3] ?? '';
  if (!parts || fraction.length > scale) return undefined;
  const size = BigInt((parts[2] ?? '') + fraction.padEnd(scale, '0') || '0');
  return parts[1] === '-' ? -size : size;
}

/** `2024-01-31` or `2024-01-31 10:00:00.123456`, with or without `+00`. Years of four digits are enough. */
function timePoint(text: string): bigint | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:\+00)?)?$/.exec(text);
  if (!parts) return undefined;
  const millis = Date.parse(`${parts[1] ?? ''}T${parts[2] ?? '00:00:00'}Z`);
  return Number.isNaN(millis) ? undefined : BigInt(millis) * 1_000_000n + BigInt((parts[3] ?? '').padEnd(9, '0'));
}

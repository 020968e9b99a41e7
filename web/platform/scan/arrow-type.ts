// Arrow types as DuckDB takes them over the C Data Interface (Apache Arrow, "The Arrow C data interface", format strings),
// and the DuckDB type that each becomes there (ArrowType::GetTypeFromFormat in DuckDB v1.5.6).
import { DataType, DateUnit, type Field, IntervalUnit, Precision, TimeUnit } from 'apache-arrow';
import { failure } from '../../../shared/errors.ts';
import type { DuckDBType } from '../../../shared/sql/types.ts';

/** How the values of a type lie in memory. */
export type Layout =
  | { readonly kind: 'bits' }
  | { readonly kind: 'fixed'; readonly width: number }
  /** Offsets of 32 bits into bytes. */
  | { readonly kind: 'bytes' }
  /** Values of so many bytes, given to DuckDB as `bytes`: its own reader of those loses its place after a NULL. */
  | { readonly kind: 'blocks'; readonly width: number }
  /** Offsets of 32 bits into the one child. */
  | { readonly kind: 'list' }
  /** So many values of the one child for each. */
  | { readonly kind: 'array'; readonly size: number }
  | { readonly kind: 'struct' };

export interface ArrowColumn {
  readonly name: string;
  readonly format: string;
  readonly layout: Layout;
  /** What DuckDB makes of it. */
  readonly type: DuckDBType;
  /** Whether it bears the mark of Arrow's canonical extension type arrow.uuid. */
  readonly isUuid: boolean;
  readonly children: readonly ArrowColumn[];
}

/** Describes a column. Fails with type.unsupported for what DuckDB would not take, or not exactly. */
export function arrowColumn(field: Field<DataType>): ArrowColumn {
  const { type } = field;
  const children = childrenOf(type).map((child) => arrowColumn(child));
  const isUuid = field.metadata.get('ARROW:extension:name') === 'arrow.uuid';
  if (isUuid && DataType.isFixedSizeBinary(type) && type.byteWidth === 16) {
    return column(field, 'w:16', fixed(16), 'UUID', { isUuid });
  }
  return nested(field, type, children) ?? temporal(field, type) ?? plain(field, type);
}

function plain(field: Field, type: DataType): ArrowColumn {
  if (DataType.isBool(type)) return column(field, 'b', { kind: 'bits' }, 'BOOLEAN');
  if (DataType.isInt(type)) return integer(field, type.bitWidth, type.isSigned);
  if (DataType.isFloat(type) && type.precision === Precision.SINGLE) return column(field, 'f', fixed(4), 'FLOAT');
  if (DataType.isFloat(type) && type.precision === Precision.DOUBLE) return column(field, 'g', fixed(8), 'DOUBLE');
  if (DataType.isUtf8(type)) return column(field, 'u', { kind: 'bytes' }, 'VARCHAR');
  if (DataType.isBinary(type)) return column(field, 'z', { kind: 'bytes' }, 'BLOB');
  if (DataType.isFixedSizeBinary(type)) return column(field, 'z', { kind: 'blocks', width: type.byteWidth }, 'BLOB');
  if (DataType.isDecimal(type) && type.bitWidth === 128) {
    const { precision, scale } = type;
    return column(field, `d:${precision},${scale}`, fixed(16), { kind: 'decimal', precision, scale });
  }
  throw failure(
    'type.unsupported',
    `Column ${field.name} has a type of Arrow that cannot be scanned (${field.toString()}).`,
  );
}

function integer(field: Field, bits: number, signed: boolean): ArrowColumn {
  const [format, name] = { 8: ['c', 'TINYINT'], 16: ['s', 'SMALLINT'], 32: ['i', 'INTEGER'] }[bits] ?? ['l', 'BIGINT'];
  return signed
    ? column(field, format ?? '', fixed(bits / 8), name ?? '')
    : column(field, (format ?? '').toUpperCase(), fixed(bits / 8), `U${name ?? ''}`);
}

function temporal(field: Field, type: DataType): ArrowColumn | undefined {
  if (DataType.isDate(type) && type.unit === DateUnit.DAY) return column(field, 'tdD', fixed(4), 'DATE');
  if (DataType.isTime(type)) {
    const name = type.unit === TimeUnit.NANOSECOND ? 'TIME_NS' : 'TIME';
    return column(field, `tt${letters[type.unit]}`, fixed(type.bitWidth / 8), name);
  }
  if (DataType.isTimestamp(type)) {
    const zone = type.timezone ?? '';
    const name = zone === '' ? (timestamps[type.unit] ?? '') : 'TIMESTAMP WITH TIME ZONE';
    return column(field, `ts${letters[type.unit]}:${zone}`, fixed(8), name);
  }
  if (DataType.isInterval(type) && type.unit === IntervalUnit.MONTH_DAY_NANO) {
    return column(field, 'tin', fixed(16), 'INTERVAL');
  }
  return undefined;
}

/** By TimeUnit: seconds, milli-, micro-, nanoseconds. */
const letters = ['s', 'm', 'u', 'n'] as const;
const timestamps = ['TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP', 'TIMESTAMP_NS'];

function nested(field: Field, type: DataType, children: readonly ArrowColumn[]): ArrowColumn | undefined {
  const [first] = children;
  if (DataType.isStruct(type)) {
    const fields = children.map((child) => ({ name: child.name, type: child.type }));
    return column(field, '+s', { kind: 'struct' }, { kind: 'struct', fields }, { children });
  }
  if (!first) return undefined;
  if (DataType.isList(type)) {
    return column(field, '+l', { kind: 'list' }, { kind: 'list', element: first.type }, { children });
  }
  if (DataType.isFixedSizeList(type)) {
    const size = type.listSize;
    const array = { kind: 'array', element: first.type, size } as const;
    return column(field, `+w:${size}`, { kind: 'array', size }, array, { children });
  }
  const [key, value] = first.children;
  if (DataType.isMap(type) && key && value) {
    return column(field, '+m', { kind: 'list' }, { kind: 'map', key: key.type, value: value.type }, { children });
  }
  return undefined;
}

function fixed(width: number): Layout {
  return { kind: 'fixed', width };
}

function column(
  field: Field,
  format: string,
  layout: Layout,
  type: DuckDBType | string,
  more: { readonly isUuid?: boolean; readonly children?: readonly ArrowColumn[] } = {},
): ArrowColumn {
  const duckdbType = typeof type === 'string' ? ({ kind: 'scalar', name: type } as const) : type;
  return { name: field.name, format, layout, type: duckdbType, isUuid: false, children: [], ...more };
}

/** Plain types have none, whatever apache-arrow's declarations say. */
function childrenOf(type: { readonly children?: readonly Field<DataType>[] | null }): readonly Field<DataType>[] {
  return type.children ?? [];
}

// Which encoding makes a column small, judged by its first rows (Parquet format 2.11, Encodings.md). Sizes are what an
// encoding itself makes of the values, in bytes a row; a compression then does better on some than on others.
import { type Data, DataType, type Field, Precision, type RecordBatch, Vector } from 'apache-arrow';

export interface ColumnEncoding {
  readonly name: string;
  /** Values are numbers in a dictionary of those that occur. */
  readonly dictionary: boolean;
  /** What is used without a dictionary, or once that has grown too large. */
  readonly encoding: 'plain' | 'delta' | 'split';
}

/** Share of plain values that is left where they are compressed: they are repetitive, packed bits are not. */
const plainShare = 0.7;

/** Deltas are packed in blocks of so many values, with as many bits as the block needs. */
const blockLength = 32;

/** Judges the columns without parts; the others are left to the writer. `groupRows` are the rows of a row group. */
export function chooseEncodings(batches: readonly RecordBatch[], groupRows: number): ColumnEncoding[] {
  const [first] = batches;
  const fields = (first?.schema.fields ?? []) as Field<DataType>[];
  return fields.flatMap(({ name, type }, index) => {
    const width = widthOf(type);
    if (width === undefined) return [];
    const values = batches.flatMap((batch) => valuesOf(batch.data.children[index] as Data, type));
    return [{ name, ...choose(values, type, width, groupRows) }];
  });
}

function choose(
  values: readonly unknown[],
  type: DataType,
  width: number,
  groupRows: number,
): Omit<ColumnEncoding, 'name'> {
  const plain = width > 0 ? width : 4 + averageLength(values);
  const delta = isWhole(type) ? deltaSize(values) : Infinity;
  const encoding = DataType.isFloat(type) ? 'split' : delta < plain * plainShare ? 'delta' : 'plain';
  const otherwise = Math.min(delta, plain * plainShare);
  return { dictionary: dictionarySize(values, plain, groupRows) < otherwise, encoding };
}

/** Bytes of a plain value, 0 for texts of any length; undefined for what the writer should judge. */
function widthOf(type: DataType): number | undefined {
  if (DataType.isInt(type)) return type.bitWidth === 64 ? 8 : 4;
  if (DataType.isFloat(type)) return type.precision === Precision.DOUBLE ? 8 : 4;
  if (DataType.isDate(type)) return 4;
  if (DataType.isTime(type)) return type.bitWidth / 8;
  if (DataType.isTimestamp(type)) return 8;
  return DataType.isUtf8(type) || DataType.isBinary(type) ? 0 : undefined;
}

function isWhole(type: DataType): boolean {
  return DataType.isInt(type) || DataType.isDate(type) || DataType.isTime(type) || DataType.isTimestamp(type);
}

/** All but NULL: numbers as they are stored, texts as texts. */
function valuesOf(data: Data, type: DataType): unknown[] {
  const stored = isWhole(type) || DataType.isFloat(type) ? (data.values as ArrayLike<number | bigint>) : undefined;
  const values = stored ?? (new Vector([data]).toArray() as ArrayLike<unknown>);
  const present: unknown[] = [];
  for (let row = 0; row < data.length; row++) if (data.getValid(row)) present.push(values[row]);
  return present;
}

function averageLength(values: readonly unknown[]): number {
  const lengths = values.map((value) => (value as string | Uint8Array).length);
  return lengths.reduce((sum, length) => sum + length, 0) / Math.max(values.length, 1);
}

/** The dictionary's own share and that of the numbers in it. */
function dictionarySize(values: readonly unknown[], plain: number, groupRows: number): number {
  const distinct = distinctIn(values, groupRows);
  return (distinct * plain) / groupRows + Math.ceil(Math.log2(distinct + 1)) / 8;
}

/**
 * How many values a row group has, going by a sample: drawing `n` times from `d` equally frequent values meets
 * d · (1 − e^(−n/d)) of them.
 */
export function distinctIn(values: readonly unknown[], groupRows: number): number {
  const seen = new Set(values.map(keyOf)).size;
  const met = (rows: number, distinct: number): number => distinct * -Math.expm1(-rows / distinct);
  if (seen >= values.length) return groupRows;
  let [low, high] = [seen, 1e12];
  while (high - low > Math.max(1, low / 100)) {
    const middle = Math.sqrt(low * high);
    if (met(values.length, middle) < seen) low = middle;
    else high = middle;
  }
  return Math.min(met(groupRows, low), groupRows);
}

function keyOf(value: unknown): unknown {
  return value instanceof Uint8Array ? value.join() : value;
}

/** Bits of a block's differences, laid over their smallest, plus that smallest one. */
function deltaSize(values: readonly unknown[]): number {
  if (values.length < 2) return 1;
  const numbers = values.map((value) => Number(value));
  let bits = 0;
  for (let start = 1; start < numbers.length; start += blockLength) {
    let [least, greatest] = [Infinity, -Infinity];
    for (let index = start; index < Math.min(start + blockLength, numbers.length); index++) {
      const difference = (numbers[index] ?? 0) - (numbers[index - 1] ?? 0);
      least = Math.min(least, difference);
      greatest = Math.max(greatest, difference);
    }
    bits += blockLength * Math.ceil(Math.log2(greatest - least + 1)) + 8;
  }
  return bits / 8 / numbers.length;
}

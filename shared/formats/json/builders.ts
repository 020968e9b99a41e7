// Column builders: JSON values in, Arrow vectors out, without an object per value. The types are those that inference
// finds (BOOLEAN, BIGINT, DOUBLE, VARCHAR, lists and structs); other declared types are cast from VARCHAR afterwards.
import { Bool, type Data, Field, Float64, Int64, List, makeData, Struct, Utf8 } from 'apache-arrow';
import type { DuckDBType } from '../../sql/types.ts';
import { exactDouble, exactInteger } from './numbers.ts';
import { compactText, JsonNumber, otherKey, type Json } from './value.ts';

/** Collects the values of one column. `add` throws a RangeError with a reason when a value does not fit the type. */
export interface ColumnBuilder {
  add(value: Json): void;
  /** The vector so far; the builder starts anew. */
  take(): Data;
}

/** The builder for a type. `closed`: whether objects may have no other keys than the type has fields. */
export function builderFor(type: DuckDBType, closed = false): ColumnBuilder {
  if (type.kind === 'list') return new ListBuilder(builderFor(type.element, closed));
  if (type.kind === 'struct') {
    const fields = type.fields.map((field) => ({ name: field.name, builder: builderFor(field.type, closed) }));
    return new StructBuilder(fields, closed);
  }
  switch (type.kind === 'scalar' ? type.name : type.kind) {
    case 'BIGINT':
      return new IntegerBuilder();
    case 'DOUBLE':
      return new NumberBuilder();
    case 'BOOLEAN':
      return new BooleanBuilder();
    default:
      return new TextBuilder();
  }
}

/** Which rows have a value, as Arrow's validity bitmap. */
class Validity {
  length = 0;
  nulls = 0;
  #bits = new Uint8Array(256);

  add(valid: boolean): void {
    if (this.length >> 3 >= this.#bits.length) this.#bits = grown(this.#bits, this.#bits.length * 2);
    const byte = this.length >> 3;
    if (valid) this.#bits[byte] = (this.#bits[byte] ?? 0) | (1 << (this.length & 7));
    else this.nulls++;
    this.length++;
  }

  /** The properties that `makeData` wants. */
  take(): { length: number; nullCount: number; nullBitmap: Uint8Array } {
    const taken = { length: this.length, nullCount: this.nulls, nullBitmap: this.#bits };
    this.length = this.nulls = 0;
    this.#bits = new Uint8Array(this.#bits.length);
    return taken;
  }
}

class IntegerBuilder implements ColumnBuilder {
  readonly #validity = new Validity();
  #values = new BigInt64Array(1024);

  add(value: Json): void {
    const index = this.#validity.length;
    if (index === this.#values.length) this.#values = grown(this.#values, index * 2);
    if (value !== null) this.#values[index] = integerOf(value);
    this.#validity.add(value !== null);
  }

  take(): Data {
    const values = this.#values;
    this.#values = new BigInt64Array(values.length);
    return makeData({ type: new Int64(), ...this.#validity.take(), data: values });
  }
}

class NumberBuilder implements ColumnBuilder {
  readonly #validity = new Validity();
  #values = new Float64Array(1024);

  add(value: Json): void {
    const index = this.#validity.length;
    if (index === this.#values.length) this.#values = grown(this.#values, index * 2);
    if (typeof value === 'number') this.#values[index] = value;
    else if (value !== null) this.#values[index] = doubleOf(value);
    this.#validity.add(value !== null);
  }

  take(): Data {
    const values = this.#values;
    this.#values = new Float64Array(values.length);
    return makeData({ type: new Float64(), ...this.#validity.take(), data: values });
  }
}

class BooleanBuilder implements ColumnBuilder {
  readonly #validity = new Validity();
  readonly #values = new Validity();

  add(value: Json): void {
    if (value !== null && typeof value !== 'boolean') throw misfit(value, 'true or false');
    this.#validity.add(value !== null);
    this.#values.add(value === true);
  }

  take(): Data {
    return makeData({ type: new Bool(), ...this.#validity.take(), data: this.#values.take().nullBitmap });
  }
}

class TextBuilder implements ColumnBuilder {
  readonly #validity = new Validity();
  readonly #encoder = new TextEncoder();
  #offsets = new Int32Array(1025);
  #bytes = new Uint8Array(16 * 1024);
  #end = 0;

  add(value: Json): void {
    const index = this.#validity.length;
    if (index + 1 === this.#offsets.length) this.#offsets = grown(this.#offsets, this.#offsets.length * 2);
    if (value !== null) this.#write(textOf(value));
    this.#offsets[index + 1] = this.#end;
    this.#validity.add(value !== null);
  }

  #write(text: string): void {
    const room = text.length * 3;
    if (this.#end + room > this.#bytes.length) {
      this.#bytes = grown(this.#bytes, Math.max(this.#bytes.length * 2, this.#end + room));
    }
    this.#end += this.#encoder.encodeInto(text, this.#bytes.subarray(this.#end)).written;
  }

  take(): Data {
    const [offsets, bytes] = [this.#offsets, this.#bytes.subarray(0, this.#end)];
    this.#offsets = new Int32Array(offsets.length);
    this.#bytes = new Uint8Array(this.#bytes.length);
    this.#end = 0;
    return makeData({ type: new Utf8(), ...this.#validity.take(), valueOffsets: offsets, data: bytes });
  }
}

class ListBuilder implements ColumnBuilder {
  readonly #validity = new Validity();
  readonly #element: ColumnBuilder;
  #offsets = new Int32Array(1025);
  #end = 0;

  constructor(element: ColumnBuilder) {
    this.#element = element;
  }

  add(value: Json): void {
    const index = this.#validity.length;
    if (index + 1 === this.#offsets.length) this.#offsets = grown(this.#offsets, this.#offsets.length * 2);
    if (value !== null) {
      if (!Array.isArray(value)) throw misfit(value, 'an array');
      for (const item of value) this.#element.add(item);
      this.#end += value.length;
    }
    this.#offsets[index + 1] = this.#end;
    this.#validity.add(value !== null);
  }

  take(): Data {
    const child = this.#element.take();
    const offsets = this.#offsets;
    this.#offsets = new Int32Array(offsets.length);
    this.#end = 0;
    const type = new List(new Field('item', child.type, true));
    return makeData({ type, ...this.#validity.take(), valueOffsets: offsets, child });
  }
}

class StructBuilder implements ColumnBuilder {
  readonly #validity = new Validity();
  readonly #fields: readonly { readonly name: string; readonly builder: ColumnBuilder }[];

  readonly #names: ReadonlySet<string>;
  readonly #closed: boolean;

  constructor(fields: readonly { readonly name: string; readonly builder: ColumnBuilder }[], closed: boolean) {
    this.#fields = fields;
    this.#names = new Set(fields.map(({ name }) => name));
    this.#closed = closed;
  }

  add(value: Json): void {
    if (value !== null && !(value instanceof Map)) throw misfit(value, 'an object');
    const other = this.#closed ? otherKey(value, this.#names) : undefined;
    if (other !== undefined)
      throw new RangeError(`holds the key ${JSON.stringify(other)}, which no record before it has`);
    for (const { name, builder } of this.#fields) builder.add(value?.get(name) ?? null);
    this.#validity.add(value !== null);
  }

  take(): Data {
    const children = this.#fields.map(({ name, builder }) => ({ name, data: builder.take() }));
    const type = new Struct(children.map(({ name, data }) => new Field(name, data.type, true)));
    return makeData({ type, ...this.#validity.take(), children: children.map(({ data }) => data) });
  }
}

function integerOf(value: Json): bigint {
  if (typeof value === 'number') return BigInt(value);
  const integer = value instanceof JsonNumber ? exactInteger(value) : undefined;
  if (integer === undefined) throw misfit(value, 'a 64-bit integer');
  return integer;
}

function doubleOf(value: Json): number {
  if (!(value instanceof JsonNumber)) throw misfit(value, 'a number');
  const double = exactDouble(value);
  if (double === undefined) throw new RangeError(`holds ${shown(value)}, which a DOUBLE would change`);
  return double;
}

/** The text of a value in a VARCHAR column: a string itself, anything else as compact JSON. */
function textOf(value: Json): string {
  return typeof value === 'string' ? value : compactText(value);
}

function misfit(value: Json, wanted: string): RangeError {
  return new RangeError(`holds ${shown(value)} where ${wanted} belongs`);
}

function shown(value: Json): string {
  const text = textOf(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function grown<T extends Uint8Array | Int32Array | BigInt64Array | Float64Array>(array: T, length: number): T {
  const copy = new (array.constructor as new (length: number) => T)(length);
  copy.set(array as never);
  return copy;
}

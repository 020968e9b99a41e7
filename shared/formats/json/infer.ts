// Infers columns from JSON records, the same way on both platforms: integers that fit 64 bits are BIGINT, other
// numbers DOUBLE, objects STRUCT, arrays lists; text stays text, for JSON has no dates. Mixed kinds become VARCHAR.
import { LosslessNumber } from 'lossless-json';
import { failure } from '../../errors.ts';
import type { Column } from '../../platform.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import type { Json, JsonRecord } from './record.ts';

/** What has been seen in one place. `unknown` has only been null so far; `mixed` can only be text. */
export type Shape =
  | { readonly kind: 'unknown' | 'boolean' | 'integer' | 'number' | 'text' | 'mixed' }
  | { readonly kind: 'list'; element: Shape }
  | { readonly kind: 'struct'; readonly fields: Map<string, Shape> };

const largest = 2n ** 63n - 1n;

/** Widens a shape by one more value. Structs are widened in place. */
export function widen(shape: Shape, value: Json): Shape {
  if (value === null) return shape;
  if (Array.isArray(value)) {
    const list = shape.kind === 'list' ? shape : ({ kind: 'list', element: { kind: 'unknown' } } satisfies Shape);
    if (shape.kind !== 'list' && shape.kind !== 'unknown') return { kind: 'mixed' };
    for (const item of value) list.element = widen(list.element, item);
    return list;
  }
  if (value instanceof LosslessNumber) return widenScalar(shape, fitsInteger(value.value) ? 'integer' : 'mixed');
  if (typeof value === 'object') {
    if (shape.kind !== 'struct' && shape.kind !== 'unknown') return { kind: 'mixed' };
    const struct =
      shape.kind === 'struct' ? shape : ({ kind: 'struct', fields: new Map<string, Shape>() } satisfies Shape);
    widenFields(struct.fields, value);
    return struct;
  }
  if (typeof value === 'number') return widenScalar(shape, Number.isInteger(value) ? 'integer' : 'number');
  return widenScalar(shape, typeof value === 'string' ? 'text' : 'boolean');
}

/** Widens the fields of a record, keeping the order in which they were first seen. */
export function widenFields(fields: Map<string, Shape>, record: JsonRecord): void {
  for (const [key, value] of Object.entries(record))
    fields.set(key, widen(fields.get(key) ?? { kind: 'unknown' }, value));
}

function widenScalar(shape: Shape, kind: 'boolean' | 'integer' | 'number' | 'text' | 'mixed'): Shape {
  if (shape.kind === 'unknown' || shape.kind === kind) return { kind };
  const numbers = shape.kind === 'integer' || shape.kind === 'number';
  if (numbers && (kind === 'integer' || kind === 'number')) return { kind: 'number' };
  return { kind: 'mixed' };
}

/** Whether digits are an integer of 64 bits. */
export function fitsInteger(digits: string): boolean {
  const value = BigInt(digits);
  return value <= largest && value >= -largest - 1n;
}

/** The columns of what was seen. Fails with type.unsupported where two keys differ only in case. */
export function columnsOf(fields: ReadonlyMap<string, Shape>, location: string): Column[] {
  requireDistinct([...fields.keys()], location);
  return [...fields].map(([name, shape]) => ({ name, type: typeOf(shape, location) }));
}

function typeOf(shape: Shape, location: string): string {
  switch (shape.kind) {
    case 'boolean':
      return 'BOOLEAN';
    case 'integer':
      return 'BIGINT';
    case 'number':
      return 'DOUBLE';
    case 'unknown':
    case 'text':
    case 'mixed':
      return 'VARCHAR';
    case 'list':
      return `${typeOf(shape.element, location)}[]`;
    case 'struct': {
      if (shape.fields.size === 0) return 'VARCHAR';
      requireDistinct([...shape.fields.keys()], location);
      const fields = [...shape.fields].map(([name, field]) => `${quoteIdentifier(name)} ${typeOf(field, location)}`);
      return `STRUCT(${fields.join(', ')})`;
    }
  }
}

function requireDistinct(names: readonly string[], location: string): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) {
      throw failure('type.unsupported', `${location} has the keys ${other} and ${name}, which differ only in case.`, {
        hint: 'Rename one of them, or pick the wanted ones with `schema`.',
      });
    }
    seen.set(name.toLowerCase(), name);
  }
}

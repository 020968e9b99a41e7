// The common type of several: one that holds all their values, so that files whose columns differ become one relation.
// Where values of one might not be values of it, such as a BIGINT among doubles, the cast to it looks at each of them.
import { foldName } from '../sql/names.ts';
import { printType, type DuckDBType, type Member } from '../sql/types.ts';

/** The type of a column that only ever holds NULL. */
export const nothing = '"NULL"';

/** Undefined where there is none: truth values and numbers, text and anything else, decimals of more than 38 digits. */
export function commonType(types: readonly DuckDBType[]): DuckDBType | undefined {
  return types.reduce<DuckDBType | undefined>((common, type) => common && join(common, type), scalar(nothing));
}

function join(one: DuckDBType, other: DuckDBType): DuckDBType | undefined {
  if (isNothing(one)) return other;
  if (isNothing(other) || printType(one) === printType(other)) return one;
  if ((one.kind === 'list' || one.kind === 'array') && (other.kind === 'list' || other.kind === 'array')) {
    const element = join(one.element, other.element);
    if (!element) return undefined;
    const sized = one.kind === 'array' && other.kind === 'array' && one.size === other.size;
    return sized ? { kind: 'array', element, size: one.size } : { kind: 'list', element };
  }
  if (one.kind === 'struct' && other.kind === 'struct') {
    const fields = joinMembers([one.fields, other.fields]);
    return 'fields' in fields ? { kind: 'struct', fields: fields.fields } : undefined;
  }
  if (one.kind === 'map' && other.kind === 'map') {
    const [key, value] = [join(one.key, other.key), join(one.value, other.value)];
    return key && value && { kind: 'map', key, value };
  }
  return joinNumbers(one, other) ?? joinTimes(one, other);
}

/**
 * The members of all lists, in the order and the spelling in which they were first seen: names know no upper and lower
 * case. `without`: the first name whose types have nothing in common.
 */
export function joinMembers(
  lists: readonly (readonly Member[])[],
): { readonly fields: readonly Member[] } | { readonly without: string } {
  const types = new Map<string, { readonly name: string; type: DuckDBType }>();
  for (const { name, type } of lists.flat()) {
    const known = types.get(foldName(name));
    const common = known ? join(known.type, type) : type;
    if (!common) return { without: name };
    if (known) known.type = common;
    else types.set(foldName(name), { name, type: common });
  }
  return { fields: [...types.values()] };
}

function isNothing(type: DuckDBType): boolean {
  return type.kind === 'scalar' && type.name === nothing;
}

interface Integer {
  /** Bits of the values without the sign. */
  readonly bits: number;
  readonly signed: boolean;
  /** Decimal digits of the largest value. */
  readonly digits: number;
}

const integers: Readonly<Record<string, Integer>> = {
  TINYINT: { bits: 7, signed: true, digits: 3 },
  UTINYINT: { bits: 8, signed: false, digits: 3 },
  SMALLINT: { bits: 15, signed: true, digits: 5 },
  USMALLINT: { bits: 16, signed: false, digits: 5 },
  INTEGER: { bits: 31, signed: true, digits: 10 },
  UINTEGER: { bits: 32, signed: false, digits: 10 },
  BIGINT: { bits: 63, signed: true, digits: 19 },
  UBIGINT: { bits: 64, signed: false, digits: 20 },
  HUGEINT: { bits: 127, signed: true, digits: 39 },
};

function joinNumbers(one: DuckDBType, other: DuckDBType): DuckDBType | undefined {
  const [left, right] = [integerOf(one), integerOf(other)];
  if (left && right) {
    const signed = left.signed || right.signed;
    const bits = Math.max(left.bits, right.bits);
    const wide = Object.entries(integers).find(([, each]) => each.bits >= bits && each.signed === signed);
    return wide && scalar(wide[0]);
  }
  if ((left ?? floatOf(one)) && (right ?? floatOf(other))) return scalar('DOUBLE');
  const [first, second] = [decimalOf(one, left), decimalOf(other, right)];
  if (!first || !second) return undefined;
  const scale = Math.max(first.scale, second.scale);
  const precision = Math.max(first.precision - first.scale, second.precision - second.scale) + scale;
  return precision > 38 ? undefined : { kind: 'decimal', precision, scale };
}

function integerOf(type: DuckDBType): Integer | undefined {
  return type.kind === 'scalar' ? integers[type.name] : undefined;
}

function floatOf(type: DuckDBType): boolean | undefined {
  return type.kind === 'scalar' && (type.name === 'FLOAT' || type.name === 'DOUBLE') ? true : undefined;
}

function decimalOf(type: DuckDBType, integer: Integer | undefined): { precision: number; scale: number } | undefined {
  if (type.kind === 'decimal') return type;
  return integer && { precision: integer.digits, scale: 0 };
}

/** Digits of a second. Dates have none. */
const instants: Readonly<Record<string, number>> = {
  ...{ DATE: -1, TIMESTAMP_S: 0, TIMESTAMP_MS: 3, TIMESTAMP: 6, TIMESTAMP_NS: 9 },
};

function joinTimes(one: DuckDBType, other: DuckDBType): DuckDBType | undefined {
  if (one.kind !== 'scalar' || other.kind !== 'scalar') return undefined;
  const names = [one.name, other.name];
  if (names.every((name) => name === 'TIME' || name === 'TIME_NS')) return scalar('TIME_NS');
  const digits = names.map((name) => instants[name] ?? NaN);
  if (digits.some(Number.isNaN)) return undefined;
  return scalar(Math.max(...digits) > 6 ? 'TIMESTAMP_NS' : 'TIMESTAMP');
}

function scalar(name: string): DuckDBType {
  return { kind: 'scalar', name };
}

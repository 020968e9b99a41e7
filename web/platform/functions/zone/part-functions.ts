// date_part and the functions named after a part of a moment.
import type { DuckDBType } from '../../../../shared/sql/types.ts';
import { plain, type Bound, type FunctionSet, type Overload, type Use } from '../extension/functions.ts';
import type { Value } from '../extension/vectors.ts';
import { civilOf, dayOf, isInfinite, isoWeekday, split } from './calendar.ts';
import { extract, isDouble, nameOfDay, nameOfMonth, partOf, type Part } from './parts.ts';
import { timestampTz } from './types.ts';

/** Under all the names that DuckDB has for them. */
const named: readonly (readonly [part: Part, ...names: string[]])[] = [
  ...(
    ['year', 'month', 'decade', 'century', 'millennium', 'era', 'quarter', 'isodow', 'isoyear', 'yearweek'] as const
  ).map((part) => [part, part] as const),
  ...(['hour', 'minute', 'second', 'millisecond', 'microsecond'] as const).map((part) => [part, part] as const),
  ...(['timezone', 'timezone_hour', 'timezone_minute', 'epoch', 'julian'] as const).map(
    (part) => [part, part] as const,
  ),
  ['day', 'day', 'dayofmonth'],
  ['dow', 'dayofweek', 'weekday'],
  ['week', 'week', 'weekofyear'],
  ['doy', 'dayofyear'],
];

export const partFunctions: readonly FunctionSet[] = [
  ...named.map(([part, ...names]) => ({ names, overloads: [partFunction(part)] })),
  finite(['nanosecond'], 'BIGINT', (at) => BigInt(extract('microsecond', at) ?? 0) * 1000n),
  finite(['epoch_us'], 'BIGINT', (at) => at),
  finite(['epoch_ms'], 'BIGINT', (at) => at / 1000n),
  finite(['epoch_ns'], 'BIGINT', inNanoseconds),
  finite(['dayname'], 'VARCHAR', (at) => nameOfDay(isoWeekday(split(at).day))),
  finite(['monthname'], 'VARCHAR', (at) => nameOfMonth(civilOf(split(at).day).month)),
  finite(['last_day'], 'DATE', (at) => {
    const { year, month } = civilOf(split(at).day);
    return dayOf(year, month + 1, 1) - 1;
  }),
  {
    names: ['date_part', 'datepart'],
    overloads: [
      { parameters: ['VARCHAR', timestampTz], returns: 'BIGINT', bind: bindPart },
      { parameters: ['VARCHAR[]', timestampTz], returns: 'STRUCT()', bind: bindParts },
    ],
  },
];

function finite(names: readonly string[], returns: string, call: (at: bigint) => Value): FunctionSet {
  return { names, overloads: [plain([timestampTz], returns, (at: bigint) => (isInfinite(at) ? null : call(at)))] };
}

function partFunction(part: Part): Overload {
  return plain([timestampTz], isDouble(part) ? 'DOUBLE' : 'BIGINT', (at: bigint) => valueOf(part, at));
}

function valueOf(part: Part, at: bigint): Value {
  const value = extract(part, at);
  return value === null || isDouble(part) ? value : BigInt(value);
}

const double: DuckDBType = { kind: 'scalar', name: 'DOUBLE' };
const bigint: DuckDBType = { kind: 'scalar', name: 'BIGINT' };

function bindPart({ arguments: [name] }: Use): Bound {
  const given = name?.constant();
  if (typeof given === 'string') {
    const part = partOf(given);
    return { returns: isDouble(part) ? double : bigint, call: (_: string, at: bigint) => valueOf(part, at) };
  }
  return {
    call: (name: string, at: bigint) => {
      const part = partOf(name);
      if (isDouble(part)) throw new Error(`The part "${part}" must be a constant, for it is a DOUBLE.`);
      return valueOf(part, at);
    },
  };
}

function bindParts({ arguments: [names] }: Use): Bound {
  const given = names?.constant();
  if (!Array.isArray(given)) throw new Error('date_part can only take constant lists of part names');
  if (given.length === 0) throw new Error('date_part requires non-empty lists of part names');
  const parts = given.map((name: string | null) => {
    if (name === null) throw new Error('NULL struct entry name in date_part');
    return { name, part: partOf(name) };
  });
  const fields = parts.map(({ name, part }) => ({ name, type: isDouble(part) ? double : bigint }));
  return {
    returns: { kind: 'struct', fields },
    // Left where it is, the list would be taken for a part's name by an optimizer rule, which fails badly.
    erases: 0,
    call: (at: bigint) => parts.map(({ part }) => valueOf(part, at)),
  };
}

function inNanoseconds(at: bigint): bigint {
  const nanoseconds = at * 1000n;
  if (BigInt.asIntN(64, nanoseconds) !== nanoseconds) {
    throw new Error('Could not convert Timestamp(US) to Timestamp(NS)');
  }
  return nanoseconds;
}

// Values of checks in the types of their columns: DuckDB casts them, and one that a cast would change is refused.
import { failure, type Path, type SluiceError } from '../../errors.ts';
import type { Column, Engine, Work } from '../../platform.ts';
import type { Check } from '../../sources/checks.schema.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { hasUnnamedStruct } from '../../sql/types.ts';
import { readRows } from '../../values/read.ts';

export type Scalar = string | number | bigint | boolean;

/** A value of a check, the column that it is compared with, and where it stands below the check. */
export interface ComparedValue {
  readonly value: Scalar;
  readonly column: Column;
  readonly path: Path;
  /** Values are ordered by it rather than only compared. */
  readonly isBound: boolean;
}

const wholeNumbers = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$|^BIGNUM$/;

export function isNumeric(type: string): boolean {
  return wholeNumbers.test(type) || /^(FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(type);
}

/** The value as SQL in a column's type. */
export function typed(value: Scalar, type: string): string {
  return `CAST(${quoteLiteral(String(value))} AS ${type})`;
}

export function comparedValues(check: Check, find: (column: string) => Column): ComparedValue[] {
  if (check.type === 'accepted_values') {
    const column = find(check.column);
    return check.values.map((value, index) => ({ value, column, path: ['values', index], isBound: false }));
  }
  if (check.type !== 'range') return [];
  const column = find(check.column);
  return (['min', 'max'] as const).flatMap((path) => {
    const value = check[path];
    const isPlain = value === undefined || (typeof value !== 'string' && isNumeric(column.type));
    return isPlain ? [] : [{ value, column, path: [path], isBound: true }];
  });
}

/** The first value that does not fit its column. Runs one query that reads no relation. */
export async function firstMisfit(
  values: readonly ComparedValue[],
  engine: Engine,
  work: Work,
): Promise<{ readonly error: SluiceError; readonly path: Path } | undefined> {
  if (values.length === 0) return undefined;
  const [fits] = await readRows(engine, `SELECT ${values.map(fitOf).join(', ')}`, work);
  const misfit = values.find((_, index) => fits?.[index] !== true);
  return misfit && { error: misfitOf(misfit), path: misfit.path };
}

function fitOf({ value, column: { type }, isBound }: ComparedValue): string {
  // A number as a bound of text would be compared digit by digit.
  if (hasUnnamedStruct(type) || (isBound && typeof value !== 'string')) return 'false';
  const text = quoteLiteral(String(value));
  const cast = `TRY_CAST(${text} AS ${type})`;
  const rounds = wholeNumbers.test(type) || type.startsWith('DECIMAL');
  return rounds ? `coalesce(CAST(${cast} AS DOUBLE) = TRY_CAST(${text} AS DOUBLE), false)` : `${cast} IS NOT NULL`;
}

function misfitOf({ value, column: { name, type } }: ComparedValue): SluiceError {
  const shown = typeof value === 'string' ? `"${value}"` : String(value);
  return failure('check.invalid', `${shown} cannot be compared with the column ${name}, which is ${type}.`, {
    hint: `Give a value that ${type} has.`,
  });
}

// What a check becomes: an aggregate that counts the rows which break it, and a query that gives them. A missing value
// passes every check but `not_null`; what is counted of a row count are the rows themselves.
import { cutMark, type Path } from '../../errors.ts';
import type { Mask } from '../../pipeline/parameters/secrets.ts';
import type { Check } from '../../sources/checks.schema.ts';

/** A check that DuckDB has bound to its relation. */
export interface BoundCheck {
  readonly check: Check;
  /** Its name, or what it demands: `not_null(id)`. */
  readonly label: string;
  /** Where it stands in the document. */
  readonly path: Path;
  readonly sql: CheckSql;
  /** What its expression reads besides, and how often. */
  readonly reads: ReadonlyMap<string, number>;
}

export interface CheckSql {
  /** An item of a SELECT over the relation: how many rows break the check, or how many there are. */
  readonly count: string;
  /** A query for the rows that break it, without LIMIT; absent for a row count. */
  readonly rows?: string;
}

/** Characters of an expression that stand in a label. */
const shownExpression = 60;

/** Secrets are masked before an expression is cut. */
export function labelOf(check: Check, mask: Mask): string {
  if (check.name !== undefined) return check.name;
  switch (check.type) {
    case 'not_null':
    case 'unique':
      return `${check.type}(${check.columns.join(', ')})`;
    case 'accepted_values':
    case 'range':
    case 'regex':
      return `${check.type}(${check.column})`;
    case 'row_count':
      return check.type;
    case 'expression': {
      const text = mask(check.expression).trim().replace(/\s+/g, ' ');
      return text.length > shownExpression ? `${text.slice(0, shownExpression - 1).trimEnd()}${cutMark}` : text;
    }
  }
}

/** Whether what was counted passes. */
export function passes(check: Check, count: number): boolean {
  if (check.type !== 'row_count') return count === 0;
  return count >= (check.min ?? 0) && count <= (check.max ?? Infinity);
}

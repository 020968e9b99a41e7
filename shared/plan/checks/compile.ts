// Check → SQL. Columns have the spelling of the relation, and values are known to fit their columns (values.ts).
import type { Column } from '../../platform.ts';
import type { Check } from '../../sources/checks.schema.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import type { CheckSql } from './check.ts';
import { isNumeric, typed, type Scalar } from './values.ts';

/** Macros of a dialect may shadow a function of this name. */
export const regexp = 'system.main.regexp_matches';

/** The SQL of a check of relation `name`. `find` gives a column by the name that the document uses. */
export function compileCheck(check: Check, name: string, find: (column: string) => Column): CheckSql {
  const relation = quoteIdentifier(name);
  if (check.type === 'row_count') return { count: 'count(*)' };
  if (check.type === 'unique') {
    return repeatedRows(
      relation,
      check.columns.map((column) => quoteIdentifier(find(column).name)),
    );
  }
  const broken = conditionOf(check, find);
  return { count: `count(*) FILTER (WHERE ${broken})`, rows: `SELECT * FROM ${relation} WHERE ${broken}` };
}

/** What is true of a row that breaks the check. */
function conditionOf(
  check: Exclude<Check, { type: 'row_count' | 'unique' }>,
  find: (column: string) => Column,
): string {
  switch (check.type) {
    case 'not_null':
      return anyOf(check.columns.map((column) => `${quoteIdentifier(find(column).name)} IS NULL`));
    case 'accepted_values': {
      const { name, type } = find(check.column);
      return `${quoteIdentifier(name)} NOT IN (${check.values.map((value) => typed(value, type)).join(', ')})`;
    }
    case 'range': {
      const column = find(check.column);
      const beyond = (sign: string, bound: Scalar | undefined): string[] =>
        bound === undefined ? [] : [`${quoteIdentifier(column.name)} ${sign} ${boundOf(bound, column)}`];
      return anyOf([...beyond('<', check.min), ...beyond('>', check.max)]);
    }
    case 'regex':
      return `NOT ${regexp}(CAST(${quoteIdentifier(find(check.column).name)} AS VARCHAR), ${quoteLiteral(check.pattern)})`;
    case 'expression':
      // On lines of its own: it may end with a comment.
      return `NOT (\n${check.expression}\n)`;
  }
}

/** A number stays one, so that 0.5 bounds whole numbers; all else is compared in the type of the column. */
function boundOf(bound: Scalar, { type }: Column): string {
  return typeof bound !== 'string' && isNumeric(type) ? String(bound) : typed(bound, type);
}

/** Rows whose key occurs more than once. As with UNIQUE in SQL, keys with a missing value are all different. */
function repeatedRows(relation: string, key: readonly string[]): CheckSql {
  const present = key.map((column) => `${column} IS NOT NULL`).join(' AND ');
  const columns = key.join(', ');
  const groups = `FROM ${relation} WHERE ${present} GROUP BY ${columns} HAVING count(*) > 1`;
  return {
    count: `(SELECT coalesce(sum("times"), 0)::BIGINT FROM (SELECT count(*) AS "times" ${groups}))`,
    rows: `SELECT ${relation}.* FROM ${relation} SEMI JOIN (SELECT ${columns} ${groups}) USING (${columns}) ORDER BY ${columns}`,
  };
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? String(conditions[0]) : `(${conditions.join(' OR ')})`;
}

/** The one query that counts for all checks of a relation: a column each, in their order. */
export function countQuery(name: string, checks: readonly { readonly sql: CheckSql }[]): string {
  const items = checks.map(({ sql }, index) => `${sql.count} AS "${index}"`);
  return `SELECT ${items.join(', ')} FROM ${quoteIdentifier(name)}`;
}

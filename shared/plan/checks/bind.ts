// Binds the checks of a relation, so that what is wrong with one is told before anything is read: a column that does not
// exist, a value of another type, a pattern or an expression that DuckDB refuses.
import { asSluiceError, failure, isCancelled, SluiceError, type Path } from '../../errors.ts';
import { closest } from '../../pipeline/closest.ts';
import type { Column, Relation } from '../../platform.ts';
import type { Check } from '../../sources/checks.schema.ts';
import { foldName } from '../../sql/names.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { requireExpression } from '../../sql/statement.ts';
import { translate, type Rewritten } from '../../sql/translate.ts';
import { isKnown, isOpenReading, type BindHost, type Visible } from '../visible.ts';
import { labelOf, type BoundCheck } from './check.ts';
import { compileCheck, regexp } from './compile.ts';
import { comparedValues, firstMisfit } from './values.ts';

export interface Checked extends Relation {
  readonly checks: readonly Check[];
  /** Where the list of checks stands in the document. */
  readonly path: Path;
}

/** Binds what can be bound; errors go to `host.fail`, each at its place. Expressions may read what is visible. */
export async function bindChecks(
  relation: Checked,
  visible: readonly Visible[],
  host: BindHost,
): Promise<BoundCheck[]> {
  const bound: BoundCheck[] = [];
  for (const [index, check] of relation.checks.entries()) {
    const path = [...relation.path, index];
    try {
      bound.push(await bindCheck(check, path, relation, visible, host));
    } catch (thrown) {
      if (isOpenReading(thrown, visible)) continue; // it is bound when those columns are known
      if (isMissingStage(thrown)) throw thrown; // a flat list may yet put that stage before this one
      host.fail(thrown, path);
    }
  }
  return bound;
}

async function bindCheck(
  check: Check,
  path: Path,
  relation: Checked,
  visible: readonly Visible[],
  host: BindHost,
): Promise<BoundCheck> {
  for (const [name, at] of namedColumns(check)) requireColumn(relation, name, [...path, ...at]);
  const find = (name: string): Column => requireColumn(relation, name, path);
  const misfit = await firstMisfit(comparedValues(check, find), host.engine, { signal: host.signal });
  if (misfit) throw misfit.error.with({ path: [...path, ...misfit.path] });
  if (check.type === 'regex') await requirePattern(check.pattern, [...path, 'pattern'], host);
  const made = { check, label: labelOf(check, host.mask), path };
  if (check.type !== 'expression') return { ...made, reads: new Map(), sql: compileCheck(check, relation.name, find) };
  const expression = inDialect(check.expression, [...path, 'expression'], host);
  const reads = await readsOf(expression, [...path, 'expression'], relation, visible, host);
  return { ...made, reads, sql: compileCheck({ ...check, expression: expression.sql }, relation.name, find) };
}

/** An expression in DuckDB's words. */
function inDialect(expression: string, path: Path, { dialect = 'duckdb' }: BindHost): Rewritten {
  try {
    requireExpression(expression);
    return translate(expression, dialect);
  } catch (thrown) {
    throw asSluiceError(thrown).with({ path });
  }
}

/** The columns that a check names, each with its place below the check. */
function namedColumns(check: Check): (readonly [string, Path])[] {
  if ('columns' in check) return check.columns.map((name, index) => [name, ['columns', index]]);
  return 'column' in check ? [[check.column, ['column']]] : [];
}

function requireColumn({ name: relation, columns }: Relation, name: string, path: Path): Column {
  const found = columns.find((column) => foldName(column.name) === foldName(name));
  if (found) return found;
  const names = columns.map((column) => column.name);
  const near = closest(name, names);
  const hint = near === undefined ? `Its columns are ${names.join(', ')}.` : `Did you mean "${near}"?`;
  throw failure('check.invalid', `${relation} has no column ${name}.`, { path, hint });
}

async function requirePattern(pattern: string, path: Path, { engine, signal }: BindHost): Promise<void> {
  try {
    await engine.describe(`SELECT ${regexp}('', ${quoteLiteral(pattern)})`, { signal });
  } catch (thrown) {
    const error = asSluiceError(thrown);
    if (isCancelled(error) || error.code === 'engine.died') throw error;
    const message = `The pattern is no regular expression that RE2 knows: ${error.message}.`;
    throw failure('check.invalid', message, { path, cause: error.issue.cause });
  }
}

/** What an expression reads besides its relation. It must be true or false for a row, without aggregates and windows. */
async function readsOf(
  { sql: expression, query: typed, typedOffset }: Rewritten,
  path: Path,
  relation: Checked,
  visible: readonly Visible[],
  { engine, signal, dialect }: BindHost,
): Promise<Map<string, number>> {
  const before = 'SELECT (\n';
  const between = `\n) AS "value" FROM ${quoteIdentifier(relation.name)} WHERE NOT (\n`;
  try {
    const query = `${before}${expression}${between}${expression}\n)`;
    const others = visible.filter(isKnown).filter(({ name }) => name !== relation.name);
    const { columns, scans } = await engine.bind(query, [...others, relation], { signal, dialect });
    const type = columns[0]?.type;
    if (type === 'BOOLEAN') {
      const besides = [...scans].filter(([name]) => name !== relation.name);
      return new Map(besides.map(([name, count]) => [name, Math.ceil(count / 2)])); // it stands there twice
    }
    const hint = 'Write a comparison, such as amount > 0.';
    throw failure('check.invalid', `The expression is ${type ?? 'nothing'}, not true or false.`, { hint });
  } catch (thrown) {
    const { issue, cause } = asSluiceError(thrown);
    const { query: at, ...rest } = issue;
    if (!at) throw new SluiceError({ path, ...rest }, { cause });
    const second = before.length + expression.length + between.length;
    const inside = at.offset - (at.offset < second ? before.length : second);
    // An expression that ends too early fails at what we put behind it.
    const offset = typedOffset(Math.min(Math.max(inside, 0), expression.length));
    throw new SluiceError({ ...rest, path, query: { sql: typed, offset } }, { cause });
  }
}

function isMissingStage(thrown: unknown): boolean {
  return (
    thrown instanceof SluiceError &&
    thrown.code === 'sql.binding' &&
    /^Table with name .* does not exist/.test(thrown.message)
  );
}

// Views over files: how a format names the columns of what DuckDB reads.
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { Column, Engine, Work } from '../platform.ts';

/** `{'a': 'BIGINT', 'b': 'VARCHAR'}`: a column list as DuckDB's readers take it. */
export function columnMap(columns: readonly Column[]): string {
  return `{${columns.map((column) => `${quoteLiteral(column.name)}: ${quoteLiteral(column.type)}`).join(', ')}}`;
}

/** `read_csv('file', header = true, …)`: a call of a reader with named options. */
export function readerCall(reader: string, file: string, options: Readonly<Record<string, string>>): string {
  const named = Object.entries(options).map(([name, value]) => `, ${name} = ${value}`);
  return `${reader}(${quoteLiteral(file)}${named.join('')})`;
}

/** Makes view `name` over a table expression. */
export async function createView(engine: Engine, name: string, expression: string, work: Work): Promise<void> {
  await engine.execute(`CREATE VIEW ${quoteIdentifier(name)} AS SELECT * FROM ${expression}`, { signal: work.signal });
}

/** Makes view `name` over a table expression whose columns are cast from one list of types to another. */
export async function createCastView(
  engine: Engine,
  name: string,
  expression: string,
  from: readonly Column[],
  to: readonly Column[],
  work: Work,
): Promise<void> {
  const items = to.map((column, index) => {
    const identifier = quoteIdentifier(column.name);
    return from[index]?.type === column.type ? identifier : `CAST(${identifier} AS ${column.type}) AS ${identifier}`;
  });
  const statement = `CREATE VIEW ${quoteIdentifier(name)} AS SELECT ${items.join(', ')} FROM ${expression}`;
  await engine.execute(statement, { signal: work.signal });
}

/** Makes view `name` with these columns and no rows. */
export async function createEmptyView(
  engine: Engine,
  name: string,
  columns: readonly Column[],
  work: Work,
): Promise<void> {
  const items = columns.map((column) => `NULL::${column.type} AS ${quoteIdentifier(column.name)}`);
  await createView(engine, name, `(SELECT ${items.join(', ')}) WHERE false`, work);
}

// Views over files: how a format names the columns of what DuckDB reads.
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { Column, Engine, Work } from '../platform.ts';
import type { OpenedRelation } from './format.ts';

/** `{'a': 'BIGINT', 'b': 'VARCHAR'}`: a column list as DuckDB's readers take it. */
export function columnMap(columns: readonly Column[]): string {
  return `{${columns.map((column) => `${quoteLiteral(column.name)}: ${quoteLiteral(column.type)}`).join(', ')}}`;
}

/** `read_csv('file', header = true, …)`: a call of a reader with named options, for one file or several. */
export function readerCall(
  reader: string,
  files: string | readonly string[],
  options: Readonly<Record<string, string>>,
): string {
  const named = Object.entries(options).map(([name, value]) => `, ${name} = ${value}`);
  const list = typeof files === 'string' ? quoteLiteral(files) : `[${files.map(quoteLiteral).join(', ')}]`;
  return `${reader}(${list}${named.join('')})`;
}

/** Makes view `name` over a table expression. */
export async function createView(engine: Engine, name: string, expression: string, work: Work): Promise<void> {
  await engine.execute(`CREATE VIEW ${quoteIdentifier(name)} AS SELECT * FROM ${expression}`, { signal: work.signal });
}

/** Makes view `name` over a table expression whose columns are cast from one list of types to another; `more` follow. */
export async function createCastView(
  engine: Engine,
  name: string,
  expression: string,
  from: readonly Column[],
  to: readonly Column[],
  work: Work,
  more: readonly string[] = [],
): Promise<void> {
  const items = to.map((column, index) => {
    const identifier = quoteIdentifier(column.name);
    return from[index]?.type === column.type ? identifier : `CAST(${identifier} AS ${column.type}) AS ${identifier}`;
  });
  const selected = [...items, ...more].join(', ');
  const statement = `CREATE VIEW ${quoteIdentifier(name)} AS SELECT ${selected} FROM ${expression}`;
  await engine.execute(statement, { signal: work.signal });
}

/** A relation with these columns and no rows. */
export function emptyRelation(columns: readonly Column[]): OpenedRelation {
  const items = columns.map((column) => `NULL::${column.type} AS ${quoteIdentifier(column.name)}`);
  return {
    columns,
    relate: async (name, { platform, work }) => {
      await createView(platform.engine, name, `(SELECT ${items.join(', ')}) WHERE false`, work);
      return { rows: 0 };
    },
  };
}

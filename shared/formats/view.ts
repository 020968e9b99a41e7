// Views over files: how a format names the columns of what DuckDB reads.
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { Column, Engine, Work } from '../platform.ts';
import type { DeclaredColumn } from './column.schema.ts';
import { duckdbTypeOf } from './datatypes.ts';
import { limitOf, type DeclaredLimit } from './declared-limits.ts';
import { exactSelect } from './exact-cast.ts';
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

/** A column as a source wants it. */
export interface WantedColumn extends Column {
  /** Whether NULL is one of its values; it is by default. */
  readonly nullable?: boolean | undefined;
  /** Whether a value may change to fit the type. */
  readonly lossy?: boolean | undefined;
  /** What it takes less than its type. */
  readonly limit?: DeclaredLimit | undefined;
  /** The SQL that reads it; its name by default. */
  readonly item?: string | undefined;
}

/** The column that a field of a declared schema asks for. */
export function wantedColumn({ name, data_type, nullable, lossy }: DeclaredColumn): WantedColumn {
  return { name, type: duckdbTypeOf(data_type), nullable, lossy, limit: limitOf(data_type) };
}

/** Makes view `name` over a table expression whose columns are cast, exactly, from one list of types to another. */
export async function createCastView(
  engine: Engine,
  name: string,
  expression: string,
  from: readonly Column[],
  to: readonly WantedColumn[],
  work: Work,
  more: readonly string[] = [],
): Promise<void> {
  const columns = to.map((column, index) => ({ ...column, from: from[index]?.type ?? column.type }));
  const select = exactSelect(name, columns, expression, more);
  await engine.execute(`CREATE VIEW ${quoteIdentifier(name)} AS ${select}`, { signal: work.signal });
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

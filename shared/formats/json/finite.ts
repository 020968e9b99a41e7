// NaN and infinity, which JSON does not have: they are written as null, in lists, structs and maps as well, and the
// columns that have held any are told. Counted by sequences, so that the rows are computed once.
import type { Column, Engine, Work } from '../../platform.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { parseType, type DuckDBType } from '../../sql/types.ts';
import { readRows } from '../../values/read.ts';

/** Queries so far, so that no two count with the same sequences. */
let made = 0;

export interface FiniteQuery {
  readonly query: string;
  /** Once the query has run: the columns that held values which are no finite numbers. */
  changed(): Promise<readonly string[]>;
  /** Removes what was made for counting. */
  close(): Promise<void>;
}

/** The query with NULL for what is no finite number; the same query where no column can hold such a value. */
export async function finiteQuery(
  engine: Engine,
  query: string,
  columns: readonly Column[],
  work: Work,
): Promise<FiniteQuery> {
  const mark = `finite ${++made} `;
  const counters: { readonly name: string; readonly sequence: string }[] = [];
  const items = columns.map(({ name, type }, index) => {
    const sequence = `${mark}${index}`;
    const identifier = quoteIdentifier(name);
    const finite = finiteItem(identifier, parseType(type), sequence, 0);
    if (finite === undefined) return identifier;
    counters.push({ name, sequence });
    return `${finite} AS ${identifier}`;
  });
  const { signal } = work;
  for (const { sequence } of counters) await engine.execute(`CREATE SEQUENCE ${quoteIdentifier(sequence)}`, { signal });
  return {
    query: counters.length === 0 ? query : `SELECT ${items.join(', ')} FROM (\n${query}\n)`,
    changed: async () => {
      if (counters.length === 0) return [];
      const used = `SELECT sequence_name FROM duckdb_sequences()
        WHERE starts_with(sequence_name, ${quoteLiteral(mark)}) AND last_value IS NOT NULL`;
      const names = new Set((await readRows(engine, used, { signal })).map(([name]) => name));
      return counters.filter(({ sequence }) => names.has(sequence)).map(({ name }) => name);
    },
    close: async () => {
      for (const { sequence } of counters) await engine.execute(`DROP SEQUENCE IF EXISTS ${quoteIdentifier(sequence)}`);
    },
  };
}

/** Undefined where a value of the type holds no floating-point number. */
function finiteItem(item: string, type: DuckDBType, sequence: string, depth: number): string | undefined {
  const element = `element${depth}`;
  switch (type.kind) {
    case 'scalar':
      if (type.name !== 'FLOAT' && type.name !== 'DOUBLE') return undefined;
      return `CASE WHEN isfinite(${item}) THEN ${item} WHEN ${item} IS NULL OR nextval(${quoteLiteral(
        quoteIdentifier(sequence),
      )}) IS NULL THEN NULL END`;
    case 'list':
    case 'array': {
      const inner = finiteItem(element, type.element, sequence, depth + 1);
      return inner && `list_transform(${item}, lambda ${element}: ${inner})`;
    }
    case 'struct': {
      const parts = type.fields.map((field) => {
        const part = `struct_extract(${item}, ${quoteLiteral(field.name)})`;
        return { name: field.name, part, inner: finiteItem(part, field.type, sequence, depth) };
      });
      if (parts.every(({ inner }) => inner === undefined)) return undefined;
      const fields = parts.map(({ name, part, inner }) => `${quoteIdentifier(name)} := ${inner ?? part}`);
      return `CASE WHEN ${item} IS NOT NULL THEN struct_pack(${fields.join(', ')}) END`;
    }
    case 'map': {
      const inner = finiteItem(`${element}.value`, type.value, sequence, depth + 1);
      if (inner === undefined) return undefined;
      const entries = `list_transform(map_entries(${item}), lambda ${element}: struct_pack(k := ${element}.key, v := ${inner}))`;
      return `CASE WHEN ${item} IS NOT NULL THEN map_from_entries(${entries}) END`;
    }
    default:
      return undefined;
  }
}

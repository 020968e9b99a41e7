// Parquet by native DuckDB's own reader: one call for all files.
import type { Column, Engine, Work } from '../../platform.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { rowsOf } from '../../values/codec.ts';
import { explainFile } from '../explain.ts';
import type { FileInput, ReadContext } from '../format.ts';
import { enginePartitions, partitionItems } from '../partitions.ts';
import { readerCall } from '../view.ts';
import type { OpenedFiles } from './read.ts';

/** Fails with file.corrupt, and with document.unsupported for encrypted files. */
export async function openNatively(input: FileInput, context: ReadContext): Promise<OpenedFiles> {
  try {
    return await openAll(input, context);
  } catch (thrown) {
    throw explainFile(thrown, input.files);
  }
}

async function openAll(input: FileInput, { platform: { engine }, work }: ReadContext): Promise<OpenedFiles> {
  const paths = input.files.map((file) => file.engineName);
  const columns = await engine.describe(
    `FROM ${readerCall('read_parquet', paths.slice(0, 1), { hive_partitioning: 'false' })}`,
    work,
  );
  const first = new Set(columns.map((column) => column.name));
  const names = paths.length === 1 ? [first] : await namesOf(engine, paths, work);
  // Reading by the union of all names opens every file first, so it is asked for only where names differ.
  const differ = names.some((each) => each.size !== first.size || [...each].some((name) => !first.has(name)));
  const options = { ...enginePartitions(input), ...(differ ? { union_by_name: 'true' } : {}) };
  const call = readerCall('read_parquet', paths, options);
  return {
    columns,
    names,
    relate: async (relation, wanted, now) => {
      const items = wanted.map((column) => itemOf(column, columns, names));
      const selected = [...items, ...partitionItems(input)].join(', ');
      const statement = `CREATE VIEW ${quoteIdentifier(relation)} AS SELECT ${selected} FROM ${call}`;
      await engine.execute(statement, { signal: now.work.signal });
      return {};
    },
  };
}

/** The column as the first file has it, then as it is wanted. */
function itemOf({ name, type }: Column, first: readonly Column[], names: readonly ReadonlySet<string>[]): string {
  const identifier = quoteIdentifier(name);
  const stored = first.find((column) => column.name === name);
  if (stored) {
    const cast = names.length === 1 ? identifier : `CAST(${identifier} AS ${stored.type})`;
    return stored.type === type ? `${cast} AS ${identifier}` : `CAST(${cast} AS ${type}) AS ${identifier}`;
  }
  const elsewhere = names.some((each) => each.has(name));
  return `CAST(${elsewhere ? identifier : 'NULL'} AS ${type}) AS ${identifier}`;
}

/** The names of each file's columns: the children of the schema's root. */
async function namesOf(engine: Engine, paths: readonly string[], work: Work): Promise<ReadonlySet<string>[]> {
  const list = paths.map(quoteLiteral).join(', ');
  const query = `SELECT file_name, name, coalesce(num_children, 0) FROM parquet_schema([${list}])`;
  const { columns, batches } = await engine.query(query, work);
  const schemas = new Map<string, { names: Set<string>; pending: number }>();
  for await (const batch of batches) {
    for (const [file, name, count] of rowsOf(batch, columns) as [string, string, string][]) {
      const children = Number(count);
      const schema = schemas.get(file);
      // Elements stand in depth-first order: `pending` counts those that are still to come below the last top-level one.
      if (!schema) schemas.set(file, { names: new Set(), pending: 0 });
      else if (schema.pending > 0) schema.pending += children - 1;
      else {
        schema.names.add(name);
        schema.pending = children;
      }
    }
  }
  return paths.map((path) => schemas.get(path)?.names ?? new Set());
}

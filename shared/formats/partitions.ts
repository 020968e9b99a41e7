// Columns whose values are in the paths of files: how DuckDB's readers get to see them.
import { failure } from '../errors.ts';
import { engineKey } from '../locations/partitions.ts';
import type { Column } from '../platform.ts';
import { foldName } from '../sql/names.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { FileInput } from './format.ts';
import { columnMap } from './view.ts';

/** The columns of the files and then those of their paths. Fails with file.partition where both have one. */
export function withPartitions(columns: readonly Column[], { name, partitions }: FileInput): Column[] {
  const names = new Set(columns.map((column) => foldName(column.name)));
  const twice = partitions.find((column) => names.has(foldName(column.name)));
  if (!twice) return [...columns, ...partitions];
  throw failure(
    'file.partition',
    `${twice.name} is a column of the files of ${name} and one of its partition columns.`,
    {
      hint: 'Remove it from `partition_columns`.',
    },
  );
}

/** The options of DuckDB's readers that make columns of the paths, or of none. */
export function enginePartitions({ partitions }: FileInput): Record<string, string> {
  if (partitions.length === 0) return { hive_partitioning: 'false' };
  const types = partitions.map(({ type }, index) => ({ name: engineKey(index), type }));
  return { hive_partitioning: 'true', hive_types: columnMap(types) };
}

/** The columns under the names that such a reader gives them; as texts, where our own code reads the files. */
export function partitionColumns({ partitions }: FileInput): Column[] {
  return partitions.map((_, index) => ({ name: engineKey(index), type: 'VARCHAR' }));
}

/** What selects them under their own names and in their own types. */
export function partitionItems({ partitions }: FileInput): string[] {
  return partitions.map(({ name, type }, index) => `CAST(${engineKey(index)} AS ${type}) AS ${quoteIdentifier(name)}`);
}

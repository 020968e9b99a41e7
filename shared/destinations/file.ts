// Destination `file`: one CSV, JSON or Parquet file, or a folder of them, that appears whole or not at all.
import { failure } from '../errors.ts';
import { hasScheme } from '../locations/address.ts';
import { unwritable } from '../locations/http.ts';
import type { Column, Platform, Work } from '../platform.ts';
import { foldName } from '../sql/names.ts';
import { parseType } from '../sql/types.ts';
import type { DestinationContext, WriteDestination, Written } from './destination.ts';
import type { FileDestination } from './file.schema.ts';
import { writePartitions } from './partitions.ts';
import { endingOf, formatFor, writeFormat } from './write-format.ts';

export const writeFile: WriteDestination<FileDestination> = (query, destination, context) =>
  isFolder(destination) ? writeFolder(query, destination, context) : writeSingle(query, destination, context);

/**
 * Fails where it is known beforehand that these columns cannot be written: file.exists, file.forbidden, document.invalid
 * with the path of the field, type.unsupported.
 */
export async function requireWritable(
  destination: FileDestination,
  columns: readonly Column[],
  { files }: Platform,
  work: Work,
): Promise<void> {
  const { location, mode } = destination;
  if (hasScheme(location) && !/^file:/i.test(location)) throw unwritable(location);
  if (isFolder(destination)) requirePartitions(destination, columns);
  const target = isFolder(destination)
    ? await files.createFolder(folderOf(location), mode)
    : await files.create(location, work);
  await target.abort();
}

function isFolder({ location, single_file, partition_columns }: FileDestination): boolean {
  return partition_columns.length > 0 || !single_file || location.endsWith('/');
}

function folderOf(location: string): string {
  return location.replace(/(?<=.)\/+$/, '');
}

async function writeSingle(query: string, destination: FileDestination, context: DestinationContext): Promise<Written> {
  const { location } = destination;
  const format = formatFor(destination.format, location);
  const file = await context.platform.files.create(location, context.work);
  try {
    const rows = await context.writing(() => writeFormat(query, format, file, context));
    return { rows, bytes: await file.commit() };
  } finally {
    await file.abort(); // frees what a failure left; nothing to do after a commit
  }
}

async function writeFolder(query: string, destination: FileDestination, context: DestinationContext): Promise<Written> {
  const { location, mode, partition_columns, format } = destination;
  const folder = await context.platform.files.createFolder(folderOf(location), mode);
  try {
    if (partition_columns.length > 0) return await writePartitions(query, destination, folder, context);
    const file = await folder.create(`part-0.${endingOf(format)}`);
    try {
      const rows = await context.writing(() => writeFormat(query, format, file, context));
      await file.commit();
      return { rows, ...(await folder.commit()) };
    } finally {
      await file.abort();
    }
  } finally {
    await folder.abort();
  }
}

/** A partition column is one of the columns, its values are plain, and something is left beside them. */
function requirePartitions({ partition_columns }: FileDestination, columns: readonly Column[]): void {
  const types = new Map(columns.map(({ name, type }) => [foldName(name), parseType(type)]));
  const seen = new Set<string>();
  partition_columns.forEach((name, index) => {
    const path = ['destination', 'partition_columns', index];
    const type = types.get(foldName(name));
    if (!type) {
      throw failure('document.invalid', `There is no column ${name} to part the output by.`, {
        path,
        hint: `The columns are ${columns.map((column) => column.name).join(', ')}.`,
      });
    }
    if (seen.has(foldName(name))) throw failure('document.invalid', `${name} is named twice.`, { path });
    if (!['scalar', 'decimal', 'enum'].includes(type.kind) || (type.kind === 'scalar' && type.name === 'BLOB')) {
      const message = `The output cannot be parted by ${name}: its values do not fit into the name of a folder.`;
      throw failure('type.unsupported', message, { path });
    }
    seen.add(foldName(name));
  });
  if (seen.size < types.size || seen.size === 0) return;
  throw failure('document.invalid', 'All columns are partition columns, so nothing is left to write.', {
    path: ['destination', 'partition_columns'],
  });
}

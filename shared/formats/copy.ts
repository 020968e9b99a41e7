// Writing a query out by DuckDB's own COPY, where it has the format.
import type { NewFile } from '../platform.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { WriteContext } from './format.ts';

/** Runs `COPY (query) TO …` with these options and answers the number of rows. */
export async function copyOut(
  query: string,
  file: NewFile,
  { platform, work, partitionBy }: WriteContext,
  options: Readonly<Record<string, string>>,
): Promise<number> {
  const parted = partitionBy && { PARTITION_BY: `(${partitionBy.map(quoteIdentifier).join(', ')})` };
  // The file is a temporary one already.
  const all = { ...options, ...(parted ?? { USE_TMP_FILE: 'false' }) };
  const list = Object.entries(all).map(([name, value]) => `${name} ${value}`);
  const target = quoteLiteral(await file.engineName());
  const rows = await platform.engine.execute(`COPY (\n${query}\n) TO ${target} (${list.join(', ')})`, work);
  return rows ?? 0;
}

// Writing a query out by DuckDB's own COPY, where it has the format.
import type { NewFile } from '../platform.ts';
import { quoteLiteral } from '../sql/quote.ts';
import type { FormatContext } from './format.ts';

/** Runs `COPY (query) TO …` with these options and answers the number of rows. */
export async function copyOut(
  query: string,
  file: NewFile,
  { platform, work }: FormatContext,
  options: Readonly<Record<string, string>>,
): Promise<number> {
  // The file is a temporary one already.
  const list = Object.entries({ ...options, USE_TMP_FILE: 'false' }).map(([name, value]) => `${name} ${value}`);
  const target = quoteLiteral(await file.engineName());
  const rows = await platform.engine.execute(`COPY (\n${query}\n) TO ${target} (${list.join(', ')})`, work);
  return rows ?? 0;
}

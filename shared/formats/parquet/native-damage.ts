// Which file native DuckDB could not read, and why: it names the file in some of its complaints only.
import { SluiceError } from '../../errors.ts';
import type { Column, Engine, OpenFile, Work } from '../../platform.ts';
import { misfitFailure } from '../../sql/misfit.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { readRows } from '../../values/read.ts';
import { explainFile, fileNamedIn, wordsOf } from '../explain.ts';
import type { FormatContext } from '../format.ts';
import { damagedParquet, isBeyondRange, parquetComplaint, unreadableParquet } from './damage.ts';

type Named = Pick<OpenFile, 'engineName' | 'location'>;

/** What is to be thrown where a statement of ours has failed that only looks at the footers of these files. */
export async function explainParquet(
  thrown: unknown,
  files: readonly OpenFile[],
  { platform: { engine }, work }: FormatContext,
): Promise<unknown> {
  if (!(thrown instanceof SluiceError) || !/^(?:sql\.|file\.corrupt$)/.test(thrown.code))
    return explainFile(thrown, files);
  const named = fileNamedIn(thrown, files);
  if (named) return ofFooter(named, wordsOf(thrown));
  for (const file of files) {
    const call = quoteLiteral(file.engineName);
    const told =
      (await complaintAbout(engine, `SELECT name FROM parquet_schema(${call})`, work)) ??
      (await complaintAbout(engine, `FROM read_parquet(${call}) LIMIT 0`, work));
    if (told !== undefined) return ofFooter(file, told);
  }
  return explainFile(thrown, files);
}

function ofFooter({ engineName, location }: Named, words: string): SluiceError {
  const told = words.replaceAll(engineName, location);
  return parquetComplaint(told, location) ?? damagedParquet(location, 'its footer is damaged.', told);
}

/**
 * The first file whose data cannot be read, with the first column of that sort, where DuckDB has failed on data. All that a
 * file holds is read for it.
 */
export async function damageOf(
  told: SluiceError,
  files: readonly (Named & { readonly columns: readonly Column[] })[],
  { platform: { engine }, work }: FormatContext,
): Promise<SluiceError | undefined> {
  if (told.code === 'engine.died') return undefined; // there is nothing to ask any more
  for (const { location, engineName, columns } of files) {
    const call = quoteLiteral(engineName);
    const read = (names: readonly string[]): Promise<string | undefined> => {
      const items = names.map(quoteIdentifier).join(', ');
      return complaintAbout(engine, `SELECT bit_xor(hash(${items})) FROM read_parquet(${call})`, work);
    };
    const all = columns.map(({ name }) => name);
    const words = await read(all);
    if (words === undefined) continue;
    const cause = words.replaceAll(engineName, location);
    if (await hasEncryption(engine, call, work)) return unreadableParquet(location, 'has encrypted columns', cause);
    const complaint = parquetComplaint(cause, location);
    if (complaint?.code === 'document.unsupported') return complaint;
    for (const { name: column, type } of columns) {
      const own = await read([column]);
      if (own === undefined) continue;
      if (isBeyondRange(own)) return misfitFailure({ relation: location, column, type, beyond: true }, location);
      return damagedParquet(location, `the data of column ${column} is damaged.`, cause);
    }
    return damagedParquet(location, 'its data is damaged.', cause);
  }
  return undefined;
}

/** Whether a footer that is not encrypted names an algorithm: columns of the file are. */
async function hasEncryption(engine: Engine, call: string, work: Work): Promise<boolean> {
  const query = `SELECT 1 FROM parquet_file_metadata(${call}) WHERE encryption_algorithm IS NOT NULL`;
  // v1.5.6 cannot read an algorithm that brings bytes of its own, and there is nothing else in bytes.
  if ((await complaintAbout(engine, query, work))?.startsWith('Invalid unicode')) return true;
  return (await readRows(engine, query, work)).length > 0;
}

/** What DuckDB says of a file's content when it runs a query over it. Other errors are thrown. */
async function complaintAbout(engine: Engine, query: string, work: Work): Promise<string | undefined> {
  try {
    const { batches } = await engine.query(query, { ...work, dialect: 'duckdb' });
    for await (const batch of batches) if (batch.numRows < 0) break;
    return undefined;
  } catch (thrown) {
    if (thrown instanceof SluiceError && isAboutContent(thrown)) return wordsOf(thrown);
    throw thrown;
  }
}

function isAboutContent(error: SluiceError): boolean {
  return error.code === 'file.corrupt' || error.code.startsWith('sql.');
}

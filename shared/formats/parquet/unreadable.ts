// Values that DuckDB's own reader of Parquet stops at without naming file and column (v1.5.6): looked for once more.
import { failure, messageOf, SluiceError } from '../../errors.ts';
import type { Column, OpenFile } from '../../platform.ts';
import { misfitFailure } from '../../sql/misfit.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { readRows } from '../../values/read.ts';
import type { FormatContext } from '../format.ts';
import { readerCall } from '../view.ts';

const beyond = /Could not convert Timestamp\((MS|NS|SEC)\)|Invalid decimal encoding in Parquet file/;
const unreadable = /Invalid JSON found in Parquet file/;

/** Whether an error is about a value in some Parquet file that a statement has read. */
export function isUnreadableValue(thrown: SluiceError): boolean {
  return thrown.code.startsWith('sql.') && (beyond.test(thrown.message) || unreadable.test(thrown.message));
}

/** The same error with the first file and column that it is true of. */
export async function unreadableValue(
  files: readonly (Pick<OpenFile, 'location' | 'engineName'> & { readonly columns: readonly Column[] })[],
  { platform: { engine }, work }: FormatContext,
): Promise<SluiceError | undefined> {
  for (const { location, engineName, columns } of files) {
    const call = readerCall('read_parquet', [engineName], { hive_partitioning: 'false' });
    for (const { name, type } of columns) {
      try {
        await readRows(engine, `SELECT max(hash(${quoteIdentifier(name)})) FROM ${call}`, work);
      } catch (reason) {
        if (!(reason instanceof SluiceError) || !isUnreadableValue(reason)) throw reason;
        if (beyond.test(reason.message)) {
          return misfitFailure({ relation: location, column: name, type, beyond: true }, location);
        }
        const message = `${location} cannot be read in column ${name}: ${messageOf(reason)}`;
        return failure('file.corrupt', message, {
          cause: reason,
          hint: 'Mend the value, or write the column as text.',
        });
      }
    }
  }
  return undefined;
}

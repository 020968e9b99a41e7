// Proves at start that our binding to DuckDB's C API fits the DuckDB that was loaded: a scan in JavaScript gives the right
// rows. The binding stands on facts that no document promises, see capi/functions.ts.
import { Float64, Table, tableFromIPC, Utf8, vectorFromArray, type RecordBatch } from 'apache-arrow';
import { selectColumns } from '../../shared/values/select.ts';
import type { Database } from './database.ts';

const columns = [
  { name: 'number', type: 'DOUBLE' },
  { name: 'text', type: 'VARCHAR' },
];

/** Whether it fits. Where it does not, the database must not be used any more. */
export function passesSelfTest(database: Database): boolean {
  const connection = database.connect();
  try {
    const pulled = database.pulls?.pull(columns, (wanted) => [selectColumns(rows(), wanted)]);
    const query = `SELECT text AS answer FROM ${pulled?.expression ?? ''} WHERE number = 2.5`;
    const result = tableFromIPC(database.bindings.runQuery(connection, query));
    pulled?.close();
    database.bindings.disconnect(connection);
    return result.numRows === 1 && result.getChild('answer')?.get(0) === 'a text of the second row';
  } catch {
    return false; // a trap, or an error: either way it does not fit
  }
}

function rows(): RecordBatch {
  const number = vectorFromArray([1.5, 2.5], new Float64());
  const text = vectorFromArray(['short', 'a text of the second row'], new Utf8());
  const [batch] = new Table({ number, text }).batches;
  if (!batch) throw new Error('Arrow made no batch.');
  return batch;
}

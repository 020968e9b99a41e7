// Proves at start that our binding to DuckDB's C API fits the DuckDB that was loaded: a scan in JavaScript gives the right
// rows. The binding stands on facts that no document promises, see capi/functions.ts.
import { makeData, RecordBatch, Schema, Struct, tableFromIPC, type Field } from 'apache-arrow';
import { builderFor } from '../../shared/formats/json/builders.ts';
import { JsonNumber, type Json } from '../../shared/formats/json/value.ts';
import { parseType } from '../../shared/sql/types.ts';
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
  const struct = builderFor({
    kind: 'struct',
    fields: columns.map(({ name, type }) => ({ name, type: parseType(type) })),
  });
  struct.add(new Map<string, Json>([['number', new JsonNumber('1.5')], ['text', 'short']]));
  struct.add(new Map<string, Json>([['number', new JsonNumber('2.5')], ['text', 'a text of the second row']]));
  const { type, length, children } = struct.take();
  const fields: Field[] = type.children;
  return new RecordBatch(new Schema(fields), makeData({ type: new Struct(fields), length, nullCount: 0, children }));
}

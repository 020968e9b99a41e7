// Writing JSON lines: by DuckDB where it has JSON, else by the same text made here (see values/json.ts).
import type { Column, NewFile } from '../../platform.ts';
import { parseType, type DuckDBType } from '../../sql/types.ts';
import { rowsOf } from '../../values/codec.ts';
import { jsonOf, jsonText } from '../../values/json.ts';
import { isJsonText, tellText } from '../as-text.ts';
import { castQuery } from '../cast.ts';
import { copyOut } from '../copy.ts';
import { note, type FormatContext, type FormatWriter, type WriteContext } from '../format.ts';
import { GzipWriter } from '../gzip.ts';
import type { JsonWriteOptions } from '../json.schema.ts';
import { finiteQuery } from './finite.ts';

/** Characters that are gathered before they are written. */
const pieceLength = 1024 * 1024;

export const writeJson: FormatWriter<JsonWriteOptions> = async (query, file, { compression }, context) => {
  const { engine } = context.platform;
  const columns = await engine.describe(query, context.work);
  tellText('JSON', columns, isJsonText, context);
  const finite = await finiteQuery(engine, query, columns, context.work);
  try {
    const rows = await write(finite.query, columns, file, compression, context);
    const changed = await finite.changed();
    if (changed.length > 0) {
      const message = `JSON has neither NaN nor infinity, so that values of ${changed.join(', ')} are written as null.`;
      context.notify(note('type.converted', 'warning', message, 'Replace them in a stage.'));
    }
    return rows;
  } finally {
    if (!context.work.signal?.aborted) await finite.close(); // else the run's end does it
  }
};

async function write(
  query: string,
  columns: readonly Column[],
  file: NewFile,
  compression: JsonWriteOptions['compression'],
  context: WriteContext,
): Promise<number> {
  if (context.platform.engine.formats.has('json') && !columns.some(({ type }) => isAllFraction(parseType(type)))) {
    const exact = castQuery(query, columns, plainType).query;
    return copyOut(exact, file, context, { FORMAT: 'json', COMPRESSION: compression === 'gzip' ? 'gzip' : 'none' });
  }
  if (compression !== 'gzip') return writeLines(query, file, context);
  const gzip = new GzipWriter(file);
  try {
    const rows = await writeLines(query, gzip, context);
    await gzip.close();
    return rows;
  } catch (thrown) {
    await gzip.abort(thrown);
    throw thrown;
  }
}

/** DuckDB's own JSON has no zero before `.5` of a wide DECIMAL(n,n), and forms of its own for UNION and unnamed STRUCT. */
function plainType(type: DuckDBType): DuckDBType {
  if (type.kind === 'union' || type.kind === 'tuple') return { kind: 'scalar', name: 'VARCHAR' };
  if (type.kind === 'list' || type.kind === 'array') return { ...type, element: plainType(type.element) };
  if (type.kind === 'map') return { ...type, value: plainType(type.value) };
  if (type.kind === 'struct') {
    return { kind: 'struct', fields: type.fields.map((field) => ({ ...field, type: plainType(field.type) })) };
  }
  const bare = type.kind === 'decimal' && type.scale === type.precision && type.precision < 38;
  return bare ? { ...type, precision: type.precision + 1 } : type;
}

/** Whether there is a DECIMAL(38,38) in it, of which no type has a digit more. */
function isAllFraction(type: DuckDBType): boolean {
  if (type.kind === 'list' || type.kind === 'array') return isAllFraction(type.element);
  if (type.kind === 'struct') return type.fields.some((field) => isAllFraction(field.type));
  if (type.kind === 'map') return isAllFraction(type.value);
  return type.kind === 'decimal' && type.precision === 38 && type.scale === 38;
}

async function writeLines(
  query: string,
  file: Pick<NewFile, 'write'>,
  { platform, work }: FormatContext,
): Promise<number> {
  const { columns, batches } = await platform.engine.query(query, work);
  const encoder = new TextEncoder();
  const keys = columns.map(({ name, type }) => ({ key: jsonText(name), type: parseType(type) }));
  let [rows, text] = [0, ''];
  for await (const batch of batches) {
    for (const row of rowsOf(batch, columns)) {
      const fields = keys.map(({ key, type }, index) => `${key}:${jsonOf(row[index] ?? null, type)}`);
      text += `{${fields.join(',')}}\n`;
      if (text.length > pieceLength) {
        await file.write(encoder.encode(text));
        text = '';
      }
    }
    rows += batch.numRows;
  }
  if (text !== '') await file.write(encoder.encode(text));
  return rows;
}

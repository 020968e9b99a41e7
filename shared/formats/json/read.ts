// Reading JSON lines. Columns are declared or inferred from the first records, by the same code on both platforms.
import { failure } from '../../errors.ts';
import type { Column, OpenFile } from '../../platform.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { parseType, printType, type DuckDBType } from '../../sql/types.ts';
import { duckdbTypeOf } from '../datatypes.ts';
import { note, type FormatContext, type FormatReader } from '../format.ts';
import type { JsonReadOptions } from '../json.schema.ts';
import { columnMap, createCastView, createEmptyView, readerCall } from '../view.ts';
import { scanJson } from './decode.ts';
import { columnsOf, widenFields, type Shape } from './infer.ts';
import { linesOf, recordOf } from './lines.ts';
import { requireObserved } from './observe.ts';

/** Records that inference looks at. */
const sampleRecords = 20_480;

export const readJson: FormatReader<JsonReadOptions> = async (name, file, options, context) => {
  const { engine } = context.platform;
  const declared = options.schema.map((field) => ({ name: field.name, type: duckdbTypeOf(field.data_type) }));
  const sample = declared.length > 0 ? { columns: declared, whole: false } : await inferJson(file, context);
  const { columns } = sample;
  if (columns.length === 0) return emptyJson(name, file, context);
  const stored = columns.map((column) => ({ ...column, type: printType(storedType(parseType(column.type))) }));
  if (engine.formats.has('json')) {
    const reader = { format: `'newline_delimited'`, columns: columnMap(stored) };
    if (!sample.whole) await requireObserved(file, stored, context);
    await createCastView(engine, name, readerCall('read_json', file.engineName, reader), stored, columns, context.work);
    return {};
  }
  const same = stored.every((column, index) => column.type === columns[index]?.type);
  const staged = same ? name : `${name} (as stored)`;
  const rows = await engine.feed(staged, stored, scanJson(file, stored, context.onRead), context.work);
  if (!same) await createCastView(engine, name, quoteIdentifier(staged), stored, columns, context.work);
  return { rows };
};

/** The type that JSON itself can hold; the declared one is cast from it, so that both platforms convert alike. */
function storedType(type: DuckDBType): DuckDBType {
  if (type.kind === 'list') return { kind: 'list', element: storedType(type.element) };
  if (type.kind === 'struct') {
    return { kind: 'struct', fields: type.fields.map((field) => ({ ...field, type: storedType(field.type) })) };
  }
  if (type.kind !== 'scalar') return type.kind === 'map' ? refuseMap() : { kind: 'scalar', name: 'VARCHAR' };
  if (/^U?(TINYINT|SMALLINT|INTEGER|BIGINT)$/.test(type.name) && type.name !== 'UBIGINT') return scalar('BIGINT');
  if (type.name === 'FLOAT' || type.name === 'DOUBLE') return scalar('DOUBLE');
  return scalar(type.name === 'BOOLEAN' ? 'BOOLEAN' : 'VARCHAR');
}

function scalar(name: string): DuckDBType {
  return { kind: 'scalar', name };
}

function refuseMap(): never {
  throw failure('type.unsupported', 'A JSON source cannot be read as a map.', {
    hint: 'Declare a struct with the keys that are wanted.',
  });
}

async function inferJson(file: OpenFile, context: FormatContext): Promise<{ columns: Column[]; whole: boolean }> {
  const fields = new Map<string, Shape>();
  let seen = 0;
  for await (const lines of linesOf(file.stream(context.work.signal), file.location)) {
    for (const line of lines) {
      if (seen === sampleRecords) {
        const message = `The columns of ${file.location} were inferred from its first ${sampleRecords} records; keys that appear only later are left out.`;
        context.notify(note('format.sampled', 'info', message, 'Declare the columns with `schema`.'));
        return { columns: columnsOf(fields, file.location), whole: false };
      }
      widenFields(fields, recordOf(line, file.location) ?? {});
      seen++;
    }
  }
  return { columns: columnsOf(fields, file.location), whole: true };
}

async function emptyJson(name: string, file: OpenFile, context: FormatContext) {
  const columns = [{ name: 'json', type: 'VARCHAR' }];
  const message = `${file.location} has no records; ${name} has one column, json, and no rows.`;
  context.notify(note('file.no_columns', 'warning', message, 'Give the columns with `schema`.'));
  await createEmptyView(context.platform.engine, name, columns, context.work);
  return { rows: 0 };
}

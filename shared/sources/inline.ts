// Source `inline`: rows that stand in the document. They are read as a file of JSON lines or CSV would be, so that types
// come out the same, and the same on every platform.
import { failure, type Path } from '../errors.ts';
import { csvRead } from '../formats/csv.schema.ts';
import { readers } from '../formats/index.ts';
import { jsonRead } from '../formats/json.schema.ts';
import { compactText, JsonNumber, type Json, type JsonObject } from '../formats/json/value.ts';
import type { InlineSource } from './inline.schema.ts';
import type { OpenSource } from './source.ts';

export const openInline: OpenSource<InlineSource> = async ({ name, rows, csv, schema }, context) => {
  const text = csv ?? linesOf(rows ?? []);
  const label = csv === undefined ? 'inline rows' : 'inline csv';
  const file = await context.platform.files.hold(label, new TextEncoder().encode(text));
  context.keep(() => file.close());
  context.onOpen(file);
  const input = { name, files: [file], partitions: [] };
  if (csv !== undefined) {
    const { options } = csvRead.parse({ type: 'csv', options: { schema, compression: 'none' } });
    return readers.csv(input, options, context);
  }
  const { options } = jsonRead.parse({ type: 'json', options: { schema, layout: 'lines', compression: 'none' } });
  return readers.json(input, options, context);
};

function linesOf(rows: readonly JsonObject[]): string {
  rows.forEach((row, index) => requireFinite(row, ['rows', index]));
  return rows.map((row) => `${compactText(row)}\n`).join('');
}

/** JSON has no NaN and no infinity, which YAML and TOML have. */
function requireFinite(value: Json, path: Path): void {
  if (value instanceof JsonNumber && !/\d/.test(value.text)) {
    throw failure('type.unsupported', `${value.text} cannot stand in the rows of an inline source.`, {
      path,
      hint: 'Leave the value out, or compute it in a stage.',
    });
  }
  if (value instanceof Map) for (const [key, part] of value) requireFinite(part, [...path, key]);
  if (Array.isArray(value)) value.forEach((part, index) => requireFinite(part, [...path, index]));
}

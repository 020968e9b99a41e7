// Writing JSON lines: by DuckDB where it has JSON, else by the same text made here (see values/json.ts).
import type { NewFile } from '../../platform.ts';
import { parseType } from '../../sql/types.ts';
import { decoderFor } from '../../values/codec.ts';
import { jsonOf, jsonText } from '../../values/json.ts';
import { copyOut } from '../copy.ts';
import type { FormatContext, FormatWriter } from '../format.ts';
import type { JsonWriteOptions } from '../json.schema.ts';

/** Characters that are gathered before they are written. */
const pieceLength = 1024 * 1024;

export const writeJson: FormatWriter<JsonWriteOptions> = (query, file, _options, context) =>
  context.platform.engine.formats.has('json')
    ? copyOut(query, file, context, { FORMAT: 'json' })
    : writeLines(query, file, context);

async function writeLines(query: string, file: NewFile, { platform, work }: FormatContext): Promise<number> {
  const { columns, batches } = await platform.engine.query(query, work);
  const encoder = new TextEncoder();
  const types = columns.map((column) => parseType(column.type));
  const keys = columns.map((column) => jsonText(column.name));
  let [rows, text] = [0, ''];
  for await (const batch of batches) {
    const decoders = types.map((type, index) => decoderFor(type, batch.getChildAt(index)!));
    for (let row = 0; row < batch.numRows; row++) {
      const fields = decoders.map((decode, index) => `${keys[index]}:${jsonOf(decode(row), types[index]!)}`);
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

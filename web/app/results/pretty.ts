// A value laid out to be read: what has parts, over several lines; numbers keep all their digits.
import { parse, stringify } from 'lossless-json';
import type { Column } from '../../../shared/platform.ts';
import { parseType } from '../../../shared/sql/types.ts';
import type { Value } from '../../../shared/values/codec.ts';
import { jsonOf } from '../../../shared/values/json.ts';
import { displayText } from '../../../shared/values/text.ts';

/** The value as text; of a nested type or JSON, indented JSON. */
export function prettyText(value: Value, column: Column): string {
  const type = parseType(column.type);
  const isNested = typeof value === 'object' && value !== null;
  const isJson = type.kind === 'scalar' && type.name === 'JSON' && typeof value === 'string';
  const plain = displayText(value, type);
  return isNested || isJson ? (indented(jsonOf(value, type)) ?? plain) : plain;
}

/** Undefined where it is not quite JSON: NaN and the infinities are none. */
function indented(json: string): string | undefined {
  try {
    return stringify(parse(json), null, 2);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

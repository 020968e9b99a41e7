// Columns that a format without types holds as DuckDB's text: what they were cannot be told from the file.
import type { Column } from '../platform.ts';
import { parseType, type DuckDBType } from '../sql/types.ts';
import { note, type FormatContext } from './format.ts';

/** Tells which of the columns a format writes as text, by a test of their types. */
export function tellText(
  format: string,
  columns: readonly Column[],
  isText: (type: DuckDBType) => boolean,
  { notify }: FormatContext,
): void {
  const told = columns.filter(({ type }) => isText(parseType(type))).map(({ name, type }) => `${name} (${type})`);
  if (told.length === 0) return;
  notify(note('type.converted', 'info', `${format} has no equal type, so it holds ${told.join(', ')} as text.`));
}

/** Types that JSON has no customary text for, alone or as a part; keys of maps are texts there. */
export function isJsonText(type: DuckDBType): boolean {
  switch (type.kind) {
    case 'scalar':
      return /^(BLOB|BIT|INTERVAL|GEOMETRY.*)$/.test(type.name);
    case 'list':
    case 'array':
      return isJsonText(type.element);
    case 'struct':
      return type.fields.some((field) => isJsonText(field.type));
    case 'map':
      return isJsonText(type.value) || !isWord(type.key);
    case 'union':
    case 'tuple':
      return true;
    default:
      return false;
  }
}

/** Types whose values are more than one thing, or bytes. */
export function isCsvText(type: DuckDBType): boolean {
  if (type.kind === 'scalar') return /^(BLOB|GEOMETRY.*)$/.test(type.name);
  return type.kind !== 'decimal' && type.kind !== 'enum';
}

function isWord(type: DuckDBType): boolean {
  return type.kind === 'enum' || (type.kind === 'scalar' && type.name === 'VARCHAR');
}

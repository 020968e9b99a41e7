// Declared columns and the keys that records have for them: the key of that very name, else the one that differs from it
// only in case, because DuckDB's names know no upper and lower case.
import { failure } from '../../errors.ts';
import { foldName } from '../../sql/names.ts';
import { parseType, printType, type DuckDBType } from '../../sql/types.ts';
import { note, type FormatContext } from '../format.ts';
import type { WantedColumn } from '../view.ts';
import type { Shape } from './infer.ts';
import { sampleRecords, type Sampled } from './sample.ts';

/**
 * The declared columns under the names of the keys, also within structs. Tells keys that no record has. Fails with
 * type.unsupported where several keys differ from a name only in case.
 */
export function keyedColumns(
  declared: readonly WantedColumn[],
  { fields, whole, subject }: Sampled,
  { notify }: FormatContext,
): WantedColumn[] {
  const missing: string[] = [];
  const keyed = (name: string, siblings: ReadonlyMap<string, Shape>, path: string): string => {
    const key = keyFor(name, siblings, subject);
    if (key === undefined) missing.push(path);
    return key ?? name;
  };
  const typeWith = (type: DuckDBType, shape: Shape | undefined, path: string): DuckDBType => {
    if (type.kind === 'list' || type.kind === 'array') {
      const element = typeWith(type.element, shape?.kind === 'list' ? shape.element : undefined, `${path}[]`);
      return { ...type, element };
    }
    if (type.kind !== 'struct' || shape?.kind !== 'struct') return type;
    const members = type.fields.map((field) => {
      const name = keyed(field.name, shape.fields, `${path}.${field.name}`);
      return { name, type: typeWith(field.type, shape.fields.get(name), `${path}.${field.name}`) };
    });
    return { kind: 'struct', fields: members };
  };
  const columns = declared.map(({ name, type, lossy }) => {
    const key = keyed(name, fields, name);
    return { name: key, type: printType(typeWith(parseType(type), fields.get(key), name)), lossy };
  });
  if (missing.length > 0) {
    const records = whole ? `No record of ${subject}` : `None of the first ${sampleRecords} records of ${subject}`;
    const message = `${records} has the key ${missing.join(', ')}: NULL is read.`;
    notify(note('file.no_columns', 'warning', message, 'Check the names in `schema`.'));
  }
  return columns;
}

function keyFor(name: string, fields: ReadonlyMap<string, Shape>, subject: string): string | undefined {
  if (fields.has(name)) return name;
  const alike = [...fields.keys()].filter((key) => foldName(key) === foldName(name));
  if (alike.length < 2) return alike[0];
  throw failure('type.unsupported', `${subject} has the keys ${alike.join(' and ')} for the column ${name}.`, {
    hint: 'Declare the column with the very name of one of them.',
  });
}

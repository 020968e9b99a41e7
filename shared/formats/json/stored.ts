// The types that JSON itself can hold. A declared type is cast from one of them, so that both platforms convert alike.
import { failure } from '../../errors.ts';
import type { Column } from '../../platform.ts';
import { parseType, printType, type DuckDBType } from '../../sql/types.ts';

/** The columns as JSON stores them. Fails with type.unsupported for maps. */
export function storedColumns(columns: readonly Column[]): Column[] {
  return columns.map(({ name, type }) => ({ name, type: printType(storedType(parseType(type))) }));
}

function storedType(type: DuckDBType): DuckDBType {
  if (type.kind === 'list' || type.kind === 'array') return { kind: 'list', element: storedType(type.element) };
  if (type.kind === 'struct') {
    return { kind: 'struct', fields: type.fields.map((field) => ({ ...field, type: storedType(field.type) })) };
  }
  if (type.kind !== 'scalar') return type.kind === 'map' ? refuseMap() : { kind: 'scalar', name: 'VARCHAR' };
  if (/^U?(TINYINT|SMALLINT|INTEGER|BIGINT)$/.test(type.name) && type.name !== 'UBIGINT') return scalar('BIGINT');
  if (type.name === 'DOUBLE') return scalar('DOUBLE');
  // FLOAT is cast from the number's text, which a double on the way would round twice.
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

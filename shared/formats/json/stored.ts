// The types that JSON itself can hold. A declared type is cast from one of them, so that both platforms convert alike.
import { failure } from '../../errors.ts';
import type { Column } from '../../platform.ts';
import type { WantedColumn } from '../view.ts';
import { parseType, printType, type DuckDBType } from '../../sql/types.ts';

/** The columns as JSON stores them. Fails with type.unsupported for maps. */
export function storedColumns(columns: readonly WantedColumn[]): Column[] {
  return columns.map(({ name, type, lossy = false }) => {
    return { name, type: printType(storedType(parseType(type), lossy)) };
  });
}

/** `lossy`: values that the type would change are to reach the cast, so that they are stored as text. */
function storedType(type: DuckDBType, lossy: boolean): DuckDBType {
  if (type.kind === 'list' || type.kind === 'array') return { kind: 'list', element: storedType(type.element, lossy) };
  if (type.kind === 'struct') {
    return { kind: 'struct', fields: type.fields.map((field) => ({ ...field, type: storedType(field.type, lossy) })) };
  }
  if (type.kind !== 'scalar') return type.kind === 'map' ? refuseMap() : { kind: 'scalar', name: 'VARCHAR' };
  if (lossy) return scalar('VARCHAR');
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

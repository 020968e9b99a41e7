// DuckDB's types as objects of the C API (duckdb.h v1.5.6, enum DUCKDB_TYPE and "Logical Type Interface").
import { failure } from '../../../shared/errors.ts';
import { parseType, type DuckDBType, type Member } from '../../../shared/sql/types.ts';
import type { Library, Pointer } from './library.ts';

/** Numbers of the types without parts, by the names that DESCRIBE prints. `ANY` is for signatures. */
export const scalarIds: Readonly<Record<string, number>> = {
  BOOLEAN: 1,
  TINYINT: 2,
  SMALLINT: 3,
  INTEGER: 4,
  BIGINT: 5,
  UTINYINT: 6,
  USMALLINT: 7,
  UINTEGER: 8,
  UBIGINT: 9,
  FLOAT: 10,
  DOUBLE: 11,
  TIMESTAMP: 12,
  DATE: 13,
  TIME: 14,
  INTERVAL: 15,
  HUGEINT: 16,
  VARCHAR: 17,
  BLOB: 18,
  TIMESTAMP_S: 20,
  TIMESTAMP_MS: 21,
  TIMESTAMP_NS: 22,
  UUID: 27,
  BIT: 29,
  'TIME WITH TIME ZONE': 30,
  'TIMESTAMP WITH TIME ZONE': 31,
  UHUGEINT: 32,
  ANY: 34,
  BIGNUM: 35,
  '"NULL"': 36,
  TIME_NS: 39,
};

/** Lends the type of this text, as DESCRIBE prints it, to a task. Fails with type.unsupported. */
export function withLogicalType<Result>(library: Library, text: string, task: (type: Pointer) => Result): Result {
  return lend(library, parseType(text), task);
}

function lend<Result>(library: Library, type: DuckDBType, task: (type: Pointer) => Result): Result {
  const pointer = create(library, type);
  if (pointer === 0) throw failure('type.unsupported', 'DuckDB refuses to make a type.');
  try {
    return task(pointer);
  } finally {
    library.destroy(library.functions.duckdb_destroy_logical_type, pointer);
  }
}

function create(library: Library, type: DuckDBType): Pointer {
  const { functions } = library;
  switch (type.kind) {
    case 'scalar': {
      if (type.name === 'JSON') return createJson(library);
      const id = scalarIds[type.name];
      if (id === undefined) throw failure('type.unsupported', `A scan cannot have values of type ${type.name}.`);
      return functions.duckdb_create_logical_type(id);
    }
    case 'decimal':
      return functions.duckdb_create_decimal_type(type.precision, type.scale);
    case 'enum':
      return withTexts(library, type.values, (names) =>
        functions.duckdb_create_enum_type(names, BigInt(type.values.length)),
      );
    case 'list':
      return lend(library, type.element, functions.duckdb_create_list_type);
    case 'array':
      return lend(library, type.element, (element) => functions.duckdb_create_array_type(element, BigInt(type.size)));
    case 'struct':
      return withMembers(library, type.fields, functions.duckdb_create_struct_type);
    case 'tuple': {
      const fields = type.elements.map((element) => ({ name: '', type: element }));
      return withMembers(library, fields, functions.duckdb_create_struct_type);
    }
    case 'map':
      return lend(library, type.key, (key) =>
        lend(library, type.value, (value) => functions.duckdb_create_map_type(key, value)),
      );
    case 'union':
      return withMembers(library, type.members, functions.duckdb_create_union_type);
  }
}

/** VARCHAR by another name, as in DuckDB's json extension. */
function createJson({ functions, memory }: Library): Pointer {
  const type = functions.duckdb_create_logical_type(scalarIds['VARCHAR'] ?? 0);
  memory.withText('JSON', (alias) => functions.duckdb_logical_type_set_alias(type, alias));
  return type;
}

/** Makes all members' types, then the type of them. */
function withMembers(
  library: Library,
  members: readonly Member[],
  task: (types: Pointer, names: Pointer, count: bigint) => Pointer,
): Pointer {
  const collect = (left: readonly Member[], types: readonly Pointer[]): Pointer => {
    const [next, ...rest] = left;
    if (next) return lend(library, next.type, (pointer) => collect(rest, [...types, pointer]));
    const array = library.memory.allocatePointers(types);
    try {
      const names = members.map((member) => member.name);
      return withTexts(library, names, (pointers) => task(array, pointers, BigInt(members.length)));
    } finally {
      library.functions.free(array);
    }
  };
  return collect(members, []);
}

function withTexts<Result>(
  { functions, memory }: Library,
  texts: readonly string[],
  task: (array: Pointer) => Result,
): Result {
  const pointers = texts.map((text) => memory.allocateText(text));
  const array = memory.allocatePointers(pointers);
  try {
    return task(array);
  } finally {
    for (const pointer of [...pointers, array]) functions.free(pointer);
  }
}

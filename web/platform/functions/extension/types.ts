// DuckDB's logical types between its memory and ours, where a type is a tree (shared/sql/types.ts). JSON, which DuckDB
// takes for VARCHAR with a name, counts as a type of its own.
import { printType, type DuckDBType, type Member } from '../../../../shared/sql/types.ts';
import type { Library, Pointer } from '../../capi/library.ts';
import { scalarIds, withLogicalType } from '../../capi/logical-type.ts';
import type { ExtensionSymbols } from './symbols.ts';

/** Numbers of the types that have parts (enum DUCKDB_TYPE in duckdb.h v1.5.6). */
const id = { decimal: 19, enum: 23, list: 24, struct: 25, map: 26, union: 28, array: 33 };

/** Types whose parts are left open, as signatures name them: numbers of DuckDB's own enum LogicalTypeId. */
const openIds: Readonly<Record<string, number>> = { DECIMAL: 21, STRUCT: 100, ENUM: 104 };

const scalarNames = new Map(Object.entries(scalarIds).map(([name, number]) => [number, name]));

/** An array's size that is left open. */
const anySize = -1n;

/** Bytes of a LogicalType. */
export const typeSize = 12;

export class Types {
  readonly #library: Library;
  readonly #symbols: ExtensionSymbols;
  readonly #made = new Map<string, Pointer>();

  constructor(library: Library, symbols: ExtensionSymbols) {
    this.#library = library;
    this.#symbols = symbols;
  }

  /**
   * The type of this text, as DESCRIBE prints it; it lives as long as the instance. For signatures there are also `ANY`
   * and types with parts of it, such as `ANY[]` and `STRUCT("any" ANY)`; `DECIMAL`, `STRUCT`, `ENUM` and `ARRAY`, which
   * stand for all of their sort; and `STRUCT()`.
   */
  get(text: string): Pointer {
    const known = this.#made.get(text);
    if (known !== undefined) return known;
    const { memory } = this.#library;
    const made = memory.allocate(typeSize);
    memory.bytes.fill(0, made, made + typeSize);
    this.#create(text, made);
    this.#made.set(text, made);
    return made;
  }

  #create(text: string, result: Pointer): void {
    const openId = openIds[text];
    if (openId !== undefined) {
      this.#symbols.createTypeOfId(result, openId);
    } else if (text === 'ARRAY') {
      this.#symbols.createArrayType(result, this.get('ANY'), anySize);
    } else if (text === 'STRUCT()') {
      const none = this.#library.memory.allocate(typeSize);
      this.#library.memory.bytes.fill(0, none, none + typeSize); // an empty vector of C++
      this.#symbols.createStructType(result, none);
      this.#library.functions.free(none);
    } else {
      withLogicalType(this.#library, text, (type) => this.#symbols.assignType(result, type));
    }
  }

  of(type: DuckDBType): Pointer {
    return this.get(printType(type));
  }

  /** The type of a vector. */
  ofVector(vector: Pointer): DuckDBType {
    return this.#own(this.#library.functions.duckdb_vector_get_column_type(vector));
  }

  /** Reads a type that is not ours to free. */
  read(type: Pointer): DuckDBType {
    const { functions } = this.#library;
    const number = functions.duckdb_get_type_id(type);
    switch (number) {
      case id.decimal:
        return {
          kind: 'decimal',
          precision: functions.duckdb_decimal_width(type),
          scale: functions.duckdb_decimal_scale(type),
        };
      case id.enum:
        return { kind: 'enum', values: this.#enumValues(type) };
      case id.list:
        return { kind: 'list', element: this.#own(functions.duckdb_list_type_child_type(type)) };
      case id.array: {
        const size = Number(functions.duckdb_array_type_array_size(type));
        return { kind: 'array', element: this.#own(functions.duckdb_array_type_child_type(type)), size };
      }
      case id.struct:
        return { kind: 'struct', fields: this.#members(type, 'struct_type_child') };
      case id.map: {
        const key = this.#own(functions.duckdb_map_type_key_type(type));
        return { kind: 'map', key, value: this.#own(functions.duckdb_map_type_value_type(type)) };
      }
      case id.union:
        return { kind: 'union', members: this.#members(type, 'union_type_member') };
      default:
        return { kind: 'scalar', name: this.#alias(type) ?? scalarNames.get(number) ?? `type ${number}` };
    }
  }

  #alias(type: Pointer): string | undefined {
    const alias = this.#library.functions.duckdb_logical_type_get_alias(type);
    return alias === 0 ? undefined : this.#text(alias);
  }

  #enumValues(type: Pointer): string[] {
    const length = this.#library.functions.duckdb_enum_dictionary_size(type);
    return Array.from({ length }, (_, index) =>
      this.#text(this.#library.functions.duckdb_enum_dictionary_value(type, BigInt(index))),
    );
  }

  #members(type: Pointer, kind: 'struct_type_child' | 'union_type_member'): Member[] {
    const { functions } = this.#library;
    return Array.from({ length: Number(functions[`duckdb_${kind}_count`](type)) }, (_, index) => ({
      name: this.#text(functions[`duckdb_${kind}_name`](type, BigInt(index))),
      type: this.#own(functions[`duckdb_${kind}_type`](type, BigInt(index))),
    }));
  }

  #own(type: Pointer): DuckDBType {
    try {
      return this.read(type);
    } finally {
      this.#library.destroy(this.#library.functions.duckdb_destroy_logical_type, type);
    }
  }

  #text(pointer: Pointer): string {
    const text = this.#library.memory.textAt(pointer);
    this.#library.functions.duckdb_free(pointer);
    return text;
  }
}

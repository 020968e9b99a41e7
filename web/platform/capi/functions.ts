// The functions of DuckDB's C API in use, as duckdb-eh.wasm exports them (duckdb.h of DuckDB v1.5.6). The package does
// not document that it does: its version is pinned, and self-test.ts proves at start that this binding fits.
import { failure } from '../../../shared/errors.ts';
import type { Callback } from './callback.ts';

/** An address in the instance's memory; 0 is NULL. */
export type Pointer = number;

/** `idx_t` and other 64-bit integers are bigint; `duckdb_state` is 0 for success. */
export interface DuckDBFunctions {
  readonly malloc: (size: number) => Pointer;
  readonly free: (pointer: Pointer) => void;
  readonly duckdb_free: (pointer: Pointer) => void;

  readonly duckdb_create_logical_type: (id: number) => Pointer;
  readonly duckdb_create_decimal_type: (width: number, scale: number) => Pointer;
  readonly duckdb_create_enum_type: (names: Pointer, count: bigint) => Pointer;
  readonly duckdb_create_list_type: (element: Pointer) => Pointer;
  readonly duckdb_create_array_type: (element: Pointer, size: bigint) => Pointer;
  readonly duckdb_create_struct_type: (types: Pointer, names: Pointer, count: bigint) => Pointer;
  readonly duckdb_create_map_type: (key: Pointer, value: Pointer) => Pointer;
  readonly duckdb_create_union_type: (types: Pointer, names: Pointer, count: bigint) => Pointer;
  readonly duckdb_logical_type_set_alias: (type: Pointer, alias: Pointer) => void;
  readonly duckdb_destroy_logical_type: (type: Pointer) => void;

  readonly duckdb_data_chunk_get_size: (chunk: Pointer) => bigint;
  readonly duckdb_data_chunk_set_size: (chunk: Pointer, size: bigint) => void;
  readonly duckdb_data_chunk_get_vector: (chunk: Pointer, column: bigint) => Pointer;
  readonly duckdb_destroy_data_chunk: (chunk: Pointer) => void;
  readonly duckdb_create_vector: (type: Pointer, capacity: bigint) => Pointer;
  readonly duckdb_destroy_vector: (vector: Pointer) => void;
  readonly duckdb_vector_get_column_type: (vector: Pointer) => Pointer;
  readonly duckdb_get_type_id: (type: Pointer) => number;
  readonly duckdb_vector_get_data: (vector: Pointer) => Pointer;
  readonly duckdb_vector_get_validity: (vector: Pointer) => Pointer;
  readonly duckdb_vector_ensure_validity_writable: (vector: Pointer) => void;
  readonly duckdb_vector_reference_vector: (to: Pointer, from: Pointer) => void;
  readonly duckdb_unsafe_vector_assign_string_element_len: (
    vector: Pointer,
    row: bigint,
    text: Pointer,
    length: bigint,
  ) => void;
  readonly duckdb_list_vector_get_child: (vector: Pointer) => Pointer;
  readonly duckdb_list_vector_get_size: (vector: Pointer) => bigint;
  readonly duckdb_list_vector_set_size: (vector: Pointer, size: bigint) => number;
  readonly duckdb_list_vector_reserve: (vector: Pointer, capacity: bigint) => number;

  readonly duckdb_create_scalar_function: () => Pointer;
  readonly duckdb_destroy_scalar_function: (holder: Pointer) => void;
  readonly duckdb_scalar_function_set_name: (target: Pointer, name: Pointer) => void;
  readonly duckdb_scalar_function_add_parameter: (target: Pointer, type: Pointer) => void;
  readonly duckdb_scalar_function_set_return_type: (target: Pointer, type: Pointer) => void;
  readonly duckdb_scalar_function_set_special_handling: (target: Pointer) => void;
  readonly duckdb_scalar_function_set_volatile: (target: Pointer) => void;
  readonly duckdb_scalar_function_set_extra_info: (target: Pointer, info: Pointer, destroy: Callback) => void;
  readonly duckdb_scalar_function_set_function: (target: Pointer, execute: Callback) => void;
  readonly duckdb_scalar_function_set_error: (call: Pointer, message: Pointer) => void;
  readonly duckdb_create_scalar_function_set: (name: Pointer) => Pointer;
  readonly duckdb_destroy_scalar_function_set: (holder: Pointer) => void;
  readonly duckdb_add_scalar_function_to_set: (set: Pointer, target: Pointer) => number;

  readonly duckdb_create_table_function: () => Pointer;
  readonly duckdb_destroy_table_function: (holder: Pointer) => void;
  readonly duckdb_table_function_set_name: (target: Pointer, name: Pointer) => void;
  readonly duckdb_table_function_add_parameter: (target: Pointer, type: Pointer) => void;
  readonly duckdb_table_function_set_extra_info: (target: Pointer, info: Pointer, destroy: Callback) => void;
  readonly duckdb_table_function_set_bind: (target: Pointer, bind: Callback) => void;
  readonly duckdb_table_function_set_init: (target: Pointer, init: Callback) => void;
  readonly duckdb_table_function_set_function: (target: Pointer, execute: Callback) => void;
  readonly duckdb_table_function_supports_projection_pushdown: (target: Pointer, supported: number) => void;
  readonly duckdb_register_table_function: (connection: Pointer, target: Pointer) => number;
  readonly duckdb_bind_get_extra_info: (bind: Pointer) => Pointer;
  readonly duckdb_bind_get_parameter: (bind: Pointer, index: bigint) => Pointer;
  readonly duckdb_bind_add_result_column: (bind: Pointer, name: Pointer, type: Pointer) => void;
  readonly duckdb_bind_set_cardinality: (bind: Pointer, rows: bigint, exact: number) => void;
  readonly duckdb_bind_set_bind_data: (bind: Pointer, data: Pointer, destroy: Callback) => void;
  readonly duckdb_bind_set_error: (bind: Pointer, message: Pointer) => void;
  readonly duckdb_init_get_bind_data: (init: Pointer) => Pointer;
  readonly duckdb_init_get_column_count: (init: Pointer) => bigint;
  readonly duckdb_init_get_column_index: (init: Pointer, column: bigint) => bigint;
  readonly duckdb_init_set_init_data: (init: Pointer, data: Pointer, destroy: Callback) => void;
  readonly duckdb_init_set_max_threads: (init: Pointer, threads: bigint) => void;
  readonly duckdb_init_set_error: (init: Pointer, message: Pointer) => void;
  readonly duckdb_function_get_init_data: (call: Pointer) => Pointer;
  readonly duckdb_function_set_error: (call: Pointer, message: Pointer) => void;
  readonly duckdb_get_varchar: (value: Pointer) => Pointer;
  readonly duckdb_destroy_value: (holder: Pointer) => void;

  readonly duckdb_schema_from_arrow: (connection: Pointer, schema: Pointer, out: Pointer) => Pointer;
  readonly duckdb_destroy_arrow_converted_schema: (holder: Pointer) => void;
  readonly duckdb_data_chunk_from_arrow: (
    connection: Pointer,
    array: Pointer,
    schema: Pointer,
    out: Pointer,
  ) => Pointer;
  readonly duckdb_error_data_has_error: (error: Pointer) => number;
  readonly duckdb_error_data_message: (error: Pointer) => Pointer;
  readonly duckdb_destroy_error_data: (holder: Pointer) => void;
}

/**
 * Every function, and whether it takes 64-bit integers. Emscripten splits those in two for JavaScript and keeps the
 * function itself, which takes a bigint, under the name `orig$…`.
 */
const wide: Readonly<Record<keyof DuckDBFunctions, boolean>> = {
  malloc: false,
  free: false,
  duckdb_free: false,
  duckdb_create_logical_type: false,
  duckdb_create_decimal_type: false,
  duckdb_create_enum_type: true,
  duckdb_create_list_type: false,
  duckdb_create_array_type: true,
  duckdb_create_struct_type: true,
  duckdb_create_map_type: false,
  duckdb_create_union_type: true,
  duckdb_logical_type_set_alias: false,
  duckdb_destroy_logical_type: false,
  duckdb_data_chunk_get_size: true,
  duckdb_data_chunk_set_size: true,
  duckdb_data_chunk_get_vector: true,
  duckdb_destroy_data_chunk: false,
  duckdb_create_vector: true,
  duckdb_destroy_vector: false,
  duckdb_vector_get_column_type: false,
  duckdb_get_type_id: false,
  duckdb_vector_get_data: false,
  duckdb_vector_get_validity: false,
  duckdb_vector_ensure_validity_writable: false,
  duckdb_vector_reference_vector: false,
  duckdb_unsafe_vector_assign_string_element_len: true,
  duckdb_list_vector_get_child: false,
  duckdb_list_vector_get_size: true,
  duckdb_list_vector_set_size: true,
  duckdb_list_vector_reserve: true,
  duckdb_create_scalar_function: false,
  duckdb_destroy_scalar_function: false,
  duckdb_scalar_function_set_name: false,
  duckdb_scalar_function_add_parameter: false,
  duckdb_scalar_function_set_return_type: false,
  duckdb_scalar_function_set_special_handling: false,
  duckdb_scalar_function_set_volatile: false,
  duckdb_scalar_function_set_extra_info: false,
  duckdb_scalar_function_set_function: false,
  duckdb_scalar_function_set_error: false,
  duckdb_create_scalar_function_set: false,
  duckdb_destroy_scalar_function_set: false,
  duckdb_add_scalar_function_to_set: false,
  duckdb_create_table_function: false,
  duckdb_destroy_table_function: false,
  duckdb_table_function_set_name: false,
  duckdb_table_function_add_parameter: false,
  duckdb_table_function_set_extra_info: false,
  duckdb_table_function_set_bind: false,
  duckdb_table_function_set_init: false,
  duckdb_table_function_set_function: false,
  duckdb_table_function_supports_projection_pushdown: false,
  duckdb_register_table_function: false,
  duckdb_bind_get_extra_info: false,
  duckdb_bind_get_parameter: true,
  duckdb_bind_add_result_column: false,
  duckdb_bind_set_cardinality: true,
  duckdb_bind_set_bind_data: false,
  duckdb_bind_set_error: false,
  duckdb_init_get_bind_data: false,
  duckdb_init_get_column_count: true,
  duckdb_init_get_column_index: true,
  duckdb_init_set_init_data: false,
  duckdb_init_set_max_threads: true,
  duckdb_init_set_error: false,
  duckdb_function_get_init_data: false,
  duckdb_function_set_error: false,
  duckdb_get_varchar: false,
  duckdb_destroy_value: false,
  duckdb_schema_from_arrow: false,
  duckdb_destroy_arrow_converted_schema: false,
  duckdb_data_chunk_from_arrow: false,
  duckdb_error_data_has_error: false,
  duckdb_error_data_message: false,
  duckdb_destroy_error_data: false,
};

/** Takes them from an instance's exports. Fails with engine.failed where one is missing. */
export function functionsOf(exports: WebAssembly.Exports): DuckDBFunctions {
  const found = Object.entries(wide).map(([name, isWide]) => {
    const value = exports[isWide ? `orig$${name}` : name];
    if (typeof value !== 'function') throw failure('engine.failed', `DuckDB does not export ${name}.`);
    return [name, value] as const;
  });
  return Object.fromEntries(found) as unknown as DuckDBFunctions;
}

// What DuckDB-WASM exports for extensions, and we use of it as one: a part of the C API (duckdb.h of v1.5.6), and the C++
// entry points by which DuckDB's own extensions register themselves (extension_loader.hpp, cast_function_set.hpp). They
// are exported so that extensions of the same version can be linked to them; ours is written in JavaScript.
import { failure } from '../../../../shared/errors.ts';
import type { Pointer } from '../../capi/library.ts';

/** Bytes of a C++ string. */
export const stringSize = 12;

/** `idx_t` and other 64-bit integers are bigint. `out` and `result` are places that the callee fills. */
export interface ExtensionSymbols {
  readonly duckdb_connection_get_client_context: (connection: Pointer, out: Pointer) => void;
  readonly duckdb_destroy_client_context: (holder: Pointer) => void;

  readonly duckdb_create_config_option: () => Pointer;
  readonly duckdb_destroy_config_option: (holder: Pointer) => void;
  readonly duckdb_config_option_set_name: (option: Pointer, name: Pointer) => void;
  readonly duckdb_config_option_set_type: (option: Pointer, type: Pointer) => void;
  readonly duckdb_config_option_set_default_value: (option: Pointer, value: Pointer) => void;
  readonly duckdb_config_option_set_description: (option: Pointer, description: Pointer) => void;
  readonly duckdb_register_config_option: (connection: Pointer, option: Pointer) => number;
  readonly duckdb_create_varchar: (text: Pointer) => Pointer;

  readonly duckdb_get_type_id: (type: Pointer) => number;
  readonly duckdb_logical_type_get_alias: (type: Pointer) => Pointer;
  readonly duckdb_register_logical_type: (connection: Pointer, type: Pointer, info: Pointer) => number;
  readonly duckdb_decimal_width: (type: Pointer) => number;
  readonly duckdb_decimal_scale: (type: Pointer) => number;
  readonly duckdb_enum_dictionary_size: (type: Pointer) => number;
  readonly duckdb_enum_dictionary_value: (type: Pointer, index: bigint) => Pointer;
  readonly duckdb_list_type_child_type: (type: Pointer) => Pointer;
  readonly duckdb_array_type_child_type: (type: Pointer) => Pointer;
  readonly duckdb_array_type_array_size: (type: Pointer) => bigint;
  readonly duckdb_map_type_key_type: (type: Pointer) => Pointer;
  readonly duckdb_map_type_value_type: (type: Pointer) => Pointer;
  readonly duckdb_struct_type_child_count: (type: Pointer) => bigint;
  readonly duckdb_struct_type_child_name: (type: Pointer, index: bigint) => Pointer;
  readonly duckdb_struct_type_child_type: (type: Pointer, index: bigint) => Pointer;
  readonly duckdb_union_type_member_count: (type: Pointer) => bigint;
  readonly duckdb_union_type_member_name: (type: Pointer, index: bigint) => Pointer;
  readonly duckdb_union_type_member_type: (type: Pointer, index: bigint) => Pointer;

  readonly duckdb_struct_vector_get_child: (vector: Pointer, index: bigint) => Pointer;
  readonly duckdb_array_vector_get_child: (vector: Pointer) => Pointer;
  readonly duckdb_data_chunk_get_column_count: (chunk: Pointer) => bigint;

  readonly duckdb_scalar_function_set_varargs: (target: Pointer, type: Pointer) => void;
  readonly duckdb_scalar_function_set_bind: (target: Pointer, bind: number) => void;
  readonly duckdb_scalar_function_bind_get_extra_info: (bind: Pointer) => Pointer;
  readonly duckdb_scalar_function_bind_get_argument_count: (bind: Pointer) => bigint;
  readonly duckdb_scalar_function_bind_set_error: (bind: Pointer, message: Pointer) => void;
  readonly duckdb_scalar_function_set_bind_data: (bind: Pointer, data: Pointer, destroy: number) => void;
  readonly duckdb_scalar_function_set_bind_data_copy: (bind: Pointer, copy: number) => void;
  readonly duckdb_scalar_function_get_bind_data: (call: Pointer) => Pointer;
  readonly duckdb_scalar_function_get_client_context: (bind: Pointer, out: Pointer) => void;
  readonly duckdb_expression_return_type: (expression: Pointer) => Pointer;
  readonly duckdb_expression_is_foldable: (expression: Pointer) => number;
  readonly duckdb_expression_fold: (context: Pointer, expression: Pointer, out: Pointer) => Pointer;
  readonly duckdb_is_null_value: (value: Pointer) => number;
  readonly duckdb_get_list_size: (value: Pointer) => bigint;
  readonly duckdb_get_list_child: (value: Pointer, index: bigint) => Pointer;

  /** `LogicalType::LogicalType(LogicalTypeId)`, into 12 bytes. */
  readonly createTypeOfId: (result: Pointer, id: number) => Pointer;
  /** `LogicalType LogicalType::ARRAY(const LogicalType &, optional_idx size)`, into 12 bytes. */
  readonly createArrayType: (result: Pointer, element: Pointer, size: bigint) => void;
  /** `LogicalType LogicalType::STRUCT(vector<pair<string, LogicalType>>)`, into 12 bytes. */
  readonly createStructType: (result: Pointer, members: Pointer) => void;
  /** `LogicalType::operator=(const LogicalType &)` */
  readonly assignType: (target: Pointer, source: Pointer) => Pointer;
  /** `LogicalType::~LogicalType()` */
  readonly destroyType: (type: Pointer) => void;
  /** `LogicalType TransformStringToLogicalType(const string &, ClientContext &)`, into 12 bytes; throws. */
  readonly createTypeOfText: (result: Pointer, text: Pointer, context: Pointer) => void;
  /** `Vector::Flatten(idx_t)` */
  readonly flattenVector: (vector: Pointer, count: bigint) => void;
  /** `bool VectorOperations::DefaultTryCast(Vector &, Vector &, idx_t, string *error, bool strict)` */
  readonly castVector: (source: Pointer, target: Pointer, count: bigint, error: Pointer, strict: number) => number;
  /** `bool DefaultCasts::ReinterpretCast(Vector &, Vector &, idx_t, CastParameters &)`, to be called by DuckDB. */
  readonly reinterpretVector: CallableFunction;
  /** `HandleCastError::AssignError(const string &, CastParameters &)`: throws a ConversionException, or keeps the text. */
  readonly failCast: (text: Pointer, parameters: Pointer) => void;
  /** `Function::EraseArgument(SimpleFunction &, vector<unique_ptr<Expression>> &, idx_t)` */
  readonly eraseArgument: (target: Pointer, uses: Pointer, index: bigint) => void;
  /** `string::string(const char *)`, into 12 bytes. */
  readonly createString: (result: Pointer, text: Pointer) => Pointer;
  /** `string::~string()` */
  readonly destroyString: (text: Pointer) => void;
  /** `DatabaseInstance &DatabaseInstance::GetDatabase(ClientContext &)` */
  readonly databaseOf: (context: Pointer) => Pointer;
  /** `ExtensionLoader::ExtensionLoader(DatabaseInstance &, const string &name)` */
  readonly createLoader: (result: Pointer, database: Pointer, name: Pointer) => Pointer;
  /** `ExtensionLoader::~ExtensionLoader()` */
  readonly destroyLoader: (loader: Pointer) => void;
  /** `ExtensionLoader::RegisterFunction(ScalarFunctionSet)`: adds to what has the name, and replaces equal signatures. */
  readonly addFunctions: (loader: Pointer, set: Pointer) => void;
  /** `ExtensionLoader::RegisterCastFunction(const LogicalType &, const LogicalType &, bind_cast_function_t, int64_t)` */
  readonly addCast: (loader: Pointer, source: Pointer, target: Pointer, bind: number, cost: bigint) => void;
  /** `int64_t CastFunctionSet::ImplicitCastCost(DatabaseInstance &, const LogicalType &, const LogicalType &)` */
  readonly castCost: (database: Pointer, source: Pointer, target: Pointer) => bigint;
}

const string = 'NSt3__212basic_stringIcNS_11char_traitsIcEENS_9allocatorIcEEEE';
const cxxString = '_ZNSt3__212basic_stringIcNS_11char_traitsIcEENS_9allocatorIcEEE';

/** The C++ functions under the names that their compiler gives them (Itanium C++ ABI, 5.1 "Mangling"). */
const mangled: Readonly<Record<string, string>> = {
  createTypeOfId: '_ZN6duckdb11LogicalTypeC1ENS_13LogicalTypeIdE',
  createArrayType: '_ZN6duckdb11LogicalType5ARRAYERKS0_NS_12optional_idxE',
  createStructType:
    '_ZN6duckdb11LogicalType6STRUCTENS_6vectorINSt3__24pairINS2_12basic_stringIcNS2_11char_traitsIcEENS2_9allocatorIcEEEES0_EELb1ENS7_ISA_EEEE',
  assignType: '_ZN6duckdb11LogicalTypeaSERKS0_',
  destroyType: '_ZN6duckdb11LogicalTypeD1Ev',
  createTypeOfText: `_ZN6duckdb28TransformStringToLogicalTypeERK${string.replaceAll('NS_', 'NS0_')}RNS_13ClientContextE`,
  flattenVector: '_ZN6duckdb6Vector7FlattenEy',
  castVector: `_ZN6duckdb16VectorOperations14DefaultTryCastERNS_6VectorES2_yP${string.replaceAll('NS_', 'NS3_')}b`,
  reinterpretVector: '_ZN6duckdb12DefaultCasts15ReinterpretCastERNS_6VectorES2_yRNS_14CastParametersE',
  failCast: `_ZN6duckdb15HandleCastError11AssignErrorERK${string.replaceAll('NS_', 'NS1_')}RNS_14CastParametersE`,
  eraseArgument:
    '_ZN6duckdb8Function13EraseArgumentERNS_14SimpleFunctionERNS_6vectorINS_10unique_ptrINS_10ExpressionENSt3__214default_deleteIS5_EELb1EEELb1ENS6_9allocatorIS9_EEEEy',
  createString: `${cxxString}C2B8ne180100ILi0EEEPKc`,
  destroyString: `${cxxString}D2Ev`,
  databaseOf: '_ZN6duckdb16DatabaseInstance11GetDatabaseERNS_13ClientContextE',
  createLoader: `_ZN6duckdb15ExtensionLoaderC1ERNS_16DatabaseInstanceERK${string.replaceAll('NS_', 'NS3_')}`,
  destroyLoader: '_ZN6duckdb15ExtensionLoaderD2Ev',
  addFunctions: '_ZN6duckdb15ExtensionLoader16RegisterFunctionENS_17ScalarFunctionSetE',
  addCast:
    '_ZN6duckdb15ExtensionLoader20RegisterCastFunctionERKNS_11LogicalTypeES3_PFNS_13BoundCastInfoERNS_13BindCastInputES3_S3_Ex',
  castCost: '_ZN6duckdb15CastFunctionSet16ImplicitCastCostERNS_16DatabaseInstanceERKNS_11LogicalTypeES5_',
};

/**
 * Finds exports when they are asked for. What takes 64-bit integers may be exported twice: as it is under `orig$…`, and
 * split in two for JavaScript under its own name. Fails with engine.failed for what is not exported.
 */
export function symbolsOf(exports: WebAssembly.Exports): ExtensionSymbols {
  const found = new Map<string | symbol, unknown>();
  return new Proxy({} as ExtensionSymbols, {
    get(_, name) {
      const known = found.get(name);
      if (known) return known;
      const symbol = mangled[String(name)] ?? String(name);
      const value = exports[`orig$${symbol}`] ?? exports[symbol];
      if (typeof value !== 'function') throw failure('engine.failed', `DuckDB does not export ${symbol}.`);
      found.set(name, value);
      return value;
    },
  });
}

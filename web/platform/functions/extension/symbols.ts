// DuckDB's C++ entry points by which its own extensions register themselves (extension_loader.hpp, cast_function_set.hpp
// of v1.5.6). They are exported so that extensions of the same version can be linked to them; ours is written in
// JavaScript.
import { exportedFunctions, type Exported } from '../../capi/exported.ts';

/** Bytes of a C++ string. */
export const stringSize = 12;

const string = 'NSt3__212basic_stringIcNS_11char_traitsIcEENS_9allocatorIcEEEE';
const cxxString = '_ZNSt3__212basic_stringIcNS_11char_traitsIcEENS_9allocatorIcEEE';

/**
 * Signatures as in exported.ts, where the first parameter is the place for an object that is returned; and the names
 * that the compiler gives (Itanium C++ ABI, 5.1 "Mangling").
 */
const entryPoints = {
  /** `LogicalType::LogicalType(LogicalTypeId)`, into 12 bytes. */
  createTypeOfId: ['i:ii', '_ZN6duckdb11LogicalTypeC1ENS_13LogicalTypeIdE'],
  /** `LogicalType LogicalType::ARRAY(const LogicalType &, optional_idx size)`, into 12 bytes. */
  createArrayType: ['iij', '_ZN6duckdb11LogicalType5ARRAYERKS0_NS_12optional_idxE'],
  /** `LogicalType LogicalType::STRUCT(vector<pair<string, LogicalType>>)`, into 12 bytes. */
  createStructType: [
    'ii',
    '_ZN6duckdb11LogicalType6STRUCTENS_6vectorINSt3__24pairINS2_12basic_stringIcNS2_11char_traitsIcEENS2_9allocatorIcEEEES0_EELb1ENS7_ISA_EEEE',
  ],
  /** `LogicalType::operator=(const LogicalType &)` */
  assignType: ['i:ii', '_ZN6duckdb11LogicalTypeaSERKS0_'],
  /** `LogicalType::~LogicalType()` */
  destroyType: ['i', '_ZN6duckdb11LogicalTypeD1Ev'],
  /** `LogicalType TransformStringToLogicalType(const string &, ClientContext &)`, into 12 bytes; throws. */
  createTypeOfText: [
    'iii',
    `_ZN6duckdb28TransformStringToLogicalTypeERK${string.replaceAll('NS_', 'NS0_')}RNS_13ClientContextE`,
  ],
  /** `Vector::Flatten(idx_t)` */
  flattenVector: ['ij', '_ZN6duckdb6Vector7FlattenEy'],
  /** `bool VectorOperations::DefaultTryCast(Vector &, Vector &, idx_t, string *error, bool strict)` */
  castVector: [
    'i:iijii',
    `_ZN6duckdb16VectorOperations14DefaultTryCastERNS_6VectorES2_yP${string.replaceAll('NS_', 'NS3_')}b`,
  ],
  /** `HandleCastError::AssignError(const string &, CastParameters &)`: throws a ConversionException, or keeps the text. */
  failCast: [
    'ii',
    `_ZN6duckdb15HandleCastError11AssignErrorERK${string.replaceAll('NS_', 'NS1_')}RNS_14CastParametersE`,
  ],
  /** `Function::EraseArgument(SimpleFunction &, vector<unique_ptr<Expression>> &, idx_t)` */
  eraseArgument: [
    'iij',
    '_ZN6duckdb8Function13EraseArgumentERNS_14SimpleFunctionERNS_6vectorINS_10unique_ptrINS_10ExpressionENSt3__214default_deleteIS5_EELb1EEELb1ENS6_9allocatorIS9_EEEEy',
  ],
  /** `string::string(const char *)`, into 12 bytes. */
  createString: ['i:ii', `${cxxString}C2B8ne180100ILi0EEEPKc`],
  /** `string::~string()` */
  destroyString: ['i', `${cxxString}D2Ev`],
  /** `DatabaseInstance &DatabaseInstance::GetDatabase(ClientContext &)` */
  databaseOf: ['i:i', '_ZN6duckdb16DatabaseInstance11GetDatabaseERNS_13ClientContextE'],
  /** `ExtensionLoader::ExtensionLoader(DatabaseInstance &, const string &name)` */
  createLoader: ['i:iii', `_ZN6duckdb15ExtensionLoaderC1ERNS_16DatabaseInstanceERK${string.replaceAll('NS_', 'NS3_')}`],
  /** `ExtensionLoader::~ExtensionLoader()` */
  destroyLoader: ['i', '_ZN6duckdb15ExtensionLoaderD2Ev'],
  /** `ExtensionLoader::RegisterFunction(ScalarFunctionSet)`: adds to what has the name, and replaces equal signatures. */
  addFunctions: ['ii', '_ZN6duckdb15ExtensionLoader16RegisterFunctionENS_17ScalarFunctionSetE'],
  /** `ExtensionLoader::RegisterCastFunction(const LogicalType &, const LogicalType &, bind_cast_function_t, int64_t)` */
  addCast: [
    'iiiij',
    '_ZN6duckdb15ExtensionLoader20RegisterCastFunctionERKNS_11LogicalTypeES3_PFNS_13BoundCastInfoERNS_13BindCastInputES3_S3_Ex',
  ],
  /** `int64_t CastFunctionSet::ImplicitCastCost(DatabaseInstance &, const LogicalType &, const LogicalType &)` */
  castCost: ['j:iii', '_ZN6duckdb15CastFunctionSet16ImplicitCastCostERNS_16DatabaseInstanceERKNS_11LogicalTypeES5_'],
} as const;

/** `bool DefaultCasts::ReinterpretCast(Vector &, Vector &, idx_t, CastParameters &)`, to be called by DuckDB. */
export const reinterpretCast = '_ZN6duckdb12DefaultCasts15ReinterpretCastERNS_6VectorES2_yRNS_14CastParametersE';

type Signatures = { readonly [Name in keyof typeof entryPoints]: (typeof entryPoints)[Name][0] };

export type ExtensionSymbols = Exported<Signatures>;

/** Fails with engine.failed for what is not exported. */
export function symbolsOf(exports: WebAssembly.Exports): ExtensionSymbols {
  const signatures = Object.entries(entryPoints).map(([name, [signature]]) => [name, signature]);
  return exportedFunctions(exports, Object.fromEntries(signatures) as Signatures, (name) => entryPoints[name][1]);
}

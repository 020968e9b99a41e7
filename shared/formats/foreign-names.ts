// Names that other systems have for types: SQL (DuckDB, PostgreSQL, Spark), Arrow in Rust, and Delta Lake. In small
// letters, one blank between words. Names that Aqueducts has as well mean what they mean there: `int8` is 8 bits.

export const foreignNames: Readonly<Record<string, string>> = {
  ...{ varchar: 'string', text: 'string', char: 'string', str: 'string', bpchar: 'string', nvarchar: 'string' },
  ...{ 'character varying': 'string', character: 'string', utf8view: 'string', json: 'string', uuid: 'string' },
  ...{ largeutf8: 'large_utf8', largestring: 'large_string' },
  ...{ tinyint: 'int8', byte: 'int8', smallint: 'int16', short: 'int16', int2: 'int16' },
  ...{ int4: 'int32', signed: 'int32', bigint: 'int64' },
  ...{ utinyint: 'uint8', ubyte: 'uint8', usmallint: 'uint16', ushort: 'uint16' },
  ...{ uinteger: 'uint32', uint: 'uint32', ubigint: 'uint64', ulong: 'uint64' },
  ...{ real: 'float32', float4: 'float32', float8: 'float64', 'double precision': 'float64' },
  ...{ logical: 'bool' },
  ...{ blob: 'binary', bytes: 'binary', bytea: 'binary', varbinary: 'binary' },
  ...{ binaryview: 'binary', largebinary: 'large_binary' },
  ...{ time: 'time64<us>', 'time without time zone': 'time64<us>', interval: 'duration<us>' },
  ...{ timestamp: 'timestamp<us>', datetime: 'timestamp<us>', timestamp_ntz: 'timestamp<us>' },
  ...{ 'timestamp without time zone': 'timestamp<us>', 'timestamp with time zone': 'timestamp<us,UTC>' },
  ...{ timestamptz: 'timestamp<us,UTC>', timestamp_ltz: 'timestamp<us,UTC>' },
  ...{ timestamp_s: 'timestamp<s>', timestamp_ms: 'timestamp<ms>', timestamp_us: 'timestamp<us>' },
  ...{ timestamp_ns: 'timestamp<ns>', time_ns: 'time64<ns>' },
};

/** What the name of a type with brackets is called in Aqueducts. */
export const foreignFamilies: Readonly<Record<string, string>> = {
  ...{ decimal: 'decimal', numeric: 'decimal', dec: 'decimal', decimal128: 'decimal', decimal256: 'decimal256' },
  ...{ varchar: 'string', char: 'string', text: 'string', nvarchar: 'string', bpchar: 'string', string: 'string' },
  ...{ 'character varying': 'string', character: 'string', varbinary: 'binary', binary: 'binary' },
  ...{ fixed_binary: 'fixed_binary', fixedsizebinary: 'fixed_binary' },
  ...{ time: 'time', time32: 'time32', time64: 'time64', duration: 'duration', timestamp: 'timestamp' },
  ...{ list: 'list', array: 'list', large_list: 'large_list', largelist: 'large_list' },
  ...{ fixed_list: 'fixed_list', fixedsizelist: 'fixed_list', struct: 'struct', row: 'struct', map: 'map' },
};

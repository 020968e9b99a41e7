// The types between which and JSON there are casts: all but VARCHAR.

export const castableTypes: readonly string[] = [
  ...['BOOLEAN', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT'],
  ...['UHUGEINT', 'FLOAT', 'DOUBLE', 'DECIMAL', 'DATE', 'TIME', 'TIME_NS', 'TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS'],
  ...['TIMESTAMP_NS', 'TIMESTAMP WITH TIME ZONE', 'TIME WITH TIME ZONE', 'INTERVAL', 'UUID', 'BLOB', 'BIT', 'ENUM'],
  ...['BIGNUM', 'STRUCT("any" ANY)', 'ANY[]', 'MAP(ANY, ANY)', 'UNION("any" ANY)', 'ARRAY'],
];

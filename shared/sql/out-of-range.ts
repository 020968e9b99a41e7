// A number that a type cannot hold, in words of SQL: DuckDB names the types as its code does (v1.5.6, TypeIdToString).

/** What is wrong, and what to do about it. */
export interface OutOfRange {
  readonly message: string;
  readonly hint: string;
}

const names: Readonly<Record<string, string>> = {
  ...{ INT8: 'TINYINT', INT16: 'SMALLINT', INT32: 'INTEGER', INT64: 'BIGINT', INT128: 'HUGEINT' },
  ...{ UINT8: 'UTINYINT', UINT16: 'USMALLINT', UINT32: 'UINTEGER', UINT64: 'UBIGINT', UINT128: 'UHUGEINT' },
};

/** Undefined for every other message of DuckDB. */
export function outOfRange(told: string): OutOfRange | undefined {
  const found =
    /^Type \w+ with value (\S+) can't be cast because the value is out of range for the destination type (U?INT\d+)(?: when casting from source column (.+))?$/.exec(
      told,
    );
  const [, value, to = '', column] = found ?? [];
  const type = names[to];
  if (value === undefined || type === undefined) return undefined;
  const where = column === undefined ? '' : ` in column ${column}`;
  const hint = /^U?INT(64|128)$/.test(to)
    ? 'Cast to DECIMAL(38, 0) or DOUBLE before computing with it.'
    : 'Cast to a wider type, such as BIGINT.';
  return { message: `${value}${where} is out of the range of ${type}.`, hint };
}

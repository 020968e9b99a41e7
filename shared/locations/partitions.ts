// Values in the names of folders, `key=value`, as Hive writes them and DuckDB, Spark and DataFusion read them.

/** How Hive writes that there is no value. */
export const noValue = '__HIVE_DEFAULT_PARTITION__';

export interface PathValue {
  readonly key: string;
  /** Decoded; null for none. */
  readonly value: string | null;
}

/** What the folders of a path say, outermost first. */
export function pathValues(path: string): PathValue[] {
  return path
    .split('/')
    .slice(0, -1)
    .flatMap((step) => {
      const [, key, value = ''] = /^([^=]+)=(.*)$/s.exec(step) ?? [];
      return key === undefined ? [] : [{ key: decode(key), value: value === noValue ? null : decode(value) }];
    });
}

/** The folder for a value, with the same characters encoded as by DuckDB: `day=2024-01-31`, `name=a%2Fb`. */
export function partitionFolder(key: string, value: string | null): string {
  return `${encode(key)}=${value === null ? noValue : encode(value)}`;
}

/** The key that stands for a partition column in the names that DuckDB gets to see; no column of a file has it. */
export function engineKey(index: number): string {
  return `sluice_partition_${index}`;
}

/**
 * The folders that tell DuckDB these values. It takes the text `NULL` for none, unless a character of it is encoded, so
 * the first one always is.
 */
export function engineFolders(values: readonly (string | null)[]): string {
  const folder = (value: string | null, index: number): string =>
    `${engineKey(index)}=${value === null ? noValue : encode(value).replace(/^[\w.~-]/, encodeByte)}/`;
  return values.map(folder).join('');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, encodeByte);
}

function encodeByte(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a bare `%` means itself
  }
}

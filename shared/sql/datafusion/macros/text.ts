// Text and bytes. Positions and lengths count characters, from 1; a position before the text is counted as if the text
// began there, where DuckDB counts from the end.
import type { Macros } from './macro.ts';

const integer = (name: string, parameters: string): string =>
  `(${parameters}) AS CAST(system.main.${name}(${parameters}) AS INTEGER)`;

const pad = (name: string): string => `(s, n) AS system.main.${name}(s, CAST(greatest(n, 0) AS INTEGER), ' '),
    (s, n, fill) AS CASE WHEN fill = '' THEN system.main."left"(s, greatest(n, 0))
      ELSE system.main.${name}(s, CAST(greatest(n, 0) AS INTEGER), fill) END`;

const substring = `(s, first) AS system.main.substring(s, greatest(first, 1)),
    (s, first, n) AS CASE WHEN n < 0 THEN error('A substring cannot have a negative length.')
      ELSE system.main.substring(s, greatest(first, 1), greatest(n + least(first, 1) - 1, 0)) END`;

const pieces = 'string_split(s, delimiter)';
const beforeOrAfter = `(s, delimiter, n) AS CASE WHEN n = 0 OR delimiter = '' THEN ''
    WHEN n > 0 THEN array_to_string(list_slice(${pieces}, 1, n), delimiter)
    ELSE array_to_string(list_slice(${pieces}, n, -1), delimiter) END`;

const bytes = `CASE WHEN typeof(x) = 'BLOB' THEN TRY_CAST(x AS BLOB) ELSE system.main.encode(CAST(x AS VARCHAR)) END`;

/** Base64 without the padding, as DataFusion writes it. */
const toBase64 = `rtrim(to_base64(${bytes}), '=')`;
const text = 'CAST(x AS VARCHAR)';
const fromBase64 = `from_base64(${text} || repeat('=', (4 - length(${text}) % 4) % 4))`;

const unknownFormat = `error('Data is encoded as base64 or hex, not ' || format || '.')`;

export const textMacros: Macros = {
  btrim: '(s) AS trim(s), (s, characters) AS trim(s, characters)',
  find_in_set: `(s, list) AS CASE WHEN list = '' THEN CAST(s = '' AS INTEGER)
    ELSE CAST(coalesce(list_position(string_split(list, ','), s), 0) AS INTEGER) END`,
  initcap: `(s) AS array_to_string([upper(system.main."left"(word__, 1)) || lower(system.main.substring(word__, 2))
    for word__ in regexp_extract_all(s, '[\\pL\\pN]+|[^\\pL\\pN]+')], '')`,
  lpad: pad('lpad'),
  rpad: pad('rpad'),
  octet_length: '(s) AS CAST(strlen(s) AS INTEGER)',
  overlay__: `(s, inserted, first) AS system.main."left"(s, first - 1) || inserted || system.main.substring(s, first + length(inserted)),
    (s, inserted, first, n) AS system.main."left"(s, first - 1) || inserted || system.main.substring(s, first + n)`,
  replace: `(s, old, new) AS CASE WHEN old = '' THEN new || system.main.regexp_replace(s, '(.)', '\\1' || system.main.replace(new, '\\', '\\\\'), 'gs')
    ELSE system.main.replace(s, old, new) END`,
  split_part: `(s, delimiter, n) AS CASE WHEN n = 0 THEN error('The position of a part must not be zero.')
    WHEN delimiter = '' THEN coalesce(list_extract(string_split(s, ''), CASE WHEN n > 0 THEN n - 1 ELSE n + 1 END), '')
    ELSE system.main.split_part(s, delimiter, n) END`,
  strpos: integer('instr', 's, searched'),
  instr: integer('instr', 's, searched'),
  levenshtein: integer('levenshtein', 'a, b'),
  bit_length: integer('bit_length', 's'),
  length: integer('length', 's'),
  char_length: integer('length', 's'),
  character_length: integer('length', 's'),
  substr: substring,
  substring,
  substr_index: beforeOrAfter,
  substring_index: beforeOrAfter,
  to_hex: '(n) AS lower(system.main.to_hex(n))',
  encode: `(x) AS system.main.encode(x), (x, format) AS CASE lower(format) WHEN 'base64' THEN ${toBase64}
    WHEN 'hex' THEN lower(hex(${bytes})) ELSE ${unknownFormat} END`,
  decode: `(x) AS system.main.decode(x), (x, format) AS CASE lower(format) WHEN 'base64' THEN ${fromBase64}
    WHEN 'hex' THEN unhex(${text}) ELSE ${unknownFormat} END`,
  md5: '(x) AS system.main.md5(x)',
  sha256: '(x) AS unhex(system.main.sha256(x))',
  digest: `(x, method) AS CASE lower(method) WHEN 'md5' THEN unhex(system.main.md5(x))
    WHEN 'sha256' THEN unhex(system.main.sha256(x)) ELSE error('DuckDB has no digest ' || method || '.') END`,
};

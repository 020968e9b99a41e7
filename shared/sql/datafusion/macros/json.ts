// datafusion-functions-json 0.49 (compatibility reference, 6.1), built on json_extract, json_extract_string, json_type,
// json_valid, json_array_length and json_keys, which DuckDB's json extension and the browser's stand-ins both have.
import type { Macros } from './macro.ts';

/** How many steps a path may have. */
const mostSteps = 6;

/** One step of a path: text is a key, a number counts elements from 0 and never from the end. */
function step(key: string): string {
  const text = `CAST(${key} AS VARCHAR)`;
  return `CASE WHEN typeof(${key}) = 'VARCHAR' THEN '."' || system.main.replace(system.main.replace(${text}, '\\', '\\\\'), '"', '\\"') || '"'
    WHEN starts_with(${text}, '-') THEN '[#]' ELSE '[' || ${text} || ']' END`;
}

/** One definition for each length of a path; `result` makes the value out of the call that finds the JSON. */
function overloads(result: (json: string) => string): string {
  return Array.from({ length: mostSteps + 1 }, (_, length) => {
    const parameters = ['j', ...Array.from({ length }, (_, index) => `k${index + 1}`)].join(', ');
    return `(${parameters}) AS ${result(`json_at__(${parameters})`)}`;
  }).join(', ');
}

/** The value at a path, as JSON; NULL where there is none or the text is not JSON. */
const found = Array.from({ length: mostSteps + 1 }, (_, length) => {
  const keys = Array.from({ length }, (_, index) => `k${index + 1}`);
  const path = [`'$'`, ...keys.map(step)].join(' || ');
  return `(${['j', ...keys].join(', ')}) AS json_extract(CASE WHEN json_valid(j) THEN j END, ${path})`;
}).join(', ');

const isNumber = (json: string): string => `json_type(${json}) IN ('BIGINT', 'UBIGINT', 'DOUBLE')`;
const text = (json: string): string => `CAST(${json} AS VARCHAR)`;

const getInteger = (json: string): string =>
  `CASE WHEN json_type(${json}) IN ('BIGINT', 'UBIGINT') THEN TRY_CAST(${text(json)} AS BIGINT) END`;
const getFloat = (json: string): string => `CASE WHEN ${isNumber(json)} THEN TRY_CAST(${text(json)} AS DOUBLE) END`;
const getBoolean = (json: string): string => `CASE WHEN json_type(${json}) = 'BOOLEAN' THEN ${text(json)} = 'true' END`;
const getText = (json: string): string =>
  `CASE WHEN json_type(${json}) = 'VARCHAR' THEN json_extract_string(${json}, '$') END`;
const asText = (json: string): string => `json_extract_string(${json}, '$')`;
const elements = (json: string): string => `CAST(json_extract(${json}, '$[*]') AS VARCHAR[])`;
const length = (
  json: string,
): string => `CASE json_type(${json}) WHEN 'ARRAY' THEN CAST(json_array_length(${json}) AS BIGINT)
  WHEN 'OBJECT' THEN CAST(len(json_keys(${json})) AS BIGINT) END`;

/** `->` is written `~>`, for DuckDB takes an arrow for a lambda; with what a cast asks for when there is one. */
const arrows: Macros = {
  '~>': '(j, k1) AS json_get(j, k1)',
  '~>>': '(j, k1) AS json_as_text(j, k1)',
  '~>@': '(j, k1) AS json_get_str(j, k1)',
  '~>!': '(j, k1) AS json_get_bool(j, k1)',
  '~>%': '(j, k1) AS json_get_float(j, k1)',
  '~>&': '(j, k1) AS json_get_int(j, k1)',
};

export const jsonMacros: Macros = {
  json_at__: found,
  // JSON's null is none here: the union of DataFusion is NULL then as well.
  json_get: overloads((json) => `nullif(${text(json)}, 'null')`),
  json_get_json: overloads(text),
  json_get_str: overloads(getText),
  json_get_int: overloads(getInteger),
  json_get_float: overloads(getFloat),
  json_get_bool: overloads(getBoolean),
  json_get_array: overloads((json) => `CASE WHEN json_type(${json}) = 'ARRAY' THEN ${elements(json)} END`),
  json_as_text: overloads(asText),
  json_contains: overloads((json) => `coalesce(${json} IS NOT NULL, false)`),
  json_length: overloads(length),
  json_len: overloads(length),
  json_object_keys: overloads((json) => `CASE WHEN json_type(${json}) = 'OBJECT' THEN json_keys(${json}) END`),
  unnest_json_array: `(j) AS CASE WHEN j IS NULL THEN NULL WHEN json_valid(j) AND json_type(j) = 'ARRAY'
    THEN ${elements('j')} ELSE error('unnest_json_array needs a JSON array, not ' || left(j, 100)) END`,
  ...arrows,
};

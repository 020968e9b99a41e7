// Every function of DataFusion 49.0.2 (its information_schema.routines) and of datafusion-functions-json 0.49, and what
// becomes of it here. The table in docs/dialects.md is made from this list.
import { macroDefinitions } from './macros.ts';
import { isRewritten, isUnsupported } from './rewriting/calls.ts';

export type FunctionKind = 'scalar' | 'aggregate' | 'window' | 'json';

/** How a function is had: as DuckDB's own, as a macro of ours, by another name or syntax, or not at all. */
export type FunctionSupport = 'same' | 'macro' | 'rewritten' | 'unsupported';

const functions: Readonly<Record<FunctionKind, string>> = {
  scalar: `abs acos acosh array_any_value array_append array_cat array_concat array_contains array_dims array_distance
    array_distinct array_element array_empty array_except array_extract array_has array_has_all array_has_any
    array_indexof array_intersect array_join array_length array_max array_min array_ndims array_pop_back
    array_pop_front array_position array_positions array_prepend array_push_back array_push_front array_remove
    array_remove_all array_remove_n array_repeat array_replace array_replace_all array_replace_n array_resize
    array_reverse array_slice array_sort array_to_string array_union arrays_overlap arrow_cast arrow_typeof ascii asin
    asinh atan atan2 atanh bit_length btrim cardinality cbrt ceil char_length character_length chr coalesce concat
    concat_ws contains cos cosh cot current_date current_time current_timestamp date_bin date_format date_part
    date_trunc datepart datetrunc decode degrees digest element_at empty encode ends_with exp extract factorial
    find_in_set flatten floor from_unixtime gcd generate_series get_field greatest ifnull initcap instr isnan iszero
    lcm least left length levenshtein list_any_value list_append list_cat list_concat list_contains list_dims
    list_distance list_distinct list_element list_empty list_except list_extract list_has list_has_all list_has_any
    list_indexof list_intersect list_join list_length list_max list_ndims list_pop_back list_pop_front list_position
    list_positions list_prepend list_push_back list_push_front list_remove list_remove_all list_remove_n list_repeat
    list_replace list_replace_all list_replace_n list_resize list_reverse list_slice list_sort list_to_string
    list_union ln log log10 log2 lower lpad ltrim make_array make_date make_list make_map map map_entries map_extract
    map_keys map_values md5 named_struct nanvl now nullif nvl nvl2 octet_length overlay pi position pow power radians
    random range regexp_count regexp_instr regexp_like regexp_match regexp_replace repeat replace reverse right round
    row rpad rtrim sha224 sha256 sha384 sha512 signum sin sinh split_part sqrt starts_with string_to_array
    string_to_list strpos struct substr substr_index substring substring_index tan tanh to_char to_date to_hex
    to_local_time to_timestamp to_timestamp_micros to_timestamp_millis to_timestamp_nanos to_timestamp_seconds
    to_unixtime today translate trim trunc union_extract union_tag upper uuid version`,
  aggregate: `approx_distinct approx_median approx_percentile_cont approx_percentile_cont_with_weight array_agg avg
    bit_and bit_or bit_xor bool_and bool_or corr count covar covar_pop covar_samp first_value grouping last_value max
    mean median min nth_value regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy
    regr_syy stddev stddev_pop stddev_samp string_agg sum var var_pop var_population var_samp var_sample`,
  window: `cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number`,
  json: `json_as_text json_contains json_get json_get_array json_get_bool json_get_float json_get_int json_get_json
    json_get_str json_keys json_len json_length json_object_keys unnest_json_array`,
};

/** What is not as in DataFusion, or worth knowing. */
const notes: Readonly<Record<string, string>> = {
  approx_distinct: 'an estimate, as there, and not the same one',
  approx_median: 'an estimate, as there, and not the same one',
  approx_percentile_cont: 'an estimate, as there, and not the same one',
  approx_percentile_cont_with_weight: 'DuckDB has no weights',
  array_dims: 'not of nested lists',
  array_length: 'the dimension is a number as it stands',
  array_to_string: 'not of nested lists',
  arrow_cast: 'to types that DuckDB has, so not to Dictionary or Duration',
  arrow_typeof: 'nested types are named as DuckDB names them',
  atan2: 'of whole numbers a DOUBLE, there a Float32',
  avg: 'of decimals a DOUBLE, there a decimal with four more digits',
  cardinality: 'of a list; of a map only where the map is written there, and not of nested lists',
  current_time: 'has a time zone, which is UTC',
  date_format: 'the format is text as it stands',
  digest: 'md5 and sha256 only',
  extract: 'text is read as a timestamp only where it stands as text',
  date_part: 'text is read as a timestamp only where it stands as text',
  date_trunc: 'text is read as a timestamp only where it stands as text',
  flatten: 'only of lists of lists',
  json_as_text: 'objects and lists without blanks',
  json_get: 'gives JSON text, there a union that only a cast can use',
  json_get_array: 'objects and lists without blanks',
  json_get_float: 'negative numbers too, which are NULL there',
  json_get_int: 'negative numbers too, which are NULL there',
  json_get_json: 'without blanks, numbers and characters in their shortest form',
  log: 'of whole numbers a DOUBLE, there a Float32',
  median: 'with OVER or DISTINCT a DOUBLE',
  power: 'of whole numbers exact up to 2^53',
  regexp_instr: 'with up to three arguments',
  regexp_match: 'a group that takes no part is an empty text, there it is left out; up to nine groups',
  sha224: 'DuckDB has md5 and sha256',
  sha384: 'DuckDB has md5 and sha256',
  sha512: 'DuckDB has md5 and sha256',
  sum: 'of whole numbers leaves a stage as BIGINT; what does not fit fails, there it begins again at the smallest number',
  to_char: 'the format is text as it stands',
  to_timestamp: 'formats are text as they stand; microseconds',
  to_timestamp_nanos: 'the only function that keeps nanoseconds',
  trunc: 'with digits it rounds, as there',
  version: 'tells both engines',
};

export interface FunctionEntry {
  readonly name: string;
  readonly kind: FunctionKind;
  readonly support: FunctionSupport;
  readonly note?: string;
}

/** All functions, by kind and name. */
export function dialectFunctions(): FunctionEntry[] {
  return (Object.keys(functions) as FunctionKind[]).flatMap((kind) =>
    functions[kind]
      .split(/\s+/)
      .filter((name) => name !== '')
      .map((name) => entryOf(name, kind)),
  );
}

function entryOf(name: string, kind: FunctionKind): FunctionEntry {
  const note = notes[name] ?? notes[name.replace(/^list_/, 'array_')];
  return { name, kind, support: supportOf(name, kind), ...(note === undefined ? {} : { note }) };
}

function supportOf(name: string, kind: FunctionKind): FunctionSupport {
  if (isUnsupported(name)) return 'unsupported';
  // What windows have keeps its name; there, rules only move IGNORE NULLS.
  if (kind === 'window') return 'same';
  if (isRewritten(name)) return 'rewritten';
  return Object.hasOwn(macroDefinitions, name) ? 'macro' : 'same';
}

const titles: Readonly<Record<FunctionKind, string>> = {
  scalar: 'Scalar functions',
  aggregate: 'Aggregates',
  window: 'Window functions',
  json: 'JSON functions',
};

const supports: Readonly<Record<FunctionSupport, string>> = {
  same: 'as in DuckDB',
  macro: 'a macro',
  rewritten: 'rewritten',
  unsupported: 'no',
};

/** The tables of docs/dialects.md, in Markdown. */
export function functionTable(): string {
  const all = dialectFunctions();
  return (Object.keys(titles) as FunctionKind[])
    .map((kind) => {
      const rows = all
        .filter((entry) => entry.kind === kind)
        .map(({ name, support, note }) => `| \`${name}\` | ${supports[support]} | ${note ?? ''} |`);
      return [`### ${titles[kind]}`, '', '| function | how | what to know |', '| --- | --- | --- |', ...rows].join(
        '\n',
      );
    })
    .join('\n\n');
}

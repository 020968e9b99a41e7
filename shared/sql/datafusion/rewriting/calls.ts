// Calls that a macro cannot stand in for: variadic ones, aggregates, what depends on a constant, and odd syntax.
import { SluiceError } from '../../../errors.ts';
import type { Edits } from './edits.ts';
import {
  approximateMedian,
  firstOrLast,
  median,
  movesNulls,
  nothing,
  nthValue,
  withinGroup,
} from './rules/aggregates.ts';
import { datePart, dateTrunc, extract, reading, toChar } from './rules/dates.ts';
import { rename, unsupported, type Rule } from './rules/rule.ts';
import {
  arrayLength,
  arrowCast,
  cardinality,
  commas,
  digest,
  makeMap,
  namedStruct,
  position,
  struct,
} from './rules/values.ts';
import type { Structure } from './structure.ts';

/** Rewrites every call in the query that has a rule. */
export function rewriteCalls(structure: Structure, edits: Edits, query: string): void {
  for (const index of structure.tokens.keys()) {
    const call = structure.callAt(index);
    const rule = call && Object.hasOwn(rules, call.name) ? rules[call.name] : undefined;
    if (!call || !rule || structure.text(index - 1) === '.') continue;
    try {
      rule({ call, structure, edits });
    } catch (thrown) {
      if (!(thrown instanceof SluiceError) || thrown.issue.query) throw thrown;
      throw thrown.with({ query: { sql: query, offset: structure.start(index) } });
    }
  }
}

/** The functions that are rewritten, by their lower-case names. */
export function isRewritten(name: string): boolean {
  return Object.hasOwn(rules, name);
}

/** The functions that are refused. */
export function isUnsupported(name: string): boolean {
  return rules[name] === noDigest || name === 'approx_percentile_cont_with_weight';
}

const noDigest = unsupported('DuckDB has no such digest.', 'It has md5 and sha256.');

/** A keyword in DuckDB, without parentheses. */
const withoutParentheses: Rule = ({ call, structure, edits }) =>
  edits.replace(structure.end(call.nameIndex), structure.end(call.close), '');

const rules: Readonly<Record<string, Rule>> = {
  current_time: withoutParentheses,
  current_timestamp: withoutParentheses,
  date_part: datePart,
  datepart: datePart,
  extract,
  date_trunc: dateTrunc,
  datetrunc: dateTrunc,
  substring: commas('substring'),
  overlay: commas('overlay__'),
  arrow_cast: arrowCast,
  make_array: rename('list_value'),
  make_list: rename('list_value'),
  array_cat: rename('list_concat'),
  array_concat: rename('list_concat'),
  list_cat: rename('list_concat'),
  array_length: arrayLength,
  list_length: arrayLength,
  named_struct: namedStruct,
  struct,
  row: struct,
  make_map: makeMap,
  json_keys: rename('json_object_keys'),
  var: rename('var_samp'),
  var_sample: rename('var_samp'),
  var_population: rename('var_pop'),
  covar: rename('covar_samp'),
  position,
  median,
  approx_median: approximateMedian,
  approx_distinct: rename('approx_count_distinct'),
  approx_percentile_cont: withinGroup('approx_quantile', false),
  approx_percentile_cont_with_weight: withinGroup('approx_quantile', true),
  first_value: firstOrLast('first'),
  last_value: firstOrLast('last'),
  nth_value: nthValue,
  lag: movesNulls(nothing),
  lead: movesNulls(nothing),
  to_char: toChar,
  date_format: toChar,
  to_timestamp: reading('CAST(', ' AS TIMESTAMP)'),
  to_timestamp_seconds: reading(`system.main.date_trunc('second', CAST(`, ' AS TIMESTAMP))'),
  to_timestamp_millis: reading(`system.main.date_trunc('millisecond', CAST(`, ' AS TIMESTAMP))'),
  to_timestamp_micros: reading('CAST(', ' AS TIMESTAMP)'),
  to_timestamp_nanos: reading('CAST(', ' AS TIMESTAMP_NS)'),
  to_date: reading('CAST(', ' AS DATE)'),
  to_unixtime: reading('epoch_us(', ') // 1000000'),
  cardinality,
  digest,
  sha224: noDigest,
  sha384: noDigest,
  sha512: noDigest,
};

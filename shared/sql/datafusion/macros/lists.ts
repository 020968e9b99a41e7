// Lists. Elements count from 1, and from the end below zero, as in DuckDB; NULL is an element like any other.
// Parameters of lambdas have odd names, so that a column in an argument is never taken for one.
import type { Macros } from './macro.ts';

const same = 'item__ IS NOT DISTINCT FROM element';
const positions = `list_filter(range(1, len(list) + 1), lambda at__: list[at__] IS NOT DISTINCT FROM element)`;

/** The position of the last element that a change of at most `n` equal elements touches. */
const last = (n: string): string =>
  n === '1' ? 'list_position(list, element)' : `coalesce(list_extract(${positions}, n), len(list))`;

const remove = (n: string): string =>
  `CASE WHEN n__ IS NULL THEN list ELSE list_filter(list, lambda item__, spot__: NOT (${same} AND spot__ <= n__)) END`.replaceAll(
    'n__',
    last(n),
  );
const replace = (n: string): string =>
  `list_transform(list, lambda item__, spot__: CASE WHEN ${same} AND spot__ <= ${last(n)} THEN new ELSE item__ END)`;

/** DuckDB wants the order as constants, which parameters are not. */
const sorted = (direction: string, nulls: string): string =>
  ['ASC', 'DESC']
    .flatMap((way) => ['NULLS FIRST', 'NULLS LAST'].map((side) => [way, side] as const))
    .map(([way, side]) => {
      const wanted = `${direction} = '${way}' AND ${nulls} = '${side}'`;
      return `WHEN ${wanted} THEN system.main.list_sort(list, '${way}', '${side}')`;
    })
    .join(' ');
const sort = `(list) AS system.main.list_sort(list, 'ASC', 'NULLS FIRST'),
  (list, direction) AS CASE ${sorted('upper(direction)', `'NULLS FIRST'`)} END,
  (list, direction, nulls) AS CASE ${sorted('upper(direction)', 'upper(nulls)')} END`;

/** Each element once, in order, NULL first. */
const distinct = (list: string): string =>
  `CASE WHEN list_position(${list}, NULL) IS NULL THEN system.main.list_sort(system.main.list_distinct(${list}))
    ELSE list_concat([NULL], system.main.list_sort(system.main.list_distinct(${list}))) END`;

/** The elements of `a`, each once, that are in `b`, or not. */
const compared = (isIn: boolean): string =>
  `(a, b) AS list_filter(a, lambda item__, spot__: system.main.list_position(a, item__) = spot__
    AND system.main.list_position(b, item__) IS ${isIn ? 'NOT ' : ''}NULL)`;

const notNested = (what: string): string =>
  `CASE WHEN typeof(list) LIKE '%[][]' THEN error('Lists of lists are too deep here.') ELSE ${what} END`;

/** By the name after `array_` and `list_`. */
const named: Macros = {
  append: '(list, element) AS list_concat(list, [element])',
  push_back: '(list, element) AS list_concat(list, [element])',
  prepend: '(element, list) AS list_concat([element], list)',
  push_front: '(element, list) AS list_concat([element], list)',
  empty: '(list) AS len(list) = 0',
  element: '(list, n) AS list_extract(list, n)',
  any_value: '(list) AS list_filter(list, lambda item__: item__ IS NOT NULL)[1]',
  indexof: '(list, element) AS list_position(list, element)',
  position: `(list, element) AS CAST(system.main.list_position(list, element) AS BIGINT),
    (list, element, first) AS list_filter(${positions}, lambda spot__: spot__ >= first)[1]`,
  positions: `(list, element) AS ${positions}`,
  pop_back: '(list) AS list[1:len(list) - 1]',
  pop_front: '(list) AS list[2:]',
  remove: `(list, element) AS ${remove('1')}`,
  remove_n: `(list, element, n) AS ${remove('n')}`,
  remove_all: `(list, element) AS list_filter(list, lambda item__: NOT (${same}))`,
  repeat: '(element, n) AS [element for spot__ in range(n)]',
  replace: `(list, element, new) AS ${replace('1')}`,
  replace_n: `(list, element, new, n) AS ${replace('n')}`,
  replace_all: `(list, element, new) AS list_transform(list, lambda item__: CASE WHEN ${same} THEN new ELSE item__ END)`,
  to_string: `(list, delimiter) AS ${notNested('system.main.array_to_string(list, delimiter)')},
    (list, delimiter, missing) AS system.main.array_to_string(
      list_transform(list, lambda item__: coalesce(CAST(item__ AS VARCHAR), missing)), delimiter)`,
  join: '(list, delimiter) AS array_to_string(list, delimiter), (list, delimiter, missing) AS array_to_string(list, delimiter, missing)',
  sort,
  dims: `(list) AS ${notNested('[len(list)]')}`,
  ndims: `(list) AS CAST(strlen(regexp_extract(typeof(list), '(\\[\\])*$')) // 2 AS BIGINT)`,
  distance: '(a, b) AS system.main.list_distance(CAST(a AS DOUBLE[]), CAST(b AS DOUBLE[]))',
  max: '(list) AS system.main.list_max(list)',
  min: '(list) AS system.main.list_min(list)',
  length: '(list) AS CAST(len(list) AS BIGINT)',
  distinct: `(list) AS ${distinct('list')}`,
  union: '(a, b) AS list_distinct(list_concat(a, b))',
  except: compared(false),
  intersect: compared(true),
};

const pieces = `(s, delimiter) AS pieces__(s, delimiter),
    (s, delimiter, missing) AS [nullif(item__, missing) for item__ in pieces__(s, delimiter)]`;

export const listMacros: Macros = {
  arrays_overlap: '(a, b) AS list_has_any(a, b)',
  empty: '(list) AS len(list) = 0',
  cardinality__: `(list) AS ${notNested('nullif(len(list), 0)')}`,
  map_extract: '(map, key) AS [map[key]]',
  element_at: '(map, key) AS [map[key]]',
  pieces__: `(s, delimiter) AS CASE WHEN delimiter IS NULL THEN string_split(s, '')
    WHEN delimiter = '' THEN [s] ELSE string_split(s, delimiter) END`,
  string_to_array: pieces,
  string_to_list: pieces,
  ...Object.fromEntries(
    Object.entries(named).flatMap(([name, definition]) => [
      [`array_${name}`, definition],
      [`list_${name}`, definition],
    ]),
  ),
};

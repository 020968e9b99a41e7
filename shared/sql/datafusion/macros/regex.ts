// Regular expressions: Rust's and RE2's syntax agree but for rare corners. A pattern matches anywhere in the text.
import type { Macros } from './macro.ts';

/** RE2 knows named groups as `(?P<…>` only. */
const named = `system.main.replace(pattern, '(?<', '(?P<')`;

/** The pattern with its flags in front; DuckDB's own flags would have to be constants, which a parameter is not. */
const flagged = `CASE WHEN flags = '' THEN ${named} ELSE '(?' || flags || ')' || ${named} END`;

/** The replacement in RE2's spelling: `\1` for `$1` and `${1}`. */
const spelled = `system.main.regexp_replace(replacement, '\\\\+([0-9])|\\$\\{([0-9])\\}|\\$([0-9])', '\\\\\\1\\2\\3', 'g')`;

/** How many groups a pattern captures: parentheses that are neither escaped nor in brackets nor begin with `?`. */
const plain = `system.main.regexp_replace(pattern, '\\\\.|\\[[^\\]]*\\]', '', 'g')`;
const groups = `len(regexp_extract_all(${plain}, '\\((\\?P?<[a-zA-Z]|[^?]|$)|\\((\\()'))`;

const groupLists = Array.from({ length: 10 }, (_, count) => {
  const members = Array.from({ length: Math.max(count, 1) }, (_, index) => {
    return `regexp_extract(s, pattern, ${count === 0 ? 0 : index + 1})`;
  });
  return `WHEN ${count} THEN [${members.join(', ')}]`;
});

const matchOnce = `(s, pattern) AS CASE WHEN regexp_matches(s, ${named}) THEN CASE groups__(pattern) ${groupLists.join(' ')}
    ELSE error('More than nine groups in a regular expression.') END END`;

const before = (s: string): string => `length(regexp_extract(${s}, '(?s)^(.*?)(?:' || ${named} || ')', 1))`;

export const regexMacros: Macros = {
  groups__: `(pattern) AS ${groups}`,
  regexp_full_match: `(s, pattern) AS regexp_matches(s, ${named})`, // what the operator `~` calls
  '~*': `(s, pattern) AS regexp_matches(s, '(?i)' || ${named})`,
  '!~*': `(s, pattern) AS NOT regexp_matches(s, '(?i)' || ${named})`,
  regexp_like: `(s, pattern) AS regexp_matches(s, ${named}), (s, pattern, flags) AS regexp_matches(s, ${flagged})`,
  regexp_match__: matchOnce,
  regexp_match: `(s, pattern) AS regexp_match__(s, ${named}), (s, pattern, flags) AS regexp_match__(s, ${flagged})`,
  regexp_replace: `(s, pattern, replacement) AS system.main.regexp_replace(s, ${named}, ${spelled}),
    (s, pattern, replacement, flags) AS CASE WHEN contains(flags, 'g')
      THEN system.main.regexp_replace(s, ${flagged.replaceAll('flags', `system.main.replace(flags, 'g', '')`)}, ${spelled}, 'g')
      ELSE system.main.regexp_replace(s, ${flagged}, ${spelled}) END`,
  regexp_count: `(s, pattern) AS CASE WHEN pattern = '' THEN 0 ELSE CAST(len(regexp_extract_all(s, ${named})) AS BIGINT) END,
    (s, pattern, first) AS CAST(len(regexp_extract_all(substr(s, first), ${named})) AS BIGINT),
    (s, pattern, first, flags) AS CAST(len(regexp_extract_all(substr(s, first), ${flagged})) AS BIGINT)`,
  regexp_instr: `(s, pattern) AS CASE WHEN regexp_matches(s, ${named}) THEN CAST(${before('s')} + 1 AS BIGINT) ELSE 0 END,
    (s, pattern, first) AS CASE WHEN regexp_matches(substr(s, first), ${named})
      THEN CAST(${before('substr(s, first)')} + first AS BIGINT) ELSE 0 END`,
};

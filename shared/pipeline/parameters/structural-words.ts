// Words that make the structure of a query and never are names without quotes: those that `duckdb_keywords()` of DuckDB
// v1.5.6 calls reserved or names of types and functions; a test compares.

/** Words among them that stand for a value, or for the direction of an order. */
export const valueWords: readonly string[] = ['null', 'true', 'false', 'asc', 'desc'];

const words: ReadonlySet<string> = new Set(
  `
    all analyse analyze and anti any array as asc asof asymmetric at authorization binary both by case cast check
    collate collation column columns concurrently constraint create cross default deferrable desc describe distinct do
    else end except false fetch for foreign freeze from full generated glob group having ilike in initially inner
    intersect into is isnull join lambda lateral leading left like limit map natural not notnull null offset on only or
    order outer overlaps pivot pivot_longer pivot_wider placing positional primary qualify references returning right
    select semi show similar some struct summarize symmetric table tablesample then to trailing true try_cast union
    unique unpack unpivot using variadic verbose when where window with
  `
    .trim()
    .split(/\s+/),
);

/** Whether a word, in any case, makes structure. */
export function isStructural(word: string): boolean {
  const small = word.toLowerCase();
  return words.has(small) && !valueWords.includes(small);
}

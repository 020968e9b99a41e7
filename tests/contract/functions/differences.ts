// Where the browser knowingly answers otherwise than native DuckDB. All other statements must be equal.

export interface Difference {
  readonly statement: string;
  /** What the browser does where native DuckDB answers: it fails, or answers something else. */
  readonly browser: 'fails' | 'differs';
  readonly reason: string;
}

export const differences: readonly Difference[] = [
  {
    statement: `SELECT strptime('2024-07-01 10:00:00 Europe/Rome', '%Y-%m-%d %H:%M:%S %Z')`,
    browser: 'fails',
    reason: 'The parser is DuckDB’s own, which knows no zones; a cast to TIMESTAMPTZ does.',
  },
  {
    statement: `FROM range(TIMESTAMPTZ '2024-01-01', TIMESTAMPTZ '2024-01-03', INTERVAL 1 DAY)`,
    browser: 'fails',
    reason: 'In FROM, ranges are of numbers, DATE and TIMESTAMP; `unnest(range(…))` makes one of TIMESTAMPTZ.',
  },
  {
    statement: `FROM generate_series(TIMESTAMPTZ '2024-01-01', TIMESTAMPTZ '2024-01-03', INTERVAL 1 DAY)`,
    browser: 'fails',
    reason: 'As above.',
  },
  {
    statement: `SELECT x FROM (VALUES ('b'), ('A')) t(x) ORDER BY x COLLATE de`,
    browser: 'fails',
    reason: 'The collations of languages are in the icu extension; browsers give no sort keys.',
  },
  {
    statement: `SELECT json, root, rowid FROM json_each('[5, 6]')`,
    browser: 'fails',
    reason: 'json_each and json_tree are macros here, which have no hidden columns.',
  },
  {
    statement: `SELECT timezone('UTC+05:30', TIMESTAMP '2024-01-01')`,
    browser: 'fails',
    reason: 'Native DuckDB passes over the minutes in silence, and answers a moment that is wrong.',
  },
  {
    statement: `SELECT age(TIMESTAMPTZ 'infinity', TIMESTAMPTZ '2024-01-01')`,
    browser: 'fails',
    reason: 'Native DuckDB takes infinity for a year like others.',
  },
  {
    statement: `SELECT strftime(TIMESTAMPTZ '2024-07-03', '%n|')`,
    browser: 'differs',
    reason: 'Native DuckDB makes room for nine digits, writes six, and leaves the rest of the text to chance.',
  },
];

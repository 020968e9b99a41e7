// What is refused as a stage's query, with its code and place.
import type { ContractCase } from '../case.ts';
import { stages } from './over-numbers.ts';

export const refusedCases: readonly ContractCase[] = [
  ...[
    ['CREATE TABLE x (a INTEGER)', 'sql.not_a_query at 4:28'],
    ['DROP TABLE numbers', 'sql.not_a_query at 4:28'],
    ['INSERT INTO numbers VALUES (1)', 'sql.not_a_query at 4:28'],
    ["COPY numbers TO 'x.csv'", 'sql.not_a_query at 4:28'],
    ['SET threads = 1', 'sql.not_a_query at 4:28'],
    ['PRAGMA version', 'sql.not_a_query at 4:28'],
    ["ATTACH 'x.db'", 'sql.not_a_query at 4:28'],
    ['INSTALL json', 'sql.not_a_query at 4:28'],
    ...[
      ...[
        'CREATE OR REPLACE VIEW x AS SELECT 1',
        'CREATE SCHEMA x',
        'CREATE MACRO x() AS 1',
        "CREATE TYPE x AS ENUM ('a')",
      ],
      ...[
        'CREATE TEMP TABLE x AS SELECT 1',
        'CREATE SEQUENCE x',
        'CREATE INDEX x ON numbers (n)',
        'CREATE SECRET x (TYPE s3)',
      ],
      ...['ALTER TABLE numbers ADD COLUMN x INTEGER', 'COMMENT ON TABLE numbers IS NULL', 'TRUNCATE numbers'],
      ...[
        'UPDATE numbers SET n = 1',
        'DELETE FROM numbers',
        'MERGE INTO numbers USING numbers AS x ON true WHEN MATCHED THEN DELETE',
      ],
      ...[
        'RESET threads',
        'LOAD json',
        'FORCE INSTALL json',
        'DETACH memory',
        'USE memory',
        "EXPORT DATABASE 'x'",
        "IMPORT DATABASE 'x'",
      ],
      ...[
        'CALL pragma_version()',
        'PREPARE x AS SELECT 1',
        'EXECUTE x',
        'DEALLOCATE x',
        'EXPLAIN SELECT 1',
        'EXPLAIN ANALYZE SELECT 1',
      ],
      ...[
        'ANALYZE',
        'VACUUM',
        'CHECKPOINT',
        'FORCE CHECKPOINT',
        'BEGIN',
        'START TRANSACTION',
        'COMMIT',
        'ROLLBACK',
        'ABORT',
        'END',
      ],
      ...['/* first */ DROP TABLE numbers', '(DROP TABLE numbers)'],
    ].map((query) => [query, `sql.not_a_query at 4:${28 + Math.max(0, query.search(/[A-Z]/))}`]),
    ['WITH x AS (SELECT 1) INSERT INTO numbers SELECT * FROM x', 'sql.not_a_query at 4:49'],
    ['WITH x AS (SELECT 1) DELETE FROM numbers', 'sql.not_a_query at 4:49'],
    ['FROM numbers; DROP TABLE numbers', 'sql.not_a_query at 4:42'],
    ['SELECT 1; COMMIT', 'sql.not_a_query at 4:38'],
    ['', 'document.invalid at 4:27'],
    [';', 'sql.not_a_query at 4:28'],
    ['-- nothing', 'sql.not_a_query at 4:28'],
    ['SELECT 1; SELECT 2', 'sql.not_a_query at 4:38'],
    ['SELECT 1); DROP TABLE numbers; SELECT (1', undefined],
    ['SELECT 1 FROM', 'sql.syntax'],
    ['SELECT missing FROM numbers', 'sql.binding at 4:35'],
    ['FROM enable_logging()', 'sql.binding at 4:33'],
    ['FROM system.main.ENABLE_LOGGING /* x */ ()', 'sql.binding at 4:45'],
    ["FROM query('FROM checkpoint()')", 'sql.binding at 4:33'],
    ["FROM query(E'FROM \\\\143heckpoint()')", 'sql.binding at 4:33'],
    ["FROM query(E'FROM \\\\543heckpoint()')", 'sql.binding at 4:33'],
  ].map(([query, error]) =>
    stages(
      `refused: ${query}`,
      `stages:
  - - { name: bad, query: "${query}", show: 0 }
`,
      { outcome: 'failed', error: error === undefined || error === 'sql.syntax' ? true : error },
      (observed) => ({
        outcome: observed.outcome,
        error:
          error === undefined || error === 'sql.syntax'
            ? /^sql\.(not_a_query|syntax) at 4:/.test(observed.error ?? '')
            : observed.error,
      }),
    ),
  ),
];

// Checks of sources and stages: what is counted, what is shown, what it means for the run.
import type { ContractCase } from '../case.ts';
import { previewRows, runDocument, type Watched } from '../run-document.ts';
import type { Value } from '../../../shared/values/codec.ts';

const people = `sources:
  - type: inline
    name: people
    rows:
      - { id: 1, name: Ada, country: UK, height: 1.7, born: 1815-12-10 }
      - { id: 2, name: Grace, country: US, height: 1.6, born: 1906-12-09 }
      - { id: 2, name: Grace, country: US, height: 1.6, born: 1906-12-09 }
      - { id: ~, name: edsger, country: NL, height: 1.9, born: 1930-05-11 }
      - { id: ~, name: ~, country: ~, height: ~, born: ~ }
`;

/** Every check that was told: relation, name, whether it passed, how many rows, and the samples as they came. */
function told({ events }: Watched): Value[][] {
  return events.flatMap((event) => {
    if (event.type !== 'check_completed') return [];
    const { relation, check, passed, failing, samples } = event;
    return [[relation, check, passed, failing, ...(samples ? [previewRows(samples), samples.truncated] : [])]];
  });
}

function checks(
  name: string,
  document: string,
  expected: unknown,
  pick: (watched: Watched) => unknown = told,
): ContractCase {
  return { name, run: async ({ platform }) => pick(await runDocument(platform, people + document)), expected };
}

export const checkCases: readonly ContractCase[] = [
  checks(
    'every sort of check counts the rows that break it; a missing value passes all but not_null',
    `stages:
  - - name: result
      query: SELECT id, name, country, height, born::DATE AS born FROM people
      checks:
        - { type: not_null, columns: [id, name], severity: warn, samples: 0 }
        - { type: unique, columns: [id], severity: warn, samples: 0 }
        - { type: unique, columns: [id, born], severity: warn, samples: 0 }
        - { type: accepted_values, column: COUNTRY, values: [UK, NL], severity: warn, samples: 0 }
        - { type: accepted_values, column: id, values: ["1", 3], severity: warn, samples: 0 }
        - { type: range, column: id, min: 1.5, severity: warn, samples: 0 }
        - { type: range, column: height, min: 1.6, max: 1.7, severity: warn, samples: 0 }
        - { type: range, column: born, max: "1906-12-08", severity: warn, samples: 0 }
        - { type: regex, column: name, pattern: "^[A-Z]", severity: warn, samples: 0 }
        - { type: row_count, min: 5, max: 5 }
        - { type: row_count, min: 6, name: enough, severity: warn }
        - { type: expression, expression: "id < 2 -- a comment", severity: warn, samples: 0 }
        - { type: expression, expression: "length(name) > 3 OR name IN (SELECT name FROM people WHERE id = 1)" }
`,
    [
      ['result', 'not_null(id, name)', false, 2],
      ['result', 'unique(id)', false, 2],
      ['result', 'unique(id, born)', false, 2],
      ['result', 'accepted_values(COUNTRY)', false, 2],
      ['result', 'accepted_values(id)', false, 2],
      ['result', 'range(id)', false, 1],
      ['result', 'range(height)', false, 1],
      ['result', 'range(born)', false, 3],
      ['result', 'regex(name)', false, 1],
      ['result', 'row_count', true, 5],
      ['result', 'enough', false, 5],
      ['result', 'id < 2 -- a comment', false, 2],
      ['result', 'length(name) > 3 OR name IN (SELECT name FROM people WHERE…', true, 0],
    ],
  ),
  checks(
    'samples are rows that break the check, as many as are wanted',
    `stages:
  - - name: result
      query: SELECT id, name FROM people
      checks:
        - { type: unique, column: id, severity: warn }
        - { type: not_null, columns: [id], severity: warn, samples: 1 }
        - { type: regex, column: name, pattern: "^[A-Z]", severity: warn }
`,
    [
      [
        'result',
        'unique(id)',
        false,
        2,
        [
          ['2', 'Grace'],
          ['2', 'Grace'],
        ],
        false,
      ],
      ['result', 'not_null(id)', false, 2, [[null, 'edsger']], true],
      ['result', 'regex(name)', false, 1, [[null, 'edsger']], false],
    ],
  ),
  checks(
    'a check that fails ends the run at its place, after all checks of the relation are told, before anything is written',
    `stages:
  - - name: result
      query: SELECT id FROM people
      checks:
        - { type: row_count, min: 5 }
        - { type: not_null, columns: [id], samples: 0 }
        - { type: unique, columns: [id], severity: warn, samples: 0 }
destination: { type: file, name: out, location: never.csv, format: { type: csv } }
`,
    {
      error: 'check.failed at 15:19',
      message: '2 rows of result break not_null(id).',
      types: [
        ...['run_started', 'planned', 'source_started', 'source_completed', 'stage_started'],
        ...['check_completed', 'check_completed', 'check_completed', 'notice', 'run_failed'],
      ],
      reason: 'it is checked',
    },
    ({ error, issue, events }) => ({
      error,
      message: issue?.message,
      types: events.map(({ type }) => type).filter((type) => type !== 'source_progress'),
      reason: events.flatMap((event) => (event.type === 'planned' ? event.plan.stages : []))[0]?.reason,
    }),
  ),
  checks(
    'a source is checked before any stage runs, and a check may read another source',
    `    checks:
      - { type: expression, expression: "country IN (SELECT code FROM countries)" }
  - type: inline
    name: countries
    csv: |
      code
      UK
      US
stages: [[{ name: result, query: SELECT * FROM people }]]
`,
    {
      error: 'check.failed at 11:17',
      message: '1 row of people breaks country IN (SELECT code FROM countries).',
      stages: 0,
    },
    ({ error, issue, events }) => ({
      error,
      message: issue?.message,
      stages: events.filter(({ type }) => type === 'stage_started').length,
    }),
  ),
  checks(
    'what a check reads lives until then',
    `stages:
  - - { name: known, query: "SELECT DISTINCT country FROM people WHERE country <> 'NL'" }
  - - { name: a, query: SELECT country FROM known }
    - { name: b, query: SELECT country FROM known }
  - - name: result
      query: SELECT * FROM people
      checks:
        - { type: expression, expression: country IN (SELECT country FROM known), severity: warn, samples: 0 }
`,
    { outcome: 'succeeded', told: [['result', 'country IN (SELECT country FROM known)', false, 1]] },
    (watched) => ({ outcome: watched.outcome, told: told(watched) }),
  ),
  ...[
    ['{ type: not_null, columns: [id, nane] }', 'check.invalid at 14:43', 'Did you mean "name"?'],
    ['{ type: range, column: name, min: 5 }', 'check.invalid at 14:45', undefined],
    ['{ type: range, column: born, min: yesterday }', 'check.invalid at 14:45', undefined],
    ['{ type: accepted_values, column: id, values: [1, 2.5] }', 'check.invalid at 14:60', undefined],
    ['{ type: accepted_values, column: id, values: [one] }', 'check.invalid at 14:57', undefined],
    ['{ type: regex, column: name, pattern: "(" }', 'check.invalid at 14:49', undefined],
    ['{ type: expression, expression: id > nothing }', 'sql.binding at 14:48', undefined],
    ['{ type: expression, expression: id + 1 }', 'check.invalid at 14:43', undefined],
    ['{ type: expression, expression: sum(id) > 1 }', 'sql.binding at 14:43', undefined],
    ['{ type: expression, expression: "id > 1) OR (true" }', 'sql.syntax at 14:50', undefined],
    ['{ type: expression, expression: id > }', 'sql.syntax at 14:47', undefined],
    ['{ type: expression, expression: id > 1; DROP TABLE people }', 'sql.syntax at 14:49', undefined],
  ].map(([check, error, hint]) =>
    checks(
      `a check that does not fit is told before anything is read: ${check}`,
      `stages:
  - - name: result
      query: SELECT id, name, born::DATE AS born FROM people
      checks:
        - ${check}
`,
      { error, started: 0, ...(hint === undefined ? {} : { hint }) },
      (watched) => ({
        error: watched.error,
        started: watched.events.filter(({ type }) => type === 'source_started').length,
        ...(hint === undefined ? {} : { hint: watched.issue?.hint }),
      }),
    ),
  ),
];

// Stages whose columns or whose order are found out: PIVOT over the data, structs without names, flat lists.
import type { ContractCase } from '../case.ts';
import { stages } from './over-numbers.ts';

const printed = (columns: readonly { readonly name: string; readonly type: string }[] | undefined): string | null =>
  columns?.map(({ name, type }) => `${name} ${type}`).join(', ') ?? null;

export const orderCases: readonly ContractCase[] = [
  stages(
    'a PIVOT that takes its columns from the data is a table, and what reads it is bound when they are known',
    `stages:
  - - { name: wide, query: 'PIVOT numbers ON word USING sum(n)', print_schema: true }
  - - { name: sums, query: 'SELECT one + two + three AS total FROM wide' }
    - { name: more, query: 'SELECT one + 1 AS more FROM wide', checks: [{ type: range, column: more, min: 2, max: 2 }] }
  - - { name: result, query: 'SELECT total::INTEGER, more::INTEGER FROM sums, more', show: 0 }
`,
    {
      outcome: 'succeeded',
      rows: [[6, 2]],
      planned: [
        ['wide', 'its columns come from its rows', null],
        ['sums', null, null],
        ['more', 'it is checked', null],
        ['result', null, null],
      ],
      completed: [
        ['wide', 1, 'one HUGEINT, three HUGEINT, two HUGEINT'],
        ['sums', null, null],
        ['more', 1, null],
        ['result', null, null],
      ],
      schema: 'one HUGEINT, three HUGEINT, two HUGEINT',
      checks: [true],
    },
    ({ outcome, shown, events }) => ({
      outcome,
      rows: shown['result'],
      planned: events.flatMap((event) =>
        event.type === 'planned'
          ? event.plan.stages.map(({ name, reason, columns }) => [name, reason ?? null, printed(columns)])
          : [],
      ),
      completed: events
        .flatMap((event) => (event.type === 'stage_completed' ? [event] : []))
        .sort((a, b) => a.position - b.position || a.subPosition - b.subPosition)
        .map(({ name, rows, columns }) => [name, rows ?? null, printed(columns)]),
      schema: events.flatMap((event) =>
        event.type === 'stage_output' && event.output.kind === 'print_schema' ? [printed(event.output.columns)] : [],
      )[0],
      checks: events.flatMap((event) => (event.type === 'check_completed' ? [event.passed] : [])),
    }),
  ),
  stages(
    'what reads the columns of a PIVOT that it turns out not to have is told at its place',
    `stages:
  - - { name: wide, query: 'PIVOT numbers ON word USING sum(n)' }
  - - { name: result, query: SELECT four FROM wide }
`,
    'sql.binding at 5:37',
    ({ error }) => error,
  ),
  stages(
    'a struct without names is refused where a table would need it, and may be shown',
    `stages:
  - - { name: shown, query: 'SELECT row(1, 2) AS r', show: 1 }
    - { name: odd, query: 'SELECT [row(1, 2)] AS r' }
  - - { name: result, query: SELECT * FROM odd, show: 0 }
`,
    { error: 'type.unsupported at 5:27', hint: "Name its values, as in {'a': 1, 'b': 2}." },
    ({ error, issue }) => ({ error, hint: issue?.hint }),
  ),
  stages(
    'a struct without names may be shown',
    `stages: [[{ name: shown, query: 'SELECT row(1, 2) AS r', show: 1 }]]
`,
    [['(1, 2)']],
    ({ shown }) => shown['shown'],
  ),
  stages(
    'a flat list runs in the order of its references, and the last that runs is written',
    `stages:
  - { name: result, query: 'SELECT * FROM doubled JOIN words USING (n) ORDER BY n', show: 0 }
  - { name: doubled, query: SELECT n * 2 AS n FROM small }
  - { name: small, query: SELECT n FROM numbers WHERE n < 2 }
  - { name: words, query: 'WITH small AS (SELECT n, word FROM numbers) SELECT n, word AS result FROM small' }
`,
    {
      rows: [['2', 'two']],
      order: [
        ['small', 2, []],
        ['doubled', 1, ['small']],
        ['words', 3, []],
        ['result', 0, ['doubled', 'words']],
      ],
    },
    ({ shown, events }) => ({
      rows: shown['result'],
      order: events.flatMap((event) =>
        event.type === 'planned'
          ? event.plan.stages.map(({ name, position, reads }) => [
              name,
              position,
              reads.filter((read) => read !== 'numbers'),
            ])
          : [],
      ),
    }),
  ),
  stages(
    'a flat list waits for a check and for a PIVOT',
    `stages:
  - { name: result, query: SELECT n FROM numbers, checks: [{ type: expression, expression: n IN (SELECT n FROM late) }] }
  - { name: late, query: 'SELECT unnest([one, two, three]) AS n FROM wide' }
  - { name: wide, query: PIVOT numbers ON word USING sum(n) }
`,
    { outcome: 'succeeded', order: ['wide', 'late', 'result'] },
    ({ outcome, events }) => ({
      outcome,
      order: events.flatMap((event) => (event.type === 'stage_completed' ? [event.name] : [])),
    }),
  ),
  ...[
    [
      'a circle',
      `  - { name: a, query: SELECT * FROM b }
  - { name: b, query: SELECT * FROM c }
  - { name: c, query: SELECT * FROM numbers JOIN a USING (n) }
`,
      'stage.cycle at 6:50',
      'Stages read one another in a circle: a reads b reads c reads a.',
    ],
    [
      'a stage that reads itself',
      `  - { name: a, query: SELECT * FROM A }
`,
      'stage.cycle at 4:37',
      'The stage a reads a: it would need its own rows before it has them.',
    ],
    [
      'a reference to nothing',
      `  - { name: a, query: SELECT * FROM nubmers }
`,
      'sql.binding at 4:37',
      'Table with name nubmers does not exist!',
    ],
  ].map(([name, body, error, message]) =>
    stages(`a flat list with ${name} is refused at its place`, `stages:\n${body}`, { error, message }, (observed) => ({
      error: observed.error,
      message: observed.issue?.message,
    })),
  ),
];

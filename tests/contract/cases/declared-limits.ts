// Declared types that have less than the DuckDB types that stand for them: what they do not have is refused.
import type { ContractCase } from '../case.ts';
import { dialects } from '../../../shared/sql/dialect.ts';
import { declaring, reading, refusing } from './csv-exact.ts';
import { documentOf, summary } from './one-source.ts';
import { runDocument } from '../run-document.ts';

/** What a declared type does not take, though the DuckDB type that stands for it does. */
const beyond: readonly (readonly [type: string, told: string, values: readonly string[]])[] = [
  ['timestamp<us,Europe/Berlin>', 'timestamp<us,Europe/Berlin>', ['2024-01-01T00:00:00', '2024-01-01']],
  ['duration<us>', 'INTERVAL', ['0.33 months', '1.5 days', '0.5 hours']],
  ['time32<s>', 'time32<s>', ['10:00:00.5']],
  ['time32<ms>', 'time32<ms>', ['10:00:00.0005']],
  ['decimal<5,-2>', 'decimal<5,-2>', ['12345']],
  ['fixed_binary<4>', 'fixed_binary<4>', ['abc', 'abcde']],
  ['list<time32<s>>', 'list<time32<s>>', ['[10:00:00.5]']],
  ['struct<a:int32,b:fixed_binary<2>>', 'struct<a:int32,b:fixed_binary<2>>', ["{'a': 1, 'b': abc}"]],
  ['map<string,decimal<3,-1>>', 'map<string,decimal<3,-1>>', ['{k=15}']],
];

const beyondCases = dialects.flatMap((dialect) =>
  beyond.map(([type, told, values]) =>
    refusing(
      `CSV in ${dialect}: values that a declared ${type} does not have are refused (were taken, or changed)`,
      declaring(`name: x, data_type: "${type}"`),
      values.map((value) => [`x\n"${value}"\n`, value]),
      (value) => `Line 2 of a.csv has "${value}" in column x, which is ${told}.`,
      dialect,
    ),
  ),
);

export const declaredLimitCases: readonly ContractCase[] = [
  ...beyondCases,
  reading(
    'CSV: values of declared types that have less than DuckDB’s types do',
    {
      'a.csv':
        'a,b,c,d,e,f,g\n2024-01-01T00:00:00+01:00,1 day 1.5 seconds,10:00:00.0,10:00:00.5,12300,abcd,"[1200, 100]"\n,,,,,,\n',
    },
    declaring(
      ...['name: a, data_type: "timestamp<us,Europe/Berlin>"', 'name: b, data_type: "duration<us>"'],
      ...['name: c, data_type: "time32<s>"', 'name: d, data_type: "time32<ms>"', 'name: e, data_type: "decimal<5,-2>"'],
      ...['name: f, data_type: "fixed_binary<4>"', 'name: g, data_type: "list<decimal<5,-2>>"'],
    ),
    {
      columns: 'a TIMESTAMP WITH TIME ZONE, b INTERVAL, c TIME, d TIME, e DECIMAL(7,0), f BLOB, g DECIMAL(7,0)[]',
      rows: [
        ['2023-12-31 23:00:00+00', '1 day 00:00:01.5', '10:00:00', '10:00:00.5', '12300', 'abcd', ['1200', '100']],
        Array.from({ length: 7 }, () => null),
      ],
    },
  ),
  {
    name: 'JSON and inline rows: values that declared types do not have are refused (were taken, or changed)',
    run: async ({ platform, addFile }) => {
      await addFile('a.json', '{"x":"2024-01-01T00:00:00"}\n');
      const zone = 'schema: [{ name: x, data_type: "timestamp<us,Europe/Berlin>" }]';
      const time = 'schema: [{ name: x, data_type: "time32<s>" }]';
      const sources = [
        `type: file, location: a.json, format: { type: json, options: { ${zone} } }`,
        `type: inline, rows: [{ x: "10:00:00.5" }], ${time}`,
      ];
      const seen: unknown[] = [];
      for (const source of sources) seen.push(summary(await runDocument(platform, documentOf(source))));
      return seen;
    },
    expected: [
      {
        error: 'file.corrupt at 2:41',
        message: 'Line 1 of a.json has "2024-01-01T00:00:00" in column x, which is timestamp<us,Europe/Berlin>.',
      },
      {
        error: 'file.corrupt at 2:39',
        message: 'Line 1 of inline rows has "10:00:00.5" in column x, which is time32<s>.',
      },
    ],
  },
  {
    name: 'a plan shows a column with a limit by its name, without the cast that refuses values',
    run: async ({ platform, addFile }) => {
      await addFile('a.csv', 'x\n10:00:00\n');
      const { events } = await runDocument(
        platform,
        `sources: [{ name: data, ${declaring('name: x, data_type: "time32<s>"')} }]
stages: [[{ name: result, query: "SELECT x FROM data WHERE x > TIME '01:00:00'", explain: true }]]
`,
      );
      const plans = events.flatMap((event) =>
        event.type === 'stage_output' && event.output.kind === 'explain' ? [JSON.stringify(event.output.plan)] : [],
      );
      return plans.map((plan) => /\bx > |exact|CASE/.exec(plan)?.[0]);
    },
    expected: ['x > '],
  },
];

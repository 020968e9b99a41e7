// JSON that is written: what JSON itself cannot hold.
import type { ContractCase } from '../case.ts';
import { runDocument } from '../run-document.ts';

export const jsonWrittenCases: readonly ContractCase[] = [
  ...['', ', partition_columns: [p]'].map((more): ContractCase => ({
    name: `JSON: NaN and infinity are written as null, which is told${more && ', in partitions'}`,
    run: async ({ platform, readFile }) => {
      const numbers = "'NaN'::DOUBLE AS x, [1.5, 'Infinity'::DOUBLE] AS l, {'a': 10 / 0, 'b': 'k'} AS s";
      const query = `SELECT 1 AS p, 1.0::FLOAT AS f, ${numbers}, MAP {'k': '-inf'::FLOAT} AS m, NULL::DOUBLE AS n`;
      const { notices } = await runDocument(
        platform,
        `dialect: duckdb
sources: []
stages: [[{ name: result, query: ${JSON.stringify(query)} }]]
destination: { type: file, name: out, location: "${more ? 'd/' : 'o.json'}"${more}, format: { type: json } }
`,
      );
      const written = await readFile(more ? 'd/p=1/data_0.json' : 'o.json');
      return [notices, new TextDecoder().decode(written)];
    },
    expected: [
      ['type.converted'],
      `{${more ? '' : '"p":1,'}"f":1.0,"x":null,"l":[1.5,null],"s":{"a":null,"b":"k"},"m":{"k":null},"n":null}\n`,
    ],
  })),
  {
    name: 'JSON: numbers below one have a zero before the point, in whatever they stand (was no JSON)',
    run: async ({ platform, readFile }) => {
      const [all, most] = ['0.5::DECIMAL(38,38)', '0.5::DECIMAL(20,20)'];
      const query = `SELECT ${all} AS a, [${all}] AS l, ${most} AS d, MAP {'k': ${most}} AS m, {'x': [${most}]} AS s`;
      await runDocument(
        platform,
        `dialect: duckdb
sources: []
stages: [[{ name: result, query: ${JSON.stringify(query)} }]]
destination: { type: file, name: out, location: o.json, format: { type: json } }
`,
      );
      const text = new TextDecoder().decode(await readFile('o.json'));
      return [/[^0-9]\./.test(text), JSON.parse(text) as unknown];
    },
    expected: [false, { a: 0.5, l: [0.5], d: 0.5, m: { k: 0.5 }, s: { x: [0.5] } }],
  },
];

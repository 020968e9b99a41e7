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
];

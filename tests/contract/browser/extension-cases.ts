// DuckDB's own extensions where they should be served and are not: ours take their place.
import { outcomesOf } from '../functions/outcomes.ts';
import type { BrowserCase } from './cases.ts';

export const extensionCases: readonly BrowserCase[] = [
  {
    name: 'an extension that is not there, or is none, is told of and stood in for',
    run: async ({ open }) => {
      const seen = [];
      for (const extensions of ['/absent', '/', '/broken', 'http://127.0.0.1:1/']) {
        const platform = await open({ extensions });
        const [json] = await outcomesOf(platform.engine, [`SELECT '{"a":1}' ->> 'a', year(TIMESTAMPTZ '2024-01-01')`]);
        seen.push({ notices: platform.notices.map(({ message }) => kindOf(message)), json });
      }
      return seen;
    },
    expected: [
      ['json: absent', 'icu: absent'],
      ['json: absent', 'icu: absent'],
      ['json: refused', 'icu: absent'],
      ['json: unreachable', 'icu: unreachable'],
    ].map((notices) => ({ notices, json: { types: ['VARCHAR', 'BIGINT'], rows: [['1', '2024']] } })),
  },
];

function kindOf(message: string): string {
  const name = /own (\w+) is/.exec(message)?.[1] ?? '';
  if (/answers 404|not WebAssembly/.test(message)) return `${name}: absent`;
  if (message.includes('DuckDB refuses it')) return `${name}: refused`;
  return message.includes('cannot be fetched') ? `${name}: unreachable` : message;
}

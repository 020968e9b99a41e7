// The functions that the browser's DuckDB has from us, asked with every statement in one database; and DuckDB's own
// extensions, which are served nowhere here.
import { lackingCalls, statements } from '../functions/statements.ts';
import { outcomesOf } from '../functions/outcomes.ts';
import { openBrowserPlatform } from '../../../web/platform/index.ts';
import type { BrowserCase } from './cases.ts';

/** The answer is held to native DuckDB's by the test. */
export const functionsCase: BrowserCase = {
  name: 'every statement about JSON and time zones',
  run: async ({ platform: { engine } }) => {
    engine.setDialect('duckdb');
    const equal = await outcomesOf(engine, statements);
    const lacking = await outcomesOf(
      engine,
      lackingCalls.map(([, statement]) => statement),
    );
    return { equal, lacking, alive: await outcomesOf(engine, ['SELECT 42']) };
  },
  expected: undefined,
};

/** Where DuckDB's own extensions should be served and are not, ours take their place. */
export const extensionCases: readonly BrowserCase[] = [
  {
    name: 'an extension that is not there, or is none, is told of and stood in for',
    run: async () => {
      const seen = [];
      for (const extensions of ['/absent', '/', '/broken', 'http://127.0.0.1:1/']) {
        const platform = await openBrowserPlatform({ extensions });
        const [json] = await outcomesOf(platform.engine, [`SELECT '{"a":1}' ->> 'a', year(TIMESTAMPTZ '2024-01-01')`]);
        const { loaded, refused } = platform.extensions ?? { loaded: [], refused: [] };
        await platform.close();
        seen.push({ loaded, refused: refused.map(({ name, reason }) => `${name}: ${kindOf(reason)}`), json });
      }
      return seen;
    },
    expected: [
      ['json: absent', 'icu: absent'],
      ['json: absent', 'icu: absent'],
      ['json: refused', 'icu: absent'],
      ['json: unreachable', 'icu: unreachable'],
    ].map((refused) => ({ loaded: [], refused, json: { types: ['VARCHAR', 'BIGINT'], rows: [['1', '2024']] } })),
  },
];

function kindOf(reason: string): string {
  if (/answers 404|not WebAssembly/.test(reason)) return 'absent';
  if (reason.startsWith('DuckDB refuses it')) return 'refused';
  return reason.includes('cannot be fetched') ? 'unreachable' : reason;
}

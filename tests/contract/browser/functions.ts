// The functions that the browser's DuckDB has from us, asked with every statement in one database.
import { lackingCalls, statements } from '../functions/statements.ts';
import { outcomesOf } from '../functions/outcomes.ts';
import type { BrowserCase } from './cases.ts';

/** The answer is held to native DuckDB's by the test. */
export const functionsCase: BrowserCase = {
  name: 'every statement about JSON and time zones',
  run: async ({ platform: { engine } }) => {
    const equal = await outcomesOf(engine, statements);
    const lacking = await outcomesOf(
      engine,
      lackingCalls.map(([, statement]) => statement),
    );
    return { equal, lacking, alive: await outcomesOf(engine, ['SELECT 42']) };
  },
  expected: undefined,
};

// The functions that the browser's DuckDB has from us, statement by statement held to native DuckDB, in this process.
// What the browser lacks must fail with an error that says so, and nothing may bring the engine down.
import { expect, test } from '@playwright/test';
import { differences } from '../functions/differences.ts';
import { outcomesOf, type Outcome } from '../functions/outcomes.ts';
import { lackingCalls, statements } from '../functions/statements.ts';
import { withRelayContext } from '../relay.ts';
import { functionsCase } from './functions.ts';
import type {} from './messages.ts';

interface Answer {
  readonly equal: readonly Outcome[];
  readonly lacking: readonly Outcome[];
  readonly alive: readonly Outcome[];
}

test('JSON and time zones are answered as native DuckDB does, and what needs a relay says so', async ({ page }) => {
  test.setTimeout(600_000);
  await page.goto('/');
  await page.waitForFunction(() => 'runCase' in window);
  const [result, native] = await Promise.all([
    page.evaluate((name) => window.runCase(name), functionsCase.name),
    withRelayContext(({ platform }) => outcomesOf(platform.engine, statements)),
  ]);
  if ('error' in result) throw new Error(result.error);
  const { equal, lacking, alive } = result.answer as Answer;
  expect(alive).toEqual([{ types: ['INTEGER'], rows: [[42]] }]);

  const known = new Map(differences.map((difference) => [difference.statement, difference.browser]));
  const wrong = statements.flatMap((statement, index) => {
    const [here, there] = [equal[index], native[index]];
    const verdict = here && there ? compare(here, there) : 'is missing';
    return verdict === known.get(statement) ? [] : { statement, verdict: verdict ?? 'is equal', here, there };
  });
  expect(wrong).toEqual([]);

  const silent = lackingCalls.flatMap(([name, statement], index) => {
    const outcome = lacking[index];
    return outcome && saysWhatIsLacking(outcome, name) ? [] : { statement, outcome };
  });
  expect(silent).toEqual([]);
});

function saysWhatIsLacking(outcome: Outcome, name: string): boolean {
  if (!('error' in outcome)) return false;
  const { code, message, hint } = outcome.error;
  return code === 'place.unsupported' && message.includes(name) && hint?.includes('needs a relay') === true;
}

/** Undefined where both gave the same rows of the same types, or both failed. */
function compare(here: Outcome, there: Outcome): string | undefined {
  if ('error' in here) {
    if (/^(engine|internal)/.test(here.error.code)) return 'brings the engine down';
    return 'error' in there ? undefined : 'fails';
  }
  if ('error' in there) return 'answers where native DuckDB fails';
  return JSON.stringify(here) === JSON.stringify(there) ? undefined : 'differs';
}

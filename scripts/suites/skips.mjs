// In CI nothing is skipped in silence: a skipped test is a failure unless tests/skips.json names it with a reason.
import { readJson } from '../json.mjs';

/**
 * @typedef {{ readonly test: string, readonly reason: string }} Skip `test` is the full name as the report prints it
 * @typedef {import('./result.mjs').SuiteResult} SuiteResult
 */

/** @returns {readonly Skip[]} */
export function readSkips(file = 'tests/skips.json') {
  const skips = /** @type {Skip[]} */ (readJson(file));
  for (const { test, reason } of skips) {
    if (!test || !reason) throw new Error(`${file}: every entry needs a "test" and a "reason".`);
  }
  return skips;
}

/**
 * Turns skipped tests without a reason into failures.
 * @param {SuiteResult} result
 * @param {readonly Skip[]} skips
 * @returns {{ result: SuiteResult, unexplained: string[] }}
 */
export function judgeSkips(result, skips) {
  const known = new Set(skips.map(({ test }) => test));
  const unexplained = result.skipped.filter((test) => !known.has(test));
  const skipped = result.skipped.filter((test) => known.has(test));
  return { result: { ...result, failed: result.failed + unexplained.length, skipped }, unexplained };
}

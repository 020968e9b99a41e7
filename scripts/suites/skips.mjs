// In CI nothing is skipped in silence: a skipped test is a failure unless tests/skips.json names it with a reason.
import { readJson } from '../json.mjs';

/**
 * @typedef {{ readonly test: string, readonly reason: string }} Skip `test` is the full name of a test, or of a suite of them
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
  /** @param {string} name */
  const isKnown = (name) => skips.some(({ test }) => name === test || name.startsWith(`${test} `));
  const unexplained = result.skipped.filter((name) => !isKnown(name));
  const skipped = result.skipped.filter(isKnown);
  return { result: { ...result, failed: result.failed + unexplained.length, skipped }, unexplained };
}

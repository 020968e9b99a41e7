// What a suite came to, and how that is told: one line a suite, then the sum alone on the last line.

/**
 * @typedef {object} SuiteResult
 * @property {string} name
 * @property {number} seconds
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} skipped full names of the tests that were skipped
 */

/**
 * A suite that is one question with one answer, such as a type check.
 * @param {string} name
 * @param {{ code: number, seconds: number }} outcome
 * @returns {SuiteResult}
 */
export function verdict(name, { code, seconds }) {
  return { name, seconds, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

/**
 * The lines to print at the end. A check counts as one test.
 * @param {readonly SuiteResult[]} results
 * @returns {string[]}
 */
export function summary(results) {
  const width = Math.max(...results.map(({ name }) => name.length));
  const lines = results.map(({ name, seconds, passed, failed, skipped }) => {
    const mark = failed > 0 ? 'FAILED' : 'ok';
    const counts = passed + failed + skipped.length > 1 ? countsOf(passed, failed, skipped.length) : '';
    return `${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${mark.padEnd(6)}  ${counts}`.trimEnd();
  });
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const result of results) {
    sum.passed += result.passed;
    sum.failed += result.failed;
    sum.skipped += result.skipped.length;
  }
  return [...lines, '', countsOf(sum.passed, sum.failed, sum.skipped)];
}

/**
 * @param {number} passed
 * @param {number} failed
 * @param {number} skipped
 */
function countsOf(passed, failed, skipped) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

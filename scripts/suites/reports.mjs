// Reads the JSON reports of Vitest and Playwright: how many tests passed and failed, and which were skipped.

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Counts */

/**
 * @typedef {{ status: string, fullName: string }} VitestTest
 * @typedef {{ name: string, status: string, assertionResults: VitestTest[] }} VitestFile
 * @param {{ testResults: VitestFile[] }} report
 * @returns {Counts}
 */
export function readVitest(report) {
  /** @type {Counts} */
  const counts = { passed: 0, failed: 0, skipped: [] };
  for (const file of report.testResults) {
    for (const test of file.assertionResults) count(counts, test.status, test.fullName.trim());
    // a file that could not be loaded has no tests to count
    if (file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed')) counts.failed++;
  }
  return counts;
}

/**
 * @typedef {{ title: string, tests: { status: string }[] }} PlaywrightSpec
 * @typedef {{ title: string, suites?: PlaywrightSuite[], specs?: PlaywrightSpec[] }} PlaywrightSuite
 * @param {{ suites: PlaywrightSuite[], errors?: unknown[] }} report
 * @returns {Counts}
 */
export function readPlaywright(report) {
  /** @type {Counts} */
  const counts = { passed: 0, failed: report.errors?.length ?? 0, skipped: [] };
  for (const suite of report.suites) visit(suite, []);
  return counts;

  /**
   * @param {PlaywrightSuite} suite
   * @param {readonly string[]} above
   */
  function visit(suite, above) {
    const path = [...above, suite.title];
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) count(counts, test.status, [...path, spec.title].join(' › '));
    }
    for (const inner of suite.suites ?? []) visit(inner, path);
  }
}

/**
 * @param {Counts} counts
 * @param {string} status of a test, in the words of either runner
 * @param {string} name
 */
function count(counts, status, name) {
  if (status === 'passed' || status === 'expected') counts.passed++;
  else if (status === 'skipped' || status === 'pending' || status === 'todo' || status === 'disabled') {
    counts.skipped.push(name);
  } else counts.failed++;
}

// What the results pane can show, and how its choices are worded.
import type { CheckOutcome } from '../run-state.ts';

export type ResultsView = 'run' | 'plan' | 'checks';

/** `3 checks`, `3 checks, 1 failed`. */
export function tallyOf(checks: readonly CheckOutcome[]): string {
  const failed = checks.filter(({ passed }) => !passed).length;
  const all = `${checks.length} ${checks.length === 1 ? 'check' : 'checks'}`;
  return failed === 0 ? all : `${all}, ${failed} failed`;
}

// Patterns over paths: `sources.*.format` matches the format of every source.
import type { Path } from '../errors.ts';

/** Whether a path has the steps of a pattern; `*` stands for any one step. */
export function matches(pattern: string, path: Path): boolean {
  const steps = pattern === '' ? [] : pattern.split('.');
  return steps.length === path.length && steps.every((step, index) => step === '*' || step === path[index]);
}

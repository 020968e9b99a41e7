// Patterns over paths: `sources.*.format` matches the format of every source.
import type { Path } from '../errors.ts';

const parted = new Map<string, readonly string[]>();

/** Whether a path has the steps of a pattern; `*` stands for any one step. Patterns are constants of the code. */
export function matches(pattern: string, path: Path): boolean {
  let steps = parted.get(pattern);
  if (!steps) parted.set(pattern, (steps = pattern === '' ? [] : pattern.split('.')));
  return steps.length === path.length && steps.every((step, index) => step === '*' || step === path[index]);
}

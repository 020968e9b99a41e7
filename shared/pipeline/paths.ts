// Patterns over paths: `sources.*.format` matches the format of every source.
import type { Path } from '../errors.ts';

const parted = new Map<string, Path>();

/** Whether a path has the steps of a pattern; `*` stands for one step, whatever it is. Patterns are constants of the code. */
export function matches(pattern: string, path: Path): boolean {
  let steps = parted.get(pattern);
  if (!steps) parted.set(pattern, (steps = stepsOf(pattern)));
  return steps.length === path.length && steps.every((step, index) => step === '*' || step === path[index]);
}

/** A number in a pattern is a position in a list. */
function stepsOf(pattern: string): Path {
  if (pattern === '') return [];
  return pattern.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

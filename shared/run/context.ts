// What every step of one run shares, and of a plan that is made without one.
import type { Issue, Path } from '../errors.ts';
import type { OpenedRelation } from '../formats/format.ts';
import type { Loaded } from '../pipeline/load.ts';
import type { Pipeline } from '../pipeline/schema.ts';
import type { OpenFile, Platform } from '../platform.ts';
import type { RunEventBody } from '../protocol/events.ts';

export interface RunContext {
  readonly platform: Platform;
  readonly loaded: Loaded;
  readonly pipeline: Pipeline;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEventBody) => void;
  readonly notify: (issue: Issue) => void;
  /**
   * Takes an error about the value under its own path, or else under this one. A run throws it; a plan keeps all but
   * cancels and the engine's death, and goes on.
   */
  readonly fail: (thrown: unknown, path: Path) => void;
  /** Registers what must be freed when the run's relations are no longer needed. */
  readonly keep: (free: () => Promise<void>) => void;
  /** The files of sources, to explain DuckDB's messages and to look at them again. `index` is that of the source. */
  readonly opened: { readonly index: number; readonly file: OpenFile }[];
  /** The relations of sources by name, once they are opened. */
  readonly relations: Map<string, OpenedRelation>;
}

/** Milliseconds since `start`, whole. */
export function since(start: number): number {
  return Math.round(performance.now() - start);
}

/** Passes on only fractions that rise by a hundredth or more, never over 1. */
export function steadily(report: (fraction: number) => void): (fraction: number) => void {
  let last = 0;
  return (fraction) => {
    const bounded = Math.min(fraction, 1);
    if (bounded < last + 0.01) return;
    last = bounded;
    report(bounded);
  };
}

// Who reads what, and for how long it must live. Pure arithmetic over names; the names come from DuckDB's parser.
import type { Execution } from '../protocol/plan.ts';

/** What is known of a stage once it is bound. `reads` counts how often it may read each relation. */
export interface BoundStage {
  readonly name: string;
  /** Its turn: stages of lower groups have run before it. */
  readonly group: number;
  readonly reads: ReadonlyMap<string, number>;
  /** Somebody looks at its rows: it is shown. */
  readonly shown: boolean;
  /** It is what the destination writes. */
  readonly written: boolean;
  /** Its rows are written into folders by their values, which are looked at before. */
  readonly parted: boolean;
  /** Its query gives other rows each time it runs. */
  readonly volatile: boolean;
  /** Its rows are checked. */
  readonly checked: boolean;
  /** Its columns come from the rows that it reads. */
  readonly dynamic: boolean;
}

export interface Decision {
  readonly execution: Execution;
  readonly reason?: string;
}

/** View where it is computed once, table where it would be computed more than once. Keys are stage names. */
export function decide(stages: readonly BoundStage[]): Map<string, Decision> {
  return new Map(stages.map((stage) => [stage.name, decideOne(stage, stages)]));
}

function decideOne(stage: BoundStage, stages: readonly BoundStage[]): Decision {
  const readers = stages.reduce((sum, other) => sum + (other.reads.get(stage.name) ?? 0), 0);
  const others = readers + (stage.written ? 1 : 0);
  const because = (reason: string): Decision => ({ execution: 'table', reason });
  if (stage.dynamic) return because('its columns come from its rows');
  if (stage.checked) return because('it is checked');
  if (stage.volatile && others + (stage.shown ? 1 : 0) > 0) return because('its query gives other rows each time');
  if (stage.parted) return because('its values are counted before it is written in parts');
  if (others > 1) return because(readers > 1 ? `it is read ${readers} times` : 'it is read and written');
  if (stage.shown && others > 0) return because('it is shown and used');
  return { execution: 'view' };
}

/** The last group in which each table is still needed, through views as well; Infinity where the destination reads it. */
export function lastUse(stages: readonly BoundStage[], decisions: ReadonlyMap<string, Decision>): Map<string, number> {
  const uses = new Map<string, number>();
  // From the last stage to the first: by then it is known until when a view is read.
  for (const stage of [...stages].reverse()) {
    const own = stage.written ? Infinity : stage.group;
    const isView = decisions.get(stage.name)?.execution === 'view';
    const until = isView ? Math.max(own, uses.get(stage.name) ?? own) : own;
    const reads = isView ? until : stage.group;
    for (const name of stage.reads.keys()) uses.set(name, Math.max(uses.get(name) ?? 0, reads));
    if (stage.written) uses.set(stage.name, Infinity);
  }
  return uses;
}

// The plan of a run: what will be read, computed, written and contacted, and where the pipeline can run.
import type { Issue } from '../errors.ts';
import type { Column } from '../platform.ts';

/** How a relation is held: `view` is computed where it is read, `table` once and kept until its last reader. */
export type Execution = 'view' | 'table';

export interface PlannedSource {
  readonly name: string;
  /** The document's `type`, such as `file`. */
  readonly type: string;
  /** As it stands in the document, without credentials; absent for sources without one. */
  readonly location?: string;
  /** Absent where this place cannot open the source. */
  readonly columns?: readonly Column[];
  /** Bytes of all its files, where they are known. */
  readonly bytes?: number;
  /** How many files it reads, where it reads files. */
  readonly files?: number;
}

export interface PlannedStage {
  readonly name: string;
  /** Where it stands in the document: zero-based group and place within it; of a flat list, place in the list and 0. */
  readonly position: number;
  readonly subPosition: number;
  readonly execution: Execution;
  /** Why it is a table; absent for a view. */
  readonly reason?: string;
  /** Absent where they are not known before it runs, or where this place cannot open what it reads. */
  readonly columns?: readonly Column[];
  /** The relations its query reads. */
  readonly reads: readonly string[];
}

export interface PlannedDestination {
  readonly name: string;
  readonly type: string;
  readonly location?: string;
  /** The relation that is written; absent when there is none. */
  readonly reads?: string;
}

/** Whether a pipeline can run in a place; `reasons` say why not, each with its place in the text. */
export interface Verdict {
  readonly possible: boolean;
  readonly reasons: readonly Issue[];
}

export interface Plan {
  readonly sources: readonly PlannedSource[];
  /** In the order in which they run. */
  readonly stages: readonly PlannedStage[];
  readonly destination?: PlannedDestination;
  readonly places: { readonly browser: Verdict; readonly relay: Verdict };
  /** Origins and servers that a run talks to, without credentials, sorted. */
  readonly contacts: readonly string[];
}

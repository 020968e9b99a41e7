// RunEvent: the one language that a run speaks. The page, the CLI, the sockets and the tests read this union.
import type { Issue } from '../errors.ts';
import type { Column, PlanNode } from '../platform.ts';
import type { Execution, Plan } from './plan.ts';
import type { Preview } from './preview.ts';

/** What a stage shows. Rows travel as self-contained Arrow IPC streams, so that they can cross any border. */
export type StageOutput =
  | ({ readonly kind: 'show' } & Preview)
  /** `analyzed`: the query was run, and the nodes carry rows and times. */
  | { readonly kind: 'explain'; readonly plan: readonly PlanNode[]; readonly analyzed: boolean }
  | { readonly kind: 'print_schema'; readonly columns: readonly Column[] };

export type { Execution, Plan, PlannedStage } from './plan.ts';

/** A rule that rows of a relation must keep. */
export interface CheckResult {
  /** Its name in the document, or what it demands: `not_null(id)`. */
  readonly check: string;
  readonly severity: 'error' | 'warn';
  readonly passed: boolean;
  /** How many rows break it or, where all are counted, how many there are. */
  readonly failing: number;
  readonly counted: 'breaking' | 'all';
  /** Some of the rows that break it. */
  readonly samples?: Preview;
}

export type RunEventBody =
  | { readonly type: 'run_started' }
  /** Before anything is read but what inference needs. */
  | { readonly type: 'planned'; readonly plan: Plan }
  /** Its relation is being made. Where DuckDB pulls rows while stages run, progress goes on after `source_completed`. */
  | { readonly type: 'source_started'; readonly name: string; readonly location?: string }
  | {
      readonly type: 'source_progress';
      readonly name: string;
      readonly bytes: number;
      readonly totalBytes: number;
      readonly rows: number;
    }
  | {
      readonly type: 'source_completed';
      readonly name: string;
      readonly columns: readonly Column[];
      readonly bytes?: number;
      /** Absent when the source is read while the stages run. */
      readonly rows?: number;
      readonly durationMs: number;
    }
  | {
      readonly type: 'stage_started';
      readonly name: string;
      readonly position: number;
      readonly subPosition: number;
      readonly execution: Execution;
    }
  | { readonly type: 'stage_progress'; readonly name: string; readonly fraction: number }
  | { readonly type: 'stage_output'; readonly name: string; readonly output: StageOutput }
  | {
      readonly type: 'stage_completed';
      readonly name: string;
      readonly position: number;
      readonly subPosition: number;
      /** Only where the plan did not know them. */
      readonly columns?: readonly Column[];
      /** Absent for a view, whose rows are made where they are read. */
      readonly rows?: number;
      readonly durationMs: number;
    }
  /** A check of a source or a stage is done. A failed one of severity `error` ends the run before anything is written. */
  | ({ readonly type: 'check_completed'; readonly relation: string } & CheckResult)
  | { readonly type: 'destination_started'; readonly name: string; readonly location?: string }
  | { readonly type: 'destination_progress'; readonly name: string; readonly fraction?: number; readonly rows?: number }
  | {
      readonly type: 'destination_completed';
      readonly name: string;
      readonly location?: string;
      readonly rows: number;
      /** Absent where nothing is counted in bytes. */
      readonly bytes?: number;
      /** How many files were written, when it is a directory. */
      readonly files?: number;
      readonly durationMs: number;
    }
  /** Something that the user should know but that stops nothing. */
  | { readonly type: 'notice'; readonly issue: Issue }
  | { readonly type: 'run_completed'; readonly durationMs: number }
  | { readonly type: 'run_failed'; readonly issue: Issue; readonly durationMs: number }
  | { readonly type: 'run_cancelled'; readonly durationMs: number };

/** An event with its place in the run: `sequence` counts from 0 without gaps. The last of a run is terminal. */
export type RunEvent = RunEventBody & { readonly sequence: number };

/** Whether nothing follows this event. */
export function isTerminal(event: RunEventBody): boolean {
  return event.type === 'run_completed' || event.type === 'run_failed' || event.type === 'run_cancelled';
}

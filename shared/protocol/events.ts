// RunEvent: the one language that a run speaks. The page, the CLI, the sockets and the tests read this union.
import type { Issue } from '../errors.ts';
import type { Column, PlanNode } from '../platform.ts';

/** How a relation is held: `view` is computed where it is read, `table` once and kept until its last reader. */
export type Execution = 'view' | 'table';

/** What a stage shows. Rows travel as self-contained Arrow IPC streams, so that they can cross any border. */
export type StageOutput =
  | {
      readonly kind: 'show';
      readonly columns: readonly Column[];
      readonly batches: readonly Uint8Array[];
      readonly rows: number;
      /** Whether the stage has more rows than these. */
      readonly truncated: boolean;
    }
  | { readonly kind: 'explain'; readonly plan: readonly PlanNode[] }
  | { readonly kind: 'print_schema'; readonly columns: readonly Column[] };

export interface PlannedStage {
  readonly name: string;
  /** Zero-based group and place within it. */
  readonly position: number;
  readonly subPosition: number;
  readonly execution: Execution;
  /** Why it is a table; absent for a view. */
  readonly reason?: string;
  readonly columns: readonly Column[];
  /** The relations its query reads. */
  readonly reads: readonly string[];
}

export type RunEventBody =
  | { readonly type: 'run_started' }
  | { readonly type: 'source_started'; readonly name: string; readonly location: string }
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
      readonly bytes: number;
      /** Absent when the source is read while the stages run. */
      readonly rows?: number;
      readonly durationMs: number;
    }
  | { readonly type: 'planned'; readonly stages: readonly PlannedStage[] }
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
      /** Absent for a view, whose rows are made where they are read. */
      readonly rows?: number;
      readonly durationMs: number;
    }
  | { readonly type: 'destination_started'; readonly name: string; readonly location: string }
  | { readonly type: 'destination_progress'; readonly name: string; readonly fraction?: number; readonly rows?: number }
  | {
      readonly type: 'destination_completed';
      readonly name: string;
      readonly location: string;
      readonly rows: number;
      readonly bytes: number;
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

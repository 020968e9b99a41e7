// What `import … from 'sluice'` gives, as types: the declarations of the package are made from this file alone, so that
// they need neither the sources nor the packages that are bundled. library.ts keeps what is promised here.
import type { Issue } from '../../shared/errors.ts';
import type { Syntax } from '../../shared/pipeline/syntax/detect.ts';
import type { Column, PlanNode } from '../../shared/platform.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import type { Plan } from '../../shared/protocol/plan.ts';
import type { Value } from '../../shared/values/codec.ts';

export { SluiceError, type Issue, type IssueCode, type Place, type Severity } from '../../shared/errors.ts';
export type { Syntax } from '../../shared/pipeline/syntax/detect.ts';
export type { Column, PlanNode } from '../../shared/platform.ts';
export type { CheckResult, RunEvent, RunEventBody, StageOutput } from '../../shared/protocol/events.ts';
export type {
  Execution,
  Plan,
  PlannedDestination,
  PlannedSource,
  PlannedStage,
  Verdict,
} from '../../shared/protocol/plan.ts';
export type { Preview } from '../../shared/protocol/preview.ts';
export type { Value } from '../../shared/values/codec.ts';

export interface DocumentRequest {
  /** The pipeline, as YAML, JSON or TOML. */
  readonly document: string;
  /** What the text is; it tells by itself when absent. */
  readonly syntax?: Syntax | undefined;
  /** Values for `${name}`. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Values for `${secret:NAME}`; they are masked in everything but rows. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
}

export interface PlaceOptions {
  /** Folders that a run may read and write below; `'everything'` is all that the user of this process may. */
  readonly directories: readonly string[] | 'everything';
  /** Where relative locations start: the first folder, or with `'everything'` the working directory, when absent. */
  readonly base?: string | undefined;
  /** Hosts that may be asked although their addresses are private; all of them with `'everything'`. */
  readonly allowHosts?: readonly string[] | undefined;
  /** DuckDB's memory, such as `2GB`; what needs more goes to the disk. 80 % of the machine's when absent. */
  readonly memoryLimit?: string | undefined;
  /** DuckDB's threads; one a core when absent. */
  readonly threads?: number | undefined;
}

export interface RunRequest extends DocumentRequest, PlaceOptions {
  /** Called for every event, in order; the last one is `run_completed`, `run_failed` or `run_cancelled`. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Cancels the run; its destination is then as it was before. */
  readonly signal?: AbortSignal | undefined;
}

/** What a document would do; `plan` is absent when an issue is an error. */
export interface PlanResult {
  readonly plan?: Plan;
  readonly issues: readonly Issue[];
}

/** What a stage has shown, in the order in which it came. */
export type PipelineOutput =
  | {
      readonly stage: string;
      readonly kind: 'show';
      readonly columns: readonly Column[];
      /** A list of values for each row, in the order of the columns. */
      readonly rows: readonly (readonly Value[])[];
      /** Whether there are more rows than these. */
      readonly truncated: boolean;
    }
  /** `analyzed`: the query was run, and the nodes carry rows and times. */
  | { readonly stage: string; readonly kind: 'explain'; readonly plan: readonly PlanNode[]; readonly analyzed: boolean }
  | { readonly stage: string; readonly kind: 'print_schema'; readonly columns: readonly Column[] };

/** What was written. */
export interface PipelineDestination {
  readonly name: string;
  readonly location?: string;
  readonly rows: number;
  /** Absent where nothing is counted in bytes. */
  readonly bytes?: number;
  /** How many files were written, when it is a folder. */
  readonly files?: number;
}

export interface PipelineResult {
  readonly outcome: 'succeeded' | 'failed' | 'cancelled';
  /** Why it failed. */
  readonly issue?: Issue;
  /** What should be known and stopped nothing. */
  readonly notices: readonly Issue[];
  /** Absent when the run ended before it. */
  readonly plan?: Plan;
  readonly outputs: readonly PipelineOutput[];
  readonly destination?: PipelineDestination;
  /** Milliseconds. */
  readonly durationMs: number;
}

export interface ValidationResult {
  readonly valid: boolean;
  readonly issues: readonly Issue[];
}

/**
 * Runs a pipeline to its end. A run that fails or is cancelled resolves, too, with its outcome; rejects with a
 * SluiceError only when there is no place to run it: file.not_found (a folder of `directories`), engine.failed.
 */
export declare function runPipeline(request: RunRequest): Promise<PipelineResult>;

/**
 * Tells what a run would read, compute, write and contact, and where it can run. Reads no more than inference needs.
 * Rejects as `runPipeline` does, and with run.cancelled.
 */
export declare function planPipeline(request: Omit<RunRequest, 'onEvent'>): Promise<PlanResult>;

/** Checks a document without opening anything that it names. Never throws. */
export declare function validatePipeline(request: DocumentRequest): ValidationResult;

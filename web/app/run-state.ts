// Folds the events of a run into what the page shows of it. Pure: a state and an event give the next state.
// The events are those of shared/protocol/events.ts.
import type { Issue } from '../../shared/errors.ts';
import type { Column } from '../../shared/platform.ts';
import type { CheckResult, RunEvent, StageOutput } from '../../shared/protocol/events.ts';
import type { Execution, Plan, PlannedStage } from '../../shared/protocol/plan.ts';

export type RunStatus = 'idle' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** `stopped`: the run ended while the step was under way or before it began, through no fault of the step. */
export type StepState = 'waiting' | 'running' | 'done' | 'failed' | 'stopped';

/**
 * A source, stage or destination and how far it has come; before them `start`, which lasts until the run begins where it
 * runs, and `plan`. What is not known is absent.
 */
export interface Step {
  readonly kind: 'start' | 'plan' | 'source' | 'stage' | 'destination';
  readonly name: string;
  /** Milliseconds from the click on Run to its beginning. */
  readonly sinceMs?: number;
  readonly state: StepState;
  readonly location?: string;
  readonly execution?: Execution;
  /** Why a stage is a table. */
  readonly reason?: string;
  readonly rows?: number;
  /** Files written, where it is a directory. */
  readonly files?: number;
  /** Bytes read or written. */
  readonly bytes?: number;
  /** Share done, 0 to 1, while it is under way. */
  readonly fraction?: number;
  readonly durationMs?: number;
}

export type ShownRows = Extract<StageOutput, { kind: 'show' }>;

/** A stage and what it has shown so far. */
export interface StageResult {
  readonly name: string;
  /** Zero-based group and place within it. */
  readonly position: number;
  readonly subPosition: number;
  /** Absent where they are not known before it runs. */
  readonly columns?: readonly Column[];
  readonly reads: readonly string[];
  readonly show?: ShownRows;
  readonly explained?: Explained;
  readonly schema?: readonly Column[];
}

/** The physical plan of a stage's query. */
export type Explained = Extract<StageOutput, { kind: 'explain' }>;

/** What a check of a source or a stage has found. */
export type CheckOutcome = CheckResult & { readonly relation: string };

/** What the destination wrote. */
export interface RunOutput {
  readonly name: string;
  readonly location?: string;
  readonly rows: number;
  readonly bytes?: number;
  readonly files?: number;
}

export interface RunState {
  readonly status: RunStatus;
  readonly steps: readonly Step[];
  readonly stages: readonly StageResult[];
  readonly checks: readonly CheckOutcome[];
  readonly notices: readonly Issue[];
  readonly plan?: Plan;
  readonly output?: RunOutput;
  readonly failure?: Issue;
  /** Milliseconds from the click on Run to the end. */
  readonly durationMs?: number;
}

export const idle: RunState = { status: 'idle', steps: [], stages: [], checks: [], notices: [] };

/** Milliseconds that a start takes at least to be a step of its own; a shorter one counts as planning. */
const noticeableStart = 100;

/** The state right after Run was pressed: nothing of an earlier run is left. `start` names what comes first. */
export function started(start: string): RunState {
  return { ...idle, status: 'running', steps: [{ kind: 'start', name: start, state: 'running', sinceMs: 0 }] };
}

/** The state after one more event, so many milliseconds after Run was pressed. Events after a run's end change nothing. */
export function fold(state: RunState, event: RunEvent, elapsedMs: number): RunState {
  if (state.status !== 'running') return state;
  switch (event.type) {
    case 'run_started':
      return { ...state, steps: planning(state.steps, elapsedMs) };
    case 'source_started':
      return step(state, 'source', event.name, { state: 'running', sinceMs: elapsedMs, ...locationOf(event) });
    case 'source_progress':
      return step(state, 'source', event.name, {
        bytes: event.bytes,
        rows: event.rows,
        ...share(event.totalBytes > 0 ? event.bytes / event.totalBytes : undefined),
      });
    case 'source_completed':
      return step(state, 'source', event.name, done(event));
    case 'planned':
      return {
        ...state,
        plan: event.plan,
        steps: [...beforePlanned(state.steps, elapsedMs), ...plannedSteps(event.plan)],
        stages: event.plan.stages.map(stageResult),
      };
    case 'stage_started':
      return step(state, 'stage', event.name, {
        ...{ state: 'running', sinceMs: elapsedMs, execution: event.execution },
      });
    case 'stage_progress':
      return step(state, 'stage', event.name, share(event.fraction));
    case 'stage_output':
      return { ...state, stages: withOutput(state.stages, event.name, event.output) };
    case 'stage_completed':
      return step(state, 'stage', event.name, done(event));
    case 'check_completed': {
      const { relation, check, severity, passed, failing, counted, samples } = event;
      const outcome = { relation, check, severity, passed, failing, counted, ...(samples ? { samples } : {}) };
      return { ...state, checks: [...state.checks, outcome] };
    }
    case 'destination_started':
      return step(state, 'destination', event.name, { state: 'running', sinceMs: elapsedMs, ...locationOf(event) });
    case 'destination_progress':
      return step(state, 'destination', event.name, {
        ...share(event.fraction),
        ...(event.rows === undefined ? {} : { rows: event.rows }),
      });
    case 'destination_completed': {
      const { name, rows, bytes, files } = event;
      const written = { ...(bytes === undefined ? {} : { bytes }), ...(files === undefined ? {} : { files }) };
      const next = step(state, 'destination', name, {
        ...{ ...done(event), ...locationOf(event) },
        ...(files === undefined ? {} : { files }),
      });
      return { ...next, output: { name, rows, ...written, ...locationOf(event) } };
    }
    case 'notice':
      return { ...state, notices: [...state.notices, event.issue] };
    case 'run_completed':
      return { ...state, status: 'succeeded', durationMs: elapsedMs };
    case 'run_failed':
      return {
        ...state,
        status: 'failed',
        failure: event.issue,
        durationMs: elapsedMs,
        steps: ended(state.steps, culprit(state, event.issue)),
      };
    case 'run_cancelled':
      return { ...state, status: 'cancelled', durationMs: elapsedMs, steps: ended(state.steps, undefined) };
  }
}

/** How many rows a stage has, where the run has said so. */
export function stageRows(state: RunState, name: string): number | undefined {
  return state.steps.find((each) => each.kind === 'stage' && each.name === name)?.rows;
}

function step(state: RunState, kind: Step['kind'], name: string, change: Partial<Step>): RunState {
  const at = state.steps.findIndex((each) => each.kind === kind && each.name === name);
  const before = state.steps[at];
  if (!before) return { ...state, steps: [...state.steps, { kind, name, state: 'running', ...change }] };
  return { ...state, steps: state.steps.with(at, { ...before, ...change }) };
}

function share(fraction: number | undefined): Partial<Step> {
  return fraction === undefined ? {} : { fraction: Math.min(1, Math.max(0, fraction)) };
}

function done(event: { readonly rows?: number; readonly bytes?: number; readonly durationMs: number }): Partial<Step> {
  const { rows, bytes, durationMs } = event;
  return {
    state: 'done',
    durationMs,
    ...(rows === undefined ? {} : { rows }),
    ...(bytes === undefined ? {} : { bytes }),
  };
}

/** The run has begun where it runs: what came before is done, and its plan is being made. */
function planning(steps: readonly Step[], elapsedMs: number): readonly Step[] {
  const isNoticeable = elapsedMs >= noticeableStart;
  const before = isNoticeable ? steps.map((each) => ({ ...each, state: 'done' as const, durationMs: elapsedMs })) : [];
  return [...before, { kind: 'plan', name: 'Planning', state: 'running', sinceMs: isNoticeable ? elapsedMs : 0 }];
}

/** What came before the plan, which is made now. */
function beforePlanned(steps: readonly Step[], elapsedMs: number): readonly Step[] {
  const before = steps.filter(({ kind }) => kind === 'start' || kind === 'plan');
  return before.map((each) =>
    each.state === 'running' ? { ...each, state: 'done', durationMs: elapsedMs - (each.sinceMs ?? 0) } : each,
  );
}

/** What the plan says will happen, in that order; all of it is still to come. */
function plannedSteps({ sources, stages, destination }: Plan): readonly Step[] {
  const waiting = { state: 'waiting' } as const;
  return [
    ...sources.map(({ name, ...rest }): Step => ({ kind: 'source', name, ...waiting, ...locationOf(rest) })),
    ...stages.map(({ name, execution, reason }): Step => ({
      ...{ kind: 'stage', name, execution, ...waiting },
      ...(reason === undefined ? {} : { reason }),
    })),
    ...(destination
      ? [{ kind: 'destination' as const, name: destination.name, ...waiting, ...locationOf(destination) }]
      : []),
  ];
}

function locationOf({ location }: { readonly location?: string }): Partial<Step> {
  return location === undefined ? {} : { location };
}

function stageResult({ name, position, subPosition, columns, reads }: PlannedStage): StageResult {
  return { name, position, subPosition, reads, ...(columns ? { columns } : {}) };
}

function withOutput(stages: readonly StageResult[], name: string, output: StageOutput): readonly StageResult[] {
  const shown =
    output.kind === 'show'
      ? { show: output }
      : output.kind === 'explain'
        ? { explained: output }
        : { schema: output.columns };
  return stages.map((stage) => (stage.name === name ? { ...stage, ...shown } : stage));
}

/** The step a failure belongs to: the stage at its path in the document, or else the only step under way. */
function culprit(state: RunState, issue: Issue): Step | undefined {
  const [list, position, subPosition] = issue.path ?? [];
  const stage = state.stages.find((each) => each.position === position && each.subPosition === subPosition);
  if (list === 'stages' && stage) return state.steps.find((each) => each.kind === 'stage' && each.name === stage.name);
  const running = state.steps.filter((each) => each.state === 'running');
  return running.length === 1 ? running[0] : undefined;
}

function ended(steps: readonly Step[], failed: Step | undefined): readonly Step[] {
  return steps.map((each) => {
    if (each === failed) return { ...each, state: 'failed' };
    return each.state === 'done' ? each : { ...each, state: 'stopped' };
  });
}

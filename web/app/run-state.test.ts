import { describe, expect, it } from 'vitest';
import type { RunEvent, RunEventBody } from '../../shared/protocol/events.ts';
import type { Plan, PlannedStage } from '../../shared/protocol/plan.ts';
import type { RunState, Step } from './run-state.ts';
import { fold, idle, stageRows, started } from './run-state.ts';

/** The state after these events, each a second after the one before. */
function after(...bodies: RunEventBody[]): RunState {
  return bodies
    .map((body, sequence): RunEvent => ({ ...body, sequence }))
    .reduce((state, event) => fold(state, event, (event.sequence + 1) * 1000), started('Loading DuckDB'));
}

/** The steps of the document. */
function stepsOf({ steps }: RunState): readonly Step[] {
  return steps.filter(({ kind }) => kind !== 'start' && kind !== 'plan');
}

function planned(name: string, more: Partial<PlannedStage> = {}): PlannedStage {
  return {
    name,
    position: 0,
    subPosition: 0,
    execution: 'view',
    columns: [{ name: 'a', type: 'INTEGER' }],
    reads: ['s'],
    ...more,
  };
}

function plannedAs(plan: Partial<Plan>): RunEventBody {
  const possible = { possible: true, reasons: [] };
  const places = { browser: possible, relay: possible };
  return { type: 'planned', plan: { sources: [], stages: [], places, contacts: [], ...plan } };
}

const stageStarted = { type: 'stage_started', position: 0, subPosition: 0, execution: 'table' } as const;
const failed = {
  type: 'run_failed',
  issue: { code: 'sql.failed', severity: 'error', message: 'Division by zero.' },
  durationMs: 5,
} as const;

describe('the state of a run', () => {
  it('shows how far a source has come, then what it holds', () => {
    const reading: RunEventBody[] = [
      { type: 'source_started', name: 's', location: './s.csv' },
      { type: 'source_progress', name: 's', bytes: 40, totalBytes: 160, rows: 3 },
    ];
    expect(stepsOf(after(...reading))).toEqual([
      {
        ...{ kind: 'source', name: 's', state: 'running', sinceMs: 1000, location: './s.csv' },
        ...{ bytes: 40, rows: 3, fraction: 0.25 },
      },
    ]);
    const read = after(...reading, {
      type: 'source_completed',
      name: 's',
      columns: [],
      bytes: 160,
      rows: 12,
      durationMs: 7,
    });
    expect(stepsOf(read)[0]).toMatchObject({ state: 'done', bytes: 160, rows: 12, durationMs: 7 });
  });

  it('does not divide by the size of an empty file', () => {
    const state = after({ type: 'source_progress', name: 's', bytes: 0, totalBytes: 0, rows: 0 });
    expect(stepsOf(state)[0]).not.toHaveProperty('fraction');
  });

  it('lists what is planned as waiting, in order, with the reason of a table', () => {
    const state = after(
      plannedAs({
        sources: [{ name: 's', type: 'file', location: './s.csv' }],
        stages: [planned('one'), planned('two', { execution: 'table', reason: 'it is shown' })],
        destination: { name: 'd', type: 'file', location: './out.csv', reads: 'two' },
      }),
      { type: 'source_started', name: 's', location: './s.csv' },
    );
    expect(stepsOf(state).map(({ kind, name, state: each }) => [kind, name, each])).toEqual([
      ['source', 's', 'running'],
      ['stage', 'one', 'waiting'],
      ['stage', 'two', 'waiting'],
      ['destination', 'd', 'waiting'],
    ]);
    expect(stepsOf(state)[2]?.reason).toBe('it is shown');
    expect(state.stages.map((stage) => stage.name)).toEqual(['one', 'two']);
  });

  it('keeps what a stage shows beside its name', () => {
    const columns = [{ name: 'a', type: 'INTEGER' }];
    const show = { kind: 'show', columns, batches: [new Uint8Array(1)], rows: 1, truncated: true } as const;
    const plan = [{ name: 'SEQ_SCAN', details: {}, children: [] }];
    const state = after(
      plannedAs({ stages: [planned('one'), planned('two')] }),
      { type: 'stage_output', name: 'two', output: show },
      { type: 'stage_output', name: 'two', output: { kind: 'explain', plan, analyzed: false } },
      { type: 'stage_output', name: 'two', output: { kind: 'print_schema', columns } },
    );
    expect(state.stages[0]).not.toHaveProperty('show');
    expect(state.stages[1]).toMatchObject({ show, explained: { plan, analyzed: false }, schema: columns });
  });

  it('knows the rows of a table and none of a view', () => {
    const state = after(
      plannedAs({ stages: [planned('one'), planned('two')] }),
      { type: 'stage_completed', name: 'one', position: 0, subPosition: 0, rows: 248, durationMs: 1 },
      { type: 'stage_completed', name: 'two', position: 0, subPosition: 1, durationMs: 1 },
    );
    expect([stageRows(state, 'one'), stageRows(state, 'two')]).toEqual([248, undefined]);
  });

  it('remembers where the output went', () => {
    const state = after(
      { type: 'destination_started', name: 'd', location: './out.csv' },
      { type: 'destination_progress', name: 'd', fraction: 1.2 },
      { type: 'destination_completed', name: 'd', location: 'out.csv', rows: 3, bytes: 99, durationMs: 4 },
      { type: 'run_completed', durationMs: 20 },
    );
    expect(state).toMatchObject({
      status: 'succeeded',
      durationMs: 4000,
      output: { location: 'out.csv', rows: 3, bytes: 99 },
    });
    expect(stepsOf(state)[0]).toMatchObject({ state: 'done', fraction: 1, location: 'out.csv' });
  });

  it('blames the step that was under way and stops the rest', () => {
    const state = after(
      plannedAs({ stages: [planned('one'), planned('two'), planned('three')] }),
      { type: 'stage_completed', name: 'one', position: 0, subPosition: 0, durationMs: 1 },
      { ...stageStarted, name: 'two' },
      failed,
    );
    expect(state).toMatchObject({ status: 'failed', failure: { message: 'Division by zero.' } });
    expect(stepsOf(state).map((each) => each.state)).toEqual(['done', 'failed', 'stopped']);
  });

  it('blames the stage at the path of the failure, also among several under way', () => {
    const state = after(
      plannedAs({ stages: [planned('one'), planned('two', { subPosition: 1 })] }),
      { ...stageStarted, name: 'one' },
      { ...stageStarted, name: 'two', subPosition: 1 },
      { ...failed, issue: { ...failed.issue, path: ['stages', 0, 1, 'query'] } },
    );
    expect(stepsOf(state).map((each) => each.state)).toEqual(['stopped', 'failed']);
  });

  it('blames nobody when several were under way and the failure has no path', () => {
    const state = after({ ...stageStarted, name: 'one' }, { ...stageStarted, name: 'two' }, failed);
    expect(stepsOf(state).map((each) => each.state)).toEqual(['stopped', 'stopped']);
  });

  it('collects notices and stops every step when cancelled', () => {
    const issue = { code: 'file.matched_by_name', severity: 'info', message: 'Found by name.' } as const;
    const state = after(
      { type: 'source_started', name: 's', location: './s.csv' },
      { type: 'notice', issue },
      { type: 'run_cancelled', durationMs: 3 },
    );
    expect(state).toMatchObject({ status: 'cancelled', notices: [issue] });
    expect(stepsOf(state)[0]?.state).toBe('stopped');
  });

  it('counts from the click to the end, and its steps add up to that: the start, the plan, and what the plan says', () => {
    const state = after(
      { type: 'run_started' },
      plannedAs({ stages: [planned('one')] }),
      { type: 'stage_completed', name: 'one', position: 0, subPosition: 0, durationMs: 1000 },
      { type: 'run_completed', durationMs: 3 },
    );
    expect(state.durationMs).toBe(4000);
    expect(state.steps.map(({ kind, name, durationMs }) => [kind, name, durationMs])).toEqual([
      ['start', 'Loading DuckDB', 1000],
      ['plan', 'Planning', 1000],
      ['stage', 'one', 1000],
    ]);
  });

  it('has no step for a start that nobody notices', () => {
    const begun = fold(started('Loading DuckDB'), { type: 'run_started', sequence: 0 }, 20);
    expect(begun.steps).toEqual([{ kind: 'plan', name: 'Planning', state: 'running', sinceMs: 0 }]);
  });

  it('blames the plan, or the start, for what fails in it', () => {
    const early = after({ type: 'run_started' }, failed);
    expect(early.steps.map(({ name, state }) => [name, state])).toEqual([
      ['Loading DuckDB', 'done'],
      ['Planning', 'failed'],
    ]);
  });

  it('is deaf outside a run', () => {
    const late: RunEvent = { type: 'source_started', name: 's', location: './s.csv', sequence: 9 };
    expect(fold(idle, late, 0)).toBe(idle);
    const over = after({ type: 'run_completed', durationMs: 1 });
    expect(fold(over, late, 0)).toBe(over);
  });
});

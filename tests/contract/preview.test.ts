// Rows of stages that show none by themselves, asked for with the run.
import { describe, expect, it } from 'vitest';
import { load } from '../../shared/pipeline/load.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import { runPipeline } from '../../shared/run/run.ts';
import { observe } from './run-document.ts';
import { withRelayContext } from './relay.ts';

interface Previewed {
  readonly events: readonly RunEvent[];
  readonly outcome: string;
}

function runWith(preview: number, document: unknown, cancelAt?: RunEvent['type']): Promise<Previewed> {
  return withRelayContext(async ({ platform }) => {
    const events: RunEvent[] = [];
    const cancelling = new AbortController();
    const { outcome } = await runPipeline(load(JSON.stringify(document), {}), platform, {
      ...{ preview, signal: cancelling.signal },
      emit: (event) => {
        events.push(event);
        if (event.type === cancelAt) cancelling.abort();
      },
    });
    const relations = await platform.engine.execute('CREATE VIEW a AS SELECT 1'); // the run has left none
    expect(relations).not.toBe(0);
    return { events, outcome };
  });
}

const stages = [
  [{ name: 'a', query: 'SELECT i FROM range(10) t(i)' }],
  [
    { name: 'b', query: 'SELECT i * 2 AS d FROM a' },
    { name: 'c', query: 'SELECT i FROM a', show: 1 },
  ],
  [{ name: 'last', query: 'SELECT count(*) AS n FROM b' }],
];
const destination = { type: 'file', name: 'out', location: 'out.csv', format: { type: 'csv' } };

describe('a preview', () => {
  it('shows rows of each stage that shows none, after everything is written', async () => {
    const { events, outcome } = await runWith(2, { sources: [], stages, destination });
    expect(outcome).toBe('succeeded');
    expect(observe(events).shown).toEqual({ a: [['0'], ['1']], b: [['0'], ['2']], c: [['0']], last: [['10']] });
    const types = events.map(({ type }) => type);
    expect(types.slice(types.indexOf('destination_completed') + 1)).toEqual([
      ...['stage_output', 'stage_output', 'stage_output', 'run_completed'],
    ]);
  });

  it('is none unless it is asked for', async () => {
    expect(observe((await runWith(0, { sources: [], stages, destination })).events).shown).toEqual({ c: [['0']] });
  });

  it('warns of rows that cannot be computed and that nothing needed', async () => {
    const broken = { name: 'broken', query: `SELECT error('never') AS e FROM a` };
    const { outcome, events } = await runWith(2, { sources: [], stages: [stages[0], [broken, { ...stages[1]?.[0] }]] });
    expect(outcome).toBe('succeeded');
    expect(observe(events).shown).toMatchObject({ b: [['0'], ['2']] });
    const told = events.flatMap((event) => (event.type === 'notice' ? [event.issue] : []));
    expect(told).toContainEqual(expect.objectContaining({ code: 'sql.failed', severity: 'warning' }));
  });

  it('ends with a cancel, and what is written stays', async () => {
    const { outcome, events } = await runWith(2, { sources: [], stages, destination }, 'destination_completed');
    expect(outcome).toBe('succeeded');
    expect(Object.keys(observe(events).shown)).toEqual(['c']);
  });
});

import { describe, expect, it } from 'vitest';
import { failure } from '../../shared/errors.ts';
import type { RunEvent, RunEventBody } from '../../shared/protocol/events.ts';
import type { RelationName, RowsPage } from '../../shared/protocol/worker.ts';
import type { SluiceClient } from '../worker/client.ts';
import { Runner } from './runner.svelte.ts';

const request = { text: '', parameters: {} };
const completed = { type: 'run_completed', durationMs: 1 } as const;
const cancelled = { type: 'run_cancelled', durationMs: 1 } as const;

/** A client whose runs end when the test says so. */
class FakeClient {
  readonly runs: { emit: (body: RunEventBody) => void; end: () => void; die: (thrown: unknown) => void }[] = [];
  readonly looks: string[] = [];
  /** What `cancel` does to the run that goes on. */
  onCancel: () => void = () => undefined;

  run(_request: unknown, onEvent: (event: RunEvent) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      let sequence = 0;
      this.runs.push({ emit: (body) => onEvent({ ...body, sequence: sequence++ }), end: resolve, die: reject });
    });
  }

  cancel(): Promise<void> {
    this.onCancel();
    return Promise.resolve();
  }

  rows({ name }: RelationName, offset: number): Promise<RowsPage> {
    this.looks.push(`${name} ${offset}`);
    if (name === 'gone') return Promise.reject(failure('sql.failed', 'It is gone.'));
    const columns = [{ name: 'a', type: 'INTEGER' }];
    return Promise.resolve({ columns, batches: [], rows: 0, total: 0, truncated: false, kept: false });
  }
}

function runnerOn(client: FakeClient): Runner {
  return new Runner(client as unknown as SluiceClient);
}

describe('the runner', () => {
  it('follows a run to its end', async () => {
    const client = new FakeClient();
    const runner = runnerOn(client);
    const run = runner.run(request);
    expect(runner.running).toBe(true);
    client.runs[0]?.emit(completed);
    client.runs[0]?.end();
    await run;
    expect(runner.state.status).toBe('succeeded');
  });

  it('fails a run that ends without a last event, or that could not be started', async () => {
    const client = new FakeClient();
    const runner = runnerOn(client);
    const silent = runner.run(request);
    client.runs[0]?.end();
    await silent;
    expect(runner.state).toMatchObject({ status: 'failed', failure: { code: 'internal' } });
    const dead = runner.run(request);
    client.runs[1]?.die(failure('engine.failed', 'No engine.'));
    await dead;
    expect(runner.state).toMatchObject({ status: 'failed', failure: { code: 'engine.failed' } });
  });

  it('cancels the run that goes on before it starts another', async () => {
    const client = new FakeClient();
    const runner = runnerOn(client);
    const first = runner.run(request);
    client.onCancel = () => {
      client.runs[0]?.emit(cancelled);
      client.runs[0]?.end();
    };
    const second = runner.run(request);
    await first;
    await expect.poll(() => client.runs.length).toBe(2);
    expect(runner.running).toBe(true);
    client.runs[1]?.emit(completed);
    client.runs[1]?.end();
    await second;
    expect(runner.state.status).toBe('succeeded');
  });

  it('is not confused by a cancelled run that settles during the next one', async () => {
    const client = new FakeClient();
    const runner = runnerOn(client);
    const first = runner.run(request);
    client.runs[0]?.emit(cancelled);
    expect(runner.state.status).toBe('cancelled');
    const second = runner.run(request);
    client.runs[0]?.end();
    await first;
    expect(runner.state.status).toBe('running');
    client.runs[1]?.emit(completed);
    client.runs[1]?.end();
    await second;
    expect(runner.state.status).toBe('succeeded');
  });

  it('fetches the rows of a stage once a run, and only when it has succeeded', async () => {
    const client = new FakeClient();
    const runner = runnerOn(client);
    const run = runner.run(request);
    const early = await runner.rows('one');
    expect(client.looks).toEqual([]);
    client.runs[0]?.emit(completed);
    client.runs[0]?.end();
    await run;
    await expect.poll(() => client.looks).toEqual(['one 0']);
    expect(await runner.rows('one')).toBe(early);
    const gone = await runner.rows('gone');
    await expect.poll(() => gone.failure?.message).toBe('It is gone.');
    expect(client.looks).toEqual(['one 0', 'gone 0']);
  });

  it('fetches nothing of a run that has failed', async () => {
    const client = new FakeClient();
    const runner = runnerOn(client);
    const run = runner.run(request);
    const rows = await runner.rows('one');
    client.runs[0]?.die(failure('engine.failed', 'No engine.'));
    await run;
    rows.want(0, 10);
    expect(client.looks).toEqual([]);
  });
});

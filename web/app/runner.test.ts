import { describe, expect, it } from 'vitest';
import { failure } from '../../shared/errors.ts';
import type { RunEvent, RunEventBody } from '../../shared/protocol/events.ts';
import type { Preview } from '../../shared/protocol/worker.ts';
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

  preview(stage: string): Promise<Preview> {
    this.looks.push(stage);
    if (stage === 'gone') return Promise.reject(failure('sql.failed', 'It is gone.'));
    return Promise.resolve({ columns: [], batches: [], rows: 0, truncated: false });
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

  it('looks at a stage once a run, and never during one', async () => {
    const client = new FakeClient();
    const runner = runnerOn(client);
    const run = runner.run(request);
    await runner.look('one');
    expect(client.looks).toEqual([]);
    client.runs[0]?.emit(completed);
    client.runs[0]?.end();
    await run;
    await runner.look('one');
    await runner.look('one');
    await runner.look('gone');
    expect(client.looks).toEqual(['one', 'gone']);
    expect(runner.previews).toMatchObject({
      one: { kind: 'rows' },
      gone: { kind: 'failed', issue: { message: 'It is gone.' } },
    });
  });
});

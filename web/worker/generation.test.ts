import { describe, expect, it, vi } from 'vitest';
import type { FromWorker } from '../../shared/protocol/worker.ts';
import { failure } from '../../shared/errors.ts';
import { Generation } from './generation.ts';

/** A Worker that the test speaks for. */
function fakeWorker(): { worker: Worker; say: (message: FromWorker) => void; heard: { id: number; call: string }[] } {
  const heard: { id: number; call: string }[] = [];
  const worker = { postMessage: (message: never) => heard.push(message), terminate: () => undefined };
  const say = (message: FromWorker): void => {
    (worker as unknown as Worker).onmessage?.({ data: message } as MessageEvent<FromWorker>);
  };
  return { worker: worker as unknown as Worker, say, heard };
}

describe('a Worker’s calls', () => {
  it('leave no listener on a signal that lives longer than they do, however they end', async () => {
    const { worker, say } = fakeWorker();
    const generation = new Generation(worker, () => undefined);
    const { signal } = new AbortController();
    const [added, removed] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
    const calls = Array.from({ length: 3 }, () => generation.call('listTables', null, { signal }));
    say({ kind: 'result', id: 1, output: [] });
    say({ kind: 'failure', id: 2, issue: { code: 'internal', severity: 'error', message: 'no' } });
    await Promise.allSettled(calls.slice(0, 2));
    generation.end(failure('engine.closed', 'closed'));
    expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual([
      ...['fulfilled', 'rejected', 'rejected'],
    ]);
    const listeners = added.mock.calls.map(([, listener]) => listener);
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(listeners);
    expect(listeners).toHaveLength(3);
  });

  it('are abandoned by their signal while they are under way, and not afterwards', async () => {
    const { worker, say, heard } = fakeWorker();
    const generation = new Generation(worker, () => undefined);
    const [one, two] = [new AbortController(), new AbortController()];
    const calls = [one, two].map(({ signal }) => generation.call('listTables', null, { signal }));
    say({ kind: 'result', id: 1, output: [] });
    one.abort();
    two.abort();
    generation.end(failure('engine.closed', 'closed'));
    await Promise.allSettled(calls);
    expect(heard.filter(({ call }) => call === 'abandon')).toMatchObject([{ input: { call: 2 } }]);
  });
});

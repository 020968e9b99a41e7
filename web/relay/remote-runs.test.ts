import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelled, failure } from '../../shared/errors.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import type { RelayAddress } from '../../shared/protocol/relay/address.ts';
import { encodeFrame } from '../../shared/protocol/relay/frames.ts';
import { Inbox } from '../../shared/protocol/relay/inbox.ts';
import type { Link } from '../../shared/protocol/relay/followed-run.ts';
import type { FromRelay, ToRelayInput } from '../../shared/protocol/relay/messages.ts';
import { RemoteRuns, type LostConnection } from './remote-runs.ts';

const address: RelayAddress = { http: new URL('http://127.0.0.1:1'), socket: new URL('ws://127.0.0.1:1') };
const request = { text: 'stages: []', parameters: {} };

/** A connection that the test plays the other side of. */
class Connection {
  readonly heard: ToRelayInput[] = [];
  readonly #inbox = new Inbox();
  readonly link: Link = {
    inbox: this.#inbox,
    send: (message) => Promise.resolve(void this.heard.push(message)),
    close: () => this.#inbox.end({ code: 1000, reason: '' }),
  };

  tell(message: FromRelay): void {
    this.#inbox.push(encodeFrame(message));
  }

  breaks(): void {
    this.#inbox.end({ code: 1006, reason: '' });
  }
}

/** Runs on a relay whose connections are given one after the other; without one it cannot be reached. */
function start(...connections: (Connection | undefined)[]) {
  const [first] = connections;
  const events: RunEvent[] = [];
  const told: (LostConnection | undefined)[] = [];
  let attempts = 0;
  const connect = (_relay: unknown, signal: AbortSignal): Promise<Link> => {
    if (signal.aborted) return Promise.reject(cancelled());
    attempts++;
    const next = connections.shift();
    return next ? Promise.resolve(next.link) : Promise.reject(failure('relay.unreachable', 'It is away.'));
  };
  const listeners = { onWaiting: () => undefined, onLost: (lost: LostConnection | undefined) => void told.push(lost) };
  const runs = new RemoteRuns({ address, key: '' }, listeners, connect);
  const ended = runs
    .run(request, (event) => events.push(event))
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  first?.tell({ type: 'accepted', request: 1, run: {} as never });
  first?.tell({ type: 'event', run: '', event: { type: 'run_started', sequence: 0 } });
  return { runs, events, told, ended, attempts: () => attempts };
}

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('a run on a relay whose connection is lost', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells of one loss that goes on, not of one for each attempt', async () => {
    const connection = new Connection();
    const { told, events, runs, ended } = start(connection);
    await settle();
    connection.breaks();
    await vi.advanceTimersByTimeAsync(4000);
    const losses = told.filter((lost) => lost !== undefined);
    expect(new Set(losses.map(({ since }) => since)).size).toBe(1);
    expect(losses.at(-1)?.message).toBe('It is away.');
    expect(losses.at(-1)?.retryAt).toBeGreaterThan(performance.now());
    expect(events.map(({ type }) => type)).toEqual(['run_started']);
    await runs.cancel();
    await ended;
  });

  it('tries at once when it is told to, and goes on where it stopped', async () => {
    const [connection, next] = [new Connection(), new Connection()];
    const { told, events, ended, attempts } = start(connection, undefined, undefined, undefined, next);
    await settle();
    connection.breaks();
    await vi.advanceTimersByTimeAsync(2000);
    expect(attempts()).toBe(4);
    told.at(-1)?.tryNow();
    await settle();
    expect(attempts()).toBe(5);
    expect(told.at(-1)).toBeUndefined();
    expect(next.heard[0]).toMatchObject({ type: 'follow', after: 0 });
    next.tell({ type: 'event', run: '', event: { type: 'run_completed', durationMs: 1, sequence: 1 } });
    expect(await ended).toBeUndefined();
    expect(events.at(-1)?.type).toBe('run_completed');
  });

  it('ends here at once when it is cancelled, and says that it may go on there', async () => {
    const connection = new Connection();
    const { runs, events, told, ended } = start(connection);
    await settle();
    connection.breaks();
    await vi.advanceTimersByTimeAsync(3000);
    await runs.cancel();
    await settle();
    expect(await ended).toBeUndefined();
    expect(events.slice(1)).toMatchObject([
      {
        type: 'notice',
        issue: { severity: 'warning', hint: expect.stringContaining('It may be going on there') as string },
      },
      { type: 'run_cancelled' },
    ]);
    expect(told.at(-1)).toBeUndefined();
  });

  it('is cancelled while it connects for the first time, with nothing to tell', async () => {
    const events: RunEvent[] = [];
    const connect = (_relay: unknown, signal: AbortSignal): Promise<Link> =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(cancelled())));
    const listeners = { onWaiting: () => undefined, onLost: () => undefined };
    const runs = new RemoteRuns({ address, key: '' }, listeners, connect);
    const ended = runs.run(request, (event) => events.push(event));
    await runs.cancel();
    await ended;
    expect(events.map(({ type }) => type)).toEqual(['run_cancelled']);
  });
});

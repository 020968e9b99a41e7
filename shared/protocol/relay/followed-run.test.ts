import { describe, expect, it } from 'vitest';
import type { SluiceError } from '../../errors.ts';
import { failure } from '../../errors.ts';
import type { RunEvent, RunEventBody } from '../events.ts';
import { FollowedRun, type FollowNews, type Link } from './followed-run.ts';
import { encodeFrame } from './frames.ts';
import { Inbox } from './inbox.ts';
import type { FromRelay, ToRelayInput } from './messages.ts';

const id = '6f1c0c0e-0000-4000-8000-000000000001';
const bodies: RunEventBody[] = [
  { type: 'run_started' },
  { type: 'stage_output', name: 's', output: { kind: 'print_schema', columns: [] } },
  { type: 'stage_progress', name: 's', fraction: 0.5 },
  { type: 'run_completed', durationMs: 1 },
];
const events = bodies.map((body, sequence): RunEvent => ({ ...body, sequence }));

/** The other side, played by the rules: each connection may send so many events before it breaks. */
class Relay {
  readonly heard: ToRelayInput[] = [];
  readonly #budgets: number[];
  refusal: SluiceError | undefined;

  constructor(...budgets: number[]) {
    this.#budgets = budgets;
  }

  connect(): Promise<Link> {
    const inbox = new Inbox();
    const budget = this.#budgets.shift() ?? Infinity;
    if (budget < 0) return Promise.reject(failure('relay.unreachable', 'It is away.'));
    const tell = (message: FromRelay): void => inbox.push(encodeFrame(message));
    const send = (message: ToRelayInput): Promise<void> => {
      this.heard.push(message);
      if (message.type === 'submit' && this.refusal) {
        tell({ type: 'refused', request: message.request, issue: this.refusal.issue });
      } else if (message.type === 'submit' || message.type === 'follow') {
        const after = message.type === 'follow' ? (message.after ?? -1) : -1;
        if (message.type === 'submit') tell({ type: 'accepted', request: message.request, run: {} as never });
        const due = events.filter(({ sequence }) => sequence > after);
        for (const event of due.slice(0, budget)) tell({ type: 'event', run: id, event });
        if (due.length > budget) inbox.end({ code: 1006, reason: '' });
      }
      return Promise.resolve();
    };
    return Promise.resolve({ inbox, send, close: () => inbox.end({ code: 1000, reason: '' }) });
  }
}

async function follow(relay: Relay, signal = new AbortController().signal) {
  const seen: number[] = [];
  const news: FollowNews['type'][] = [];
  const host = { connect: () => relay.connect(), pause: () => Promise.resolve() };
  const run = new FollowedRun(host, {
    submission: { document: 'stages: []', id },
    signal,
    onEvent: ({ sequence }) => void seen.push(sequence),
    onNews: ({ type }) => void news.push(type),
  });
  const last = await run.follow(await relay.connect());
  return { seen, news, last: last.type };
}

describe('a followed run', () => {
  it('is submitted once and followed to its end', async () => {
    const relay = new Relay();
    expect(await follow(relay)).toEqual({ seen: [0, 1, 2, 3], news: ['accepted'], last: 'run_completed' });
    expect(relay.heard.filter(({ type }) => type === 'submit')).toHaveLength(1);
  });

  it.each([0, 1, 2, 3])(
    'goes on after %s events and a broken connection, with none missed or doubled',
    async (budget) => {
      const relay = new Relay(budget);
      expect((await follow(relay)).seen).toEqual([0, 1, 2, 3]);
      expect(relay.heard.find(({ type }) => type === 'follow')).toMatchObject({ after: budget - 1 });
    },
  );

  it('tries again while the relay is away, and tells', async () => {
    const { seen, news } = await follow(new Relay(1, -1, -1));
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(news).toEqual([
      ...['accepted', 'connection_lost', 'connection_lost', 'connection_lost'],
      'connection_resumed',
    ]);
  });

  it('gives up at last and says that the run may still be going on', async () => {
    const thrown = await follow(new Relay(1, ...Array.from({ length: 20 }, () => -1))).catch((error: unknown) => error);
    expect((thrown as SluiceError).issue).toMatchObject({
      code: 'relay.lost',
      hint: `The run may still be going on there, as ${id}.`,
    });
  });

  it('fails with what the relay refuses', async () => {
    const relay = new Relay();
    relay.refusal = failure('queue.full', 'No more.');
    await expect(follow(relay)).rejects.toMatchObject({ issue: { code: 'queue.full' } });
  });

  it('is cancelled by a message once it is accepted, and confirms what it has taken in', async () => {
    const relay = new Relay();
    await follow(relay, AbortSignal.abort());
    const types = relay.heard.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['submit', 'cancel']));
    expect(types.indexOf('cancel')).toBeGreaterThan(types.indexOf('submit'));
  });
});

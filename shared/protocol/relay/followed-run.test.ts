import { describe, expect, it } from 'vitest';
import type { SluiceError } from '../../errors.ts';
import { failure } from '../../errors.ts';
import type { RunEvent, RunEventBody } from '../events.ts';
import { FollowedRun, type FollowHost, type FollowNews, type FollowOptions, type Link } from './followed-run.ts';
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

  it('gives up at last and says that the run goes on', async () => {
    const thrown = await follow(new Relay(1, ...Array.from({ length: 20 }, () => -1))).catch((error: unknown) => error);
    expect((thrown as SluiceError).issue).toMatchObject({
      code: 'relay.lost',
      hint: `It may be going on there as ${id}.`,
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

/** Links that say what a test wants them to, after `welcome`. */
class Silent {
  readonly heard: ToRelayInput[] = [];
  readonly #answer: (message: ToRelayInput, inbox: Inbox) => void;

  constructor(answer: (message: ToRelayInput, inbox: Inbox) => void) {
    this.#answer = answer;
  }

  connect(): Promise<Link> {
    const inbox = new Inbox();
    inbox.push(encodeFrame({ type: 'welcome', relay: 'r', version: '1', answersPings: true }));
    const send = (message: ToRelayInput): Promise<void> => {
      this.heard.push(message);
      if (message.type === 'submit') inbox.push(encodeFrame({ type: 'accepted', request: message.request, run: {} }));
      this.#answer(message, inbox);
      return Promise.resolve();
    };
    return Promise.resolve({ inbox, send, close: () => inbox.end({ code: 1000, reason: '' }) });
  }
}

async function followOn(
  connect: FollowHost['connect'],
  more: Partial<FollowOptions> & { pause?: FollowHost['pause'] } = {},
) {
  const { signal = new AbortController().signal, pause = () => Promise.resolve() } = more;
  const lost: string[] = [];
  const run = new FollowedRun(
    { connect, pause },
    {
      ...{ submission: { document: 'stages: []', id }, signal, onEvent: () => undefined },
      onNews: (news) => {
        if (news.type === 'connection_lost') lost.push(news.message);
      },
      ...more,
    },
  );
  const ending = connect(signal).then((link) => run.follow(link));
  const issue = await ending.then(
    () => undefined,
    (thrown: unknown) => (thrown as SluiceError).issue,
  );
  return { issue, lost };
}

describe('a run whose relay brings nothing new', () => {
  it('is given up although every attempt to connect succeeds (the command resent 80 MB without end)', async () => {
    const { issue, lost } = await followOn(() => new Relay(0).connect());
    expect(issue).toMatchObject({ code: 'relay.lost', hint: `It may be going on there as ${id}.` });
    expect(lost).toHaveLength(11);
  });

  it('has its attempts counted from the last new event on', async () => {
    const away = Array.from({ length: 10 }, () => -1);
    expect((await follow(new Relay(1, ...away, 1, ...away, 1, ...away))).seen).toEqual([0, 1, 2, 3]);
  });

  it('is given up at once where a message is too large: it would come again', async () => {
    const connect = () => new Silent((_, inbox) => inbox.end({ code: 1009, reason: '' })).connect();
    expect(await followOn(connect)).toMatchObject({ issue: { code: 'protocol.limit' }, lost: [] });
  });
});

describe('a network that is gone without a word', () => {
  it('is noticed after 15 s without an answer', async () => {
    const silent = new Silent(() => undefined);
    let waited = 0;
    const pause = (milliseconds: number): Promise<void> => {
      waited += milliseconds;
      return Promise.resolve();
    };
    let connected = 0;
    const connect = () => {
      if (connected++ === 0) return silent.connect();
      return Promise.reject(failure('key.invalid', 'So far.'));
    };
    const { issue, lost } = await followOn(connect, { pause });
    expect(lost).toEqual(['The relay has not answered for 15 s.']);
    expect(issue?.code).toBe('key.invalid');
    expect(waited).toBe(15_000 + 250);
    expect(silent.heard.map(({ type }) => type)).toEqual(['submit', 'ping', 'ping']);
  });

  it('is not taken for one that answers, however long the run says nothing', async () => {
    let pings = 0;
    const alive = new Silent((message, inbox) => {
      if (message.type !== 'ping') return;
      inbox.push(encodeFrame({ type: 'pong' }));
      if (++pings < 100) return;
      for (const event of events) inbox.push(encodeFrame({ type: 'event', run: id, event }));
    });
    expect(await followOn(() => alive.connect())).toEqual({ issue: undefined, lost: [] });
  });

  it('is not asked of a relay that knows no ping', async () => {
    const relay = new Relay();
    await follow(relay);
    expect(relay.heard.map(({ type }) => type)).not.toContain('ping');
  });
});

describe('cancelling without a connection', () => {
  const gone = (_message: ToRelayInput, inbox: Inbox): void => inbox.end({ code: 1006, reason: '' });

  it.each([
    ['continue', `It may be going on there as ${id}.`],
    ['cancel', 'The relay cancels it when it notices that the connection has ended.'],
  ] as const)(
    'ends at once while it waits to connect again, and says what becomes of the run (%s)',
    async (whenLeft, hint) => {
      const user = new AbortController();
      const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(), { once: true });
          if (milliseconds === 250) user.abort();
        });
      const submission = { document: 'stages: []', id, whenLeft };
      const connect = () => new Silent(gone).connect();
      const { issue } = await followOn(connect, { signal: user.signal, pause, submission });
      expect(issue).toMatchObject({
        code: 'relay.lost',
        message: expect.stringContaining('not cancelled') as string,
        hint,
      });
    },
  );

  it('ends at once while it connects, and closes the connection that comes too late', async () => {
    const user = new AbortController();
    let late: (link: Link) => void = () => undefined;
    let attempts = 0;
    const connect = (): Promise<Link> => {
      if (attempts++ === 0) return new Silent(gone).connect();
      user.abort();
      return new Promise((resolve) => (late = resolve));
    };
    const { issue } = await followOn(connect, { signal: user.signal });
    expect(issue).toMatchObject({ code: 'relay.lost', message: expect.stringContaining('not cancelled') as string });
    const closed = new Promise<void>((resolve) => {
      late({ inbox: new Inbox(), send: () => Promise.resolve(), close: resolve });
    });
    await closed;
  });
});

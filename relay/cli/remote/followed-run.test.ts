// `sluice run --executor` and `sluice cancel` in sluice.v1, against relays that lose connections and hold back.
import { describe, expect, it } from 'vitest';
import { fromRelay, startExecutor, type ExecutorOptions, type Peer } from '../../../tests/command/executors.ts';
import { inFolder, jsonLines, sluice, start } from '../../../tests/command/sluice.ts';
import { limits } from '../../../shared/protocol/limits.ts';
import type { RunEvent, RunEventBody } from '../../../shared/protocol/events.ts';

const document = `sources: []
stages:
  - - { name: a, query: "SELECT \${x} AS x" }
`;
const moment = '2026-01-31T12:00:00.000Z';

async function withRelay<T>(serve: ExecutorOptions['serve'], task: (address: string) => Promise<T>): Promise<T> {
  const relay = await startExecutor({ isRelay: true, serve });
  try {
    return await task(relay.address);
  } finally {
    await relay.close();
  }
}

function summary(id: string, lastSequence = -1): Extract<ReturnType<typeof fromRelay>, { type: 'accepted' }>['run'] {
  return { ...{ id, lastSequence, acceptedAt: moment }, state: 'running', submittedBy: 'test', parameters: {} };
}

const bodies: RunEventBody[] = [
  { type: 'run_started' },
  ...Array.from({ length: 40 }, (_, index): RunEventBody => {
    return { type: 'stage_progress', name: 'a', fraction: index / 40 };
  }),
  { type: 'run_completed', durationMs: 12 },
];
const events = bodies.map((body, sequence): RunEvent => ({ ...body, sequence }));

/** Sends events of the run; answers after the last. */
async function tell({ say }: Peer, run: string, some: readonly RunEvent[]): Promise<void> {
  for (const event of some) await say(fromRelay({ type: 'event', run, event }));
}

async function accept(peer: Peer): Promise<string> {
  await peer.say(fromRelay({ type: 'welcome', relay: 'test', version: '0.1.0' }));
  const { type, request, submission } = await peer.hear();
  expect(type).toBe('submit');
  const { id } = submission as { id: string };
  await peer.say(fromRelay({ type: 'accepted', request: Number(request), run: summary(id) }));
  return id;
}

const words = (address: string): string[] => ['run', '-f', '-', '-p', 'x=1', '--executor', address, '--output', 'json'];

describe('a run on a relay', () => {
  it('sends the document as it was typed, shows where it waits, and quotes its errors from that text', async () => {
    let submission: unknown;
    const serve: ExecutorOptions['serve'] = async (peer) => {
      await peer.say(fromRelay({ type: 'welcome', relay: 'test', version: '0.1.0' }));
      const heard = await peer.hear();
      submission = heard['submission'];
      const { id } = submission as { id: string };
      await peer.say(fromRelay({ type: 'accepted', request: Number(heard['request']), run: summary(id) }));
      await peer.say(fromRelay({ type: 'waiting', run: id, position: 2 }));
      const place = { line: 3, column: 27, endLine: 3, endColumn: 31, offset: 0, endOffset: 0 };
      const issue = { code: 'sql.binding', severity: 'error', message: 'No.', place } as const;
      await tell(peer, id, [{ type: 'run_failed', issue, durationMs: 3, sequence: 0 }]);
    };
    await withRelay(serve, async (address) => {
      await inFolder({ 'p.yml': document }, async (cwd) => {
        const { code, stdout, stderr } = await sluice(['run', '-f', 'p.yml', '-p', 'x=1', '--executor', address], {
          cwd,
        });
        expect(code).toBe(1);
        expect(stdout).toContain('⏳ Pipeline is queued for execution (position: 2)');
        expect(stderr).toContain('--> p.yml:3:27');
        expect(stderr).toContain('3 |   - - { name: a, query: "SELECT ${x} AS x" }');
      });
    });
    expect(submission).toMatchObject({ document, parameters: { x: '1' }, substituted: false, whenLeft: 'continue' });
  });

  it('resumes after every lost connection: no event is missed, none comes twice', async () => {
    let run = '';
    const confirmed: unknown[] = [];
    const serve: ExecutorOptions['serve'] = async (peer, connection) => {
      if (connection === 0) {
        run = await accept(peer);
        await tell(peer, run, events.slice(0, 3));
        confirmed.push((await peer.hear())['type']);
        peer.socket.terminate();
        return;
      }
      await peer.say(fromRelay({ type: 'welcome', relay: 'test', version: '0.1.0' }));
      const { type, request, run: followed, after } = await peer.hear();
      expect({ type, followed }).toEqual({ type: 'follow', followed: run });
      await peer.say(fromRelay({ type: 'following', request: Number(request), run: summary(run) }));
      const from = Number(after) + 1;
      // one that was there already, as a relay may send after a resume
      await tell(peer, run, events.slice(Math.max(0, from - 1), connection < 3 ? from + 5 : undefined));
      if (connection >= 3) return;
      await peer.hear();
      peer.socket.close(1001);
    };
    await withRelay(serve, async (address) => {
      const { code, stdout } = await sluice(words(address), { input: document });
      expect(code).toBe(0);
      const lines = jsonLines(stdout);
      const told = lines.filter((line) => 'sequence' in line);
      expect(told.map(({ sequence }) => sequence)).toEqual(events.map(({ sequence }) => sequence));
      expect(lines.filter(({ type }) => type === 'connection_resumed')).toHaveLength(3);
      expect(confirmed).toEqual(['received']);
    });
  });

  it('submits again under the same id when nobody has accepted it', async () => {
    const ids: unknown[] = [];
    const serve: ExecutorOptions['serve'] = async (peer, connection) => {
      if (connection > 0) {
        const id = await accept(peer);
        ids.push(id);
        return tell(peer, id, events);
      }
      const { submission } = await peer.hear();
      ids.push((submission as { id: string }).id);
      peer.socket.terminate();
    };
    await withRelay(serve, async (address) => {
      expect(await sluice(words(address), { input: document })).toMatchObject({ code: 0 });
    });
    expect(ids).toHaveLength(2);
    expect(ids[1]).toBe(ids[0]);
  });

  it('tells the relay what it has taken in, so that more is sent', async () => {
    const received: number[] = [];
    const serve: ExecutorOptions['serve'] = async (peer) => {
      const id = await accept(peer);
      for (const event of events) {
        await tell(peer, id, [event]);
        if (event.type === 'run_completed') return;
        while ((received.at(-1) ?? -1) < event.sequence) received.push(Number((await peer.hear())['sequence']));
      }
    };
    await withRelay(serve, async (address) => {
      expect(await sluice(words(address), { input: document })).toMatchObject({ code: 0 });
    });
    expect(received.at(-1)).toBe(events.length - 2);
  });

  it('a message that is too large ends it at once: it was asked for again without end', async () => {
    let connections = 0;
    const serve: ExecutorOptions['serve'] = async (peer) => {
      connections += 1;
      const id = await accept(peer);
      const message = 'x'.repeat(limits.message.bytes);
      const issue = { code: 'type.converted', severity: 'info', message } as const;
      // the command ends before it has read all of it
      await tell(peer, id, [{ type: 'notice', issue, sequence: 0 }]).catch(() => undefined);
    };
    await withRelay(serve, async (address) => {
      const { code, stderr } = await sluice(words(address), { input: document });
      expect(stderr).toContain('error[protocol.limit]');
      expect(code).toBe(1);
    });
    expect(connections).toBe(1);
  });

  it('a gap between events is an error', async () => {
    const serve: ExecutorOptions['serve'] = async (peer) => tell(peer, await accept(peer), events.slice(1));
    await withRelay(serve, async (address) => {
      const { code, stderr } = await sluice(words(address), { input: document });
      expect(code).toBe(1);
      expect(stderr).toContain('error[protocol.invalid]');
    });
  });

  it('a refusal is the error of the relay', async () => {
    const serve: ExecutorOptions['serve'] = async (peer) => {
      const { request } = await peer.hear();
      const issue = { code: 'queue.full', severity: 'error', message: 'Too many runs wait.' } as const;
      await peer.say(fromRelay({ type: 'refused', request: Number(request), issue }));
    };
    await withRelay(serve, async (address) => {
      const { code, stderr } = await sluice(words(address), { input: document });
      expect(code).toBe(1);
      expect(stderr).toContain('error[queue.full]: Too many runs wait.');
    });
  });

  it('Ctrl+C cancels there, and the command ends when the run has', async () => {
    const serve: ExecutorOptions['serve'] = async (peer) => {
      const id = await accept(peer);
      await tell(peer, id, events.slice(0, 1));
      let heard = await peer.hear();
      while (heard['type'] === 'received') heard = await peer.hear();
      expect(heard).toMatchObject({ type: 'cancel', run: id });
      await peer.say(fromRelay({ type: 'cancelling', request: Number(heard['request']), run: id, ended: false }));
      await tell(peer, id, [{ type: 'run_cancelled', durationMs: 5, sequence: 1 }]);
    };
    await withRelay(serve, async (address) => {
      const running = await start(words(address), { input: document });
      await running.until('"run_started"');
      running.child.kill('SIGINT');
      const { code, stdout } = await running.ended;
      expect(code).toBe(130);
      expect(jsonLines(stdout).at(-1)?.['type']).toBe('run_cancelled');
    });
  });
});

describe('sluice cancel on a relay', () => {
  const id = '6f1c0c0e-0000-4000-8000-00000000000a';

  it.each([
    [false, `Cancelled ${id}\n`],
    [true, `${id} had ended already; there was nothing to cancel.\n`],
  ])('ended before: %s', async (ended, told) => {
    const serve: ExecutorOptions['serve'] = async (peer) => {
      await peer.say(fromRelay({ type: 'welcome', relay: 'test', version: '0.1.0' }));
      const { type, request, run } = await peer.hear();
      expect({ type, run }).toEqual({ type: 'cancel', run: id });
      await peer.say(fromRelay({ type: 'cancelling', request: Number(request), run: id, ended }));
    };
    await withRelay(serve, async (address) => {
      const cancel = ['cancel', '-e', id, '--executor', `ws://${address}/`];
      expect(await sluice(cancel)).toEqual({ code: 0, stdout: told, stderr: '' });
    });
  });
});

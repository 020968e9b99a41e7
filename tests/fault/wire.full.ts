// What only the full fault tests do on the wire: many strange frames, many cut connections, many runs.
import { readdir } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setImmediate as breath } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subprotocol } from '../../shared/protocol/relay/messages.ts';
import { connect } from '../relay/client.ts';
import type { Runner } from '../relay/in-process-queue.ts';
import { sequencesOf, untilCancelled } from '../relay/scripted.ts';
import { startTestRelay } from '../relay/start-relay.ts';
import { strangeMessages } from '../relay/strange-messages.ts';
import { Bench, ended, quick, submission, tester } from './bench.ts';
import { randomOf } from './random.ts';

const seed = Number(process.env.FAULT_SEED ?? 1);
const patience = { timeout: 1_800_000 };

describe('the wire', () => {
  it('20,000 strange frames get an answer or a close that says why', patience, async () => {
    await using relay = await startTestRelay({ run: untilCancelled });
    const codes = new Map<number, number>();
    const frames = fc.sample(fc.tuple(strangeMessages, fc.boolean()), { numRuns: 20_000, seed });
    for (const [frame, isStock] of frames) {
      const client = await connect(relay.address, isStock ? [] : [subprotocol]);
      client.socket.send(frame);
      // what comes behind is answered as well, or the connection is closed for what came before
      client.socket.send('{"type":"cancel_request","execution_id":"6f1c0c0e-0000-4000-8000-000000000001"}');
      const answered = client.until(({ type }) => type === 'execution_error' || type === 'refused');
      const code = await Promise.race([
        client.closed,
        answered.then(
          () => undefined,
          () => client.closed,
        ),
      ]);
      if (code !== undefined) codes.set(code, (codes.get(code) ?? 0) + 1);
      client.socket.terminate();
      await client.closed;
    }
    expect([...codes.keys()].filter((code) => ![1002, 1003, 1007, 1008, 1009].includes(code))).toEqual([]);
    expect((await fetch(`${relay.address}/api/ready`)).status).toBe(200);
    expect(relay.logged()).not.toContain('"level":"error"');
    console.log(`20,000 strange frames; closed: ${JSON.stringify(Object.fromEntries(codes))}`);
  });

  it('a connection that is cut 200 times misses no event and gets none twice', patience, async () => {
    const random = randomOf(seed);
    const most = 20_000;
    let stopped = false;
    const telling: Runner = async (_submission, emit) => {
      emit({ type: 'run_started', sequence: 0 });
      let sequence = 1;
      for (; sequence < most && !stopped; sequence++) {
        emit({ type: 'stage_progress', name: 's', fraction: sequence / most, sequence });
        if (sequence % 16 === 0) await breath();
      }
      emit({ type: 'run_completed', durationMs: 0, sequence });
    };
    await using relay = await startTestRelay({ run: telling });
    const owner = await connect(relay.address, [subprotocol]);
    owner.send({ type: 'submit', request: 1, submission: { document: quick } });
    const [{ run }] = (await owner.until(({ type }) => type === 'accepted')).slice(-1) as [{ run: { id: string } }];
    await owner.close();
    const got: number[] = [];
    let last: string | undefined;
    let cuts = 0;
    for (; last !== 'run_completed'; cuts++) {
      if (cuts === 200) stopped = true;
      const client = await connect(relay.address, [subprotocol]);
      client.send({ type: 'follow', request: 2, run: run.id, after: got.length - 1 });
      // no more than a window, which comes without being asked for
      let left = cuts < 200 ? Math.floor(random() * 200) : 250;
      const messages = await client.until((message) => typeOf(message) === 'run_completed' || left-- === 0);
      client.socket.terminate();
      got.push(...sequencesOf(messages));
      last = typeOf(messages.at(-1));
    }
    expect(got).toEqual(got.map((_, index) => index));
    console.log(`${cuts} connections for ${got.length} events, none missed, none twice`);
  });

  it('a relay that has done 1,000 runs holds no more than after 100', patience, () =>
    Bench.use(async (bench) => {
      const { queue } = await bench.open({ keepReady: true });
      const measured: { heap: number; handles: number }[] = [];
      for (let count = 1; count <= 1000; count++) {
        const { id } = await queue.submit(submission(quick), tester);
        expect(await ended(queue, id)).toMatchObject({ state: 'succeeded' });
        if (count % 100 === 0) measured.push({ heap: heapInUse(), handles: await openHandles() });
      }
      const [first, last] = [measured[0], measured.at(-1)];
      console.log(measured.map(({ heap, handles }) => `${(heap / 1e6).toFixed(1)} MB, ${handles} handles`).join('\n'));
      expect(last?.handles).toBeLessThanOrEqual((first?.handles ?? 0) + 2);
      // nine times a hundred runs, of which each may take one in a hundred
      expect(last?.heap).toBeLessThan((first?.heap ?? 0) * 1.09);
    }),
  );
});

function typeOf(message: Record<string, unknown> | undefined): string | undefined {
  return (message?.['event'] as { type: string } | undefined)?.type;
}

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** Files and sockets where the system tells them, otherwise what Node holds open. */
async function openHandles(): Promise<number> {
  if (process.platform === 'linux') return (await readdir('/proc/self/fd')).length;
  return process.getActiveResourcesInfo().length;
}

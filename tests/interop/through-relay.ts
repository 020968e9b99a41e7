// Documents on a relay: a server with its sockets, its queue and a process for each run, asked as the command asks it.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { inject } from 'vitest';
import { connect } from '../../relay/cli/remote/connect.ts';
import { relayAddress } from '../../relay/cli/remote/address.ts';
import { openQueue } from '../../relay/queue/open.ts';
import { Gate } from '../../relay/server/keys/gate.ts';
import { KeyRing } from '../../relay/server/keys/key-ring.ts';
import { startRelay } from '../../relay/server/serve.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import { FollowedRun } from '../../shared/protocol/relay/followed-run.ts';
import { pause } from '../../shared/protocol/relay/pause.ts';
import type { OpenOptions } from '../contract/case.ts';
import type { Elsewhere } from '../contract/relay.ts';
import { testKey } from '../relay/start-relay.ts';

export const throughRelay: Elsewhere =
  (folder, options) =>
  async (document, { parameters, signal, onEvent }) => {
    await using relay = await openRelay(folder, options);
    const to = { address: relayAddress(relay.address), key: 'ada-key' };
    const reach = () => connect(to, new AbortController().signal, ['sluice']);
    const events: RunEvent[] = [];
    const run = new FollowedRun(
      { connect: reach, pause },
      {
        submission: { document, id: randomUUID(), ...(parameters ? { parameters } : {}) },
        signal: signal ?? new AbortController().signal,
        onEvent: (event) => {
          events.push(event);
          onEvent?.(event);
        },
        onNews: ({ type }) => {
          if (type === 'connection_lost') throw new Error('The connection was lost.');
        },
      },
    );
    await run.follow(await reach());
    return events;
  };

async function openRelay(folder: string, { memoryLimit }: OpenOptions) {
  const state = await mkdtemp(join(tmpdir(), 'sluice-interop-'));
  const log = pino({ level: 'silent' });
  const { queue } = await openQueue({
    ...{
      stateDirectory: state,
      program: inject('runProgram'),
      maxConcurrentRuns: 1,
      maxQueuedRuns: 1,
      memoryLimit,
      log,
    },
    platform: { directories: [folder], base: folder, allowHosts: ['127.0.0.1'] },
    ...{ retention: { maxRuns: 10, maxAgeMs: 86_400_000 }, keepReady: false },
  });
  const relay = await startRelay({
    ...{ host: '127.0.0.1', port: 0, pageDirectory: state, queue, log, relay: 'test', version: '0.0.0' },
    gate: new Gate({ keys: new KeyRing([testKey('ada')]) }),
  });
  return {
    address: relay.address,
    [Symbol.asyncDispose]: async () => {
      await relay.stop(0);
      await rm(state, { recursive: true, force: true });
    },
  };
}

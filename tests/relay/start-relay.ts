// A relay for a test: a real server on a free port, runs in the test's process, and what it logs.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRelayPlatform } from '../../relay/platform/index.ts';
import { Gate, type GateOptions } from '../../relay/server/keys/gate.ts';
import { digestOf, rights, type KnownKey, type Right } from '../../relay/server/keys/key.ts';
import { KeyRing } from '../../relay/server/keys/key-ring.ts';
import { openLog } from '../../relay/server/log.ts';
import { startRelay, type Relay, type RelayOptions } from '../../relay/server/serve.ts';
import type { Platform } from '../../shared/platform.ts';
import {
  InProcessQueue,
  pipelinePlanner,
  pipelineRunner,
  type InProcessOptions,
  type Runner,
} from './in-process-queue.ts';

export interface TestRelay extends Relay {
  /** `127.0.0.1:port`. */
  readonly authority: string;
  readonly queue: InProcessQueue;
  /** The lines of the log so far. */
  readonly logged: () => string;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

export interface TestOptions extends Partial<Omit<InProcessOptions, 'run'>> {
  readonly keys?: readonly KnownKey[];
  readonly gate?: Partial<GateOptions>;
  readonly run?: Runner;
  /** Files in the data folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly relay?: Partial<RelayOptions>;
}

/** Milliseconds; tests ping by themselves. */
const neverByTheClock = 24 * 3_600_000;

/** A key whose text is its name followed by `-key`. */
export function testKey(name: string, allowed: readonly Right[] = rights, more: Partial<KnownKey> = {}): KnownKey {
  return { digest: digestOf(`${name}-key`), rights: new Set(allowed), submitter: { name }, ...more };
}

export async function startTestRelay(options: TestOptions = {}): Promise<TestRelay> {
  const { keys = [], gate, files = {}, relay: more } = options;
  const folder = await mkdtemp(join(tmpdir(), 'sluice-relay-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const open = (): Promise<Platform> => openRelayPlatform({ directories: [folder] });
  const queue = new InProcessQueue({ run: pipelineRunner(open), plan: pipelinePlanner(open), ...options });
  let logged = '';
  const log = openLog('debug', 'test', (text) => text, { write: (line) => void (logged += line) });
  const relay = await startRelay({
    ...{ host: '127.0.0.1', port: 0, pageDirectory: folder, queue, log, relay: 'test', version: '0.0.0' },
    gate: new Gate({ keys: new KeyRing(keys), ...gate }),
    ...more,
    limits: { pingInterval: neverByTheClock, ...more?.limits },
  });
  return Object.assign(Object.create(relay) as Relay, {
    authority: new URL(relay.address).host,
    queue,
    logged: () => logged,
    [Symbol.asyncDispose]: async () => {
      await relay.stop(0);
      await rm(folder, { recursive: true, force: true });
    },
  });
}

// What `sluice serve` does with its settings: opens the queue, starts the relay, stops it on a signal.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { failure } from '../../shared/errors.ts';
import { Gate } from './keys/gate.ts';
import { digestOf, rights, type KnownKey } from './keys/key.ts';
import { KeyRing } from './keys/key-ring.ts';
import { readKeysFile, readSecretsFile } from './keys/keys-file.ts';
import { maskOfAll, openLog, thrownFields } from './log.ts';
import { openQueue } from '../queue/open.ts';
import { abilities } from '../queue/process/privileges.ts';
import { readText } from './keys/secrets.ts';
import { checkPrivateFiles } from './private-files.ts';
import { startRelay, type Relay } from './serve.ts';
import type { ServerSettings } from './settings.ts';
import { watchUncaught } from './uncaught.ts';
import { packageVersion } from '../version.ts';

type Environment = Readonly<Record<string, string | undefined>>;

// both lie beside the built file that this one is part of
const pageDirectory = fileURLToPath(new URL('../web', import.meta.url));
const program = fileURLToPath(new URL('./run.cjs', import.meta.url));

/** Resolves when the relay listens. Fails with command.usage, file.not_found, and with what opening the queue fails with. */
export async function runRelay(settings: ServerSettings, environment: Environment): Promise<Relay> {
  const { host, port, drainMs, relay, allowOrigins } = settings;
  const { keys, secrets, files } = readKeys(settings, environment);
  const warnings = await checkPrivateFiles(files, settings.directories);
  if (keys.isEmpty && !isLoopback(host)) {
    throw failure('command.usage', `Without a key the relay listens to its own machine only, not to ${host}.`, {
      hint: 'Set SLUICE_API_KEY or --keys-file, or leave --host out.',
    });
  }
  const log = openLog(settings.logLevel, relay, maskOfAll(keys.secrets(), Object.values(secrets)));
  for (const notice of [...settings.notices, ...warnings]) log.warn(notice);
  if (!existsSync(join(pageDirectory, 'index.html'))) log.warn('The page is not built; there are the API and sockets.');
  const temporary = settings.stateDirectory === undefined ? await mkdtemp(join(tmpdir(), 'sluice-state-')) : undefined;
  const forget = async (): Promise<void> => {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
  };
  try {
    const queue = await queueOf(settings, settings.stateDirectory ?? temporary ?? '', log);
    const started = await startRelay({
      ...{
        host,
        port,
        pageDirectory,
        queue,
        log,
        relay,
        allowOrigins,
        version: packageVersion(),
        processMetrics: true,
      },
      gate: new Gate({ keys, allowOrigins, secrets }),
      limits: { mostConnections: settings.mostConnections },
    }).catch(async (thrown: unknown) => {
      await queue.close();
      throw thrown;
    });
    console.log(`Sluice is ready on ${started.address}`);
    stopInOrder(async () => {
      await started.stop(drainMs);
      await forget();
    }, log);
    return started;
  } catch (thrown) {
    await forget();
    throw thrown;
  }
}

async function queueOf(settings: ServerSettings, stateDirectory: string, log: Logger) {
  const { maxConcurrentRuns, maxQueuedRuns, timeLimitMs, memoryLimit, retention, maxStateBytes, runAs } = settings;
  const { directories, allowHosts, threads, maxTemporarySize } = settings;
  const { queue, recovery } = await openQueue({
    ...{ stateDirectory, program, maxConcurrentRuns, maxQueuedRuns, retention, maxStateBytes, runAs, log },
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    platform: {
      ...{ directories, allowHosts, maxTemporarySize },
      ...(directories[0] === undefined ? {} : { base: directories[0] }),
      ...(threads === undefined ? {} : { threads }),
    },
  });
  const { prlimit, setpriv } = abilities();
  log.info({ runAs, noNewPrivileges: setpriv !== undefined, noCoreDumps: prlimit !== undefined }, 'what runs give up');
  const { waiting, interrupted, notices } = recovery;
  if (waiting + interrupted > 0) log.warn({ waiting, interrupted }, 'runs of before were found');
  for (const issue of notices) log.warn({ issue }, issue.message);
  return queue;
}

function readKeys({ apiKeys, keysFile, secretsFile }: ServerSettings, environment: Environment) {
  const files: string[] = [];
  const read = (path: string): string => {
    files.push(path);
    return readText(path);
  };
  const secrets = secretsFile === undefined ? {} : readSecretsFile(secretsFile, environment, read);
  const given = apiKeys.map(({ name, key }): KnownKey => {
    return { digest: digestOf(key), rights: new Set(rights), submitter: { name, secrets } };
  });
  const keys = new KeyRing([...given, ...(keysFile === undefined ? [] : readKeysFile(keysFile, environment, read))]);
  return { keys, secrets, files };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Ends the process when the relay has stopped: with 0 after a signal, with 1 after what nobody caught. */
function stopInOrder(stop: () => Promise<void>, log: Logger): void {
  let stopping = false;
  const end = (exitCode: number): void => {
    stopping = true;
    stop().then(
      () => process.exit(exitCode),
      (thrown: unknown) => {
        log.fatal(thrownFields(thrown), 'stopping failed');
        process.exit(1);
      },
    );
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (!stopping) return end(0);
    log.warn({ signal }, 'ended at once');
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  watchUncaught(log, () => {
    if (!stopping) end(1);
  });
}

// What the command line and the environment say about the server.
import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { failure } from '../../shared/errors.ts';
import { bytesOfSize } from '../platform/sizes.ts';
import { duration, size, wholeNumber, wrong } from './amounts.ts';
import type { RunAs } from '../queue/process/privileges.ts';
import { userOf } from './user.ts';
import { flags, type Flag, type FlagName } from './flags.ts';
import { logLevels, type LogLevel } from './log.ts';

export interface ServerSettings {
  readonly host: string;
  /** 0 to 65535; 0 takes a free one. */
  readonly port: number;
  readonly apiKeys: readonly { readonly name: string; readonly key: string }[];
  readonly keysFile: string | undefined;
  readonly secretsFile: string | undefined;
  readonly directories: readonly string[];
  readonly allowHosts: readonly string[];
  /** Exact origins. */
  readonly allowOrigins: readonly string[];
  readonly maxConcurrentRuns: number;
  readonly maxQueuedRuns: number;
  readonly timeLimitMs: number | undefined;
  readonly memoryLimit: string | undefined;
  readonly threads: number | undefined;
  readonly maxTemporarySize: string;
  /** Who runs are, where the relay is root. */
  readonly runAs: RunAs | undefined;
  /** Absent when nothing is to be kept. */
  readonly stateDirectory: string | undefined;
  /** Bytes that the events of all runs may take together. */
  readonly maxStateBytes: number;
  readonly retention: { readonly maxRuns: number; readonly maxAgeMs: number };
  readonly drainMs: number;
  readonly mostConnections: number;
  readonly relay: string;
  readonly logLevel: LogLevel;
  /** What the operator should know. */
  readonly notices: readonly string[];
}

/** What commander has parsed. */
export type FlagValues = Readonly<Partial<Record<FlagName, string | readonly string[]>>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Fails with command.usage, in a sentence that names the flag. */
export function readSettings(given: FlagValues, environment: Environment): ServerSettings {
  const notices: string[] = [];
  const several = (name: FlagName): readonly string[] => valuesOf(name, given, environment);
  const one = (name: FlagName): string | undefined => several(name).at(-1);
  const port = wholeNumber('--port', one('port') ?? '3031', 0, 65_535);
  const host = one('host') ?? '127.0.0.1';
  if (given.apiKey !== undefined) {
    notices.push('The key of --api-key can be seen in the process list; SLUICE_API_KEY keeps it out of there.');
  }
  const timeLimitMs = duration('--time-limit', one('timeLimit') ?? '24h');
  const threads = one('threads');
  const serverUrl = one('serverUrl');
  const runAs = one('runAs');
  return {
    ...{ host, port, notices },
    apiKeys: apiKeysOf(several('apiKey'), environment),
    keysFile: one('keysFile'),
    secretsFile: one('secretsFile'),
    directories: several('dataDir').map((folder) => resolve(folder)),
    allowHosts: several('allowHost'),
    allowOrigins: [...several('allowOrigin'), ...(serverUrl === undefined ? [] : [serverUrl])].map(originOf),
    maxConcurrentRuns: wholeNumber('--max-concurrent-runs', one('maxConcurrentRuns') ?? '1', 1, 1000),
    maxQueuedRuns: wholeNumber('--max-queued-runs', one('maxQueuedRuns') ?? '100', 0),
    timeLimitMs: timeLimitMs === 0 ? undefined : timeLimitMs,
    memoryLimit: memoryOf(one('maxMemory'), notices),
    threads: threads === undefined ? undefined : wholeNumber('--threads', threads, 1, 1024),
    maxTemporarySize: size('--max-temp-size', one('maxTempSize') ?? '50GB'),
    runAs: runAs === undefined ? undefined : userOf(runAs),
    stateDirectory: stateDirectoryOf(one('stateDir'), host, port, environment),
    maxStateBytes: bytesOfSize(size('--max-state-size', one('maxStateSize') ?? '20GB')) ?? Infinity,
    retention: {
      maxRuns: wholeNumber('--retention-runs', one('retentionRuns') ?? '1000', 0),
      maxAgeMs: duration('--retention-age', one('retentionAge') ?? '30d'),
    },
    drainMs: duration('--drain-time', one('drainTime') ?? '30s'),
    mostConnections: wholeNumber('--max-connections', one('maxConnections') ?? '4096', 1),
    relay: one('executorId') ?? randomUUID(),
    logLevel: logLevelOf(one('logLevel') ?? 'info', notices),
  };
}

function valuesOf(name: FlagName, given: FlagValues, environment: Environment): readonly string[] {
  const value = given[name];
  if (value !== undefined) return [value].flat();
  const { environment: names, separator }: Flag = flags[name];
  const found = names.map((variable) => environment[variable]).find((text) => text !== undefined && text !== '');
  // an empty variable is as good as none, but an empty key is a mistake that must not open the relay
  const blank = names.map((variable) => environment[variable]).find((text) => text !== undefined);
  if (found === undefined) return name === 'apiKey' && blank !== undefined ? [blank] : [];
  if (separator === undefined) return [found];
  const pieces = found.split(separator === ':' ? delimiter : separator).map((text) => text.trim());
  return pieces.filter((text) => text !== '');
}

function apiKeysOf(values: readonly string[], environment: Environment): ServerSettings['apiKeys'] {
  const named = Object.entries(environment).flatMap(([variable, key = '']) => {
    const name = /^SLUICE_API_KEY_(\w+)$/.exec(variable)?.[1];
    return name === undefined ? [] : [{ name: name.toLowerCase(), key }];
  });
  const keys = [...values.map((key) => ({ name: 'default', key })), ...named];
  if (keys.some(({ key }) => key.trim() === '')) throw failure('command.usage', 'API key cannot be empty');
  return keys;
}

/** Aqueducts' executor leaves 5 % of what it is given to itself, and so does this. */
function memoryOf(text: string | undefined, notices: string[]): string | undefined {
  const gigabytes = text === undefined ? 0 : wholeNumber('--max-memory', text, 0, 1_000_000);
  if (gigabytes > 0) return `${Math.floor(gigabytes * 1024 * 0.95)}MiB`;
  if (text !== undefined) notices.push('--max-memory 0 sets no limit: a run may take all that DuckDB lets it.');
  return undefined;
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw wrong('--allow-origin or --server-url', text, 'an address such as https://example.com');
}

function stateDirectoryOf(
  text: string | undefined,
  host: string,
  port: number,
  { XDG_STATE_HOME: state }: Environment,
): string | undefined {
  if (text !== undefined) return resolve(text);
  if (port === 0) return undefined;
  const home = state === undefined || state === '' ? join(homedir(), '.local', 'state') : state;
  return join(home, 'sluice', `${host.replaceAll(/[^\w.-]/g, '_')}-${port}`);
}

/** A level, or the first level in a list as RUST_LOG has them: `info,hyper=warn`. */
function logLevelOf(text: string, notices: string[]): LogLevel {
  const words = text.split(',').map((word) => word.trim().toLowerCase());
  const known = words.map((word) => (word === 'off' ? 'silent' : logLevels.find((level) => level === word)));
  const level = known.find((word) => word !== undefined);
  if (level === undefined) notices.push(`"${text}" is no log level; info is taken.`);
  return level ?? 'info';
}

// Every flag of `sluice serve`: its environment variables in the order in which they are looked at, and its default.
// What Aqueducts' executor knows is named as there (chapter 10.8 of the compatibility reference).
export interface Flag {
  readonly flag: string;
  readonly environment: readonly string[];
  /** For people; how a default is worked out is in settings.ts. */
  readonly default: string;
  readonly meaning: string;
  /** What separates several values in the environment, for a flag that may be repeated. */
  readonly separator?: string;
}

export const flags = {
  host: {
    flag: '--host <address>',
    environment: ['SLUICE_HOST', 'AQUEDUCTS_HOST', 'HOST'],
    default: '127.0.0.1',
    meaning: 'address to listen on; another than this machine needs a key',
  },
  port: {
    flag: '--port <number>',
    environment: ['SLUICE_PORT', 'AQUEDUCTS_PORT', 'PORT'],
    default: '3031',
    meaning: 'port to listen on; 0 takes a free one',
  },
  apiKey: {
    flag: '--api-key <key>',
    environment: ['SLUICE_API_KEY', 'AQUEDUCTS_API_KEY'],
    default: 'none',
    meaning: 'a key with all rights; better by the environment, where SLUICE_API_KEY_<NAME> gives further ones',
  },
  keysFile: {
    flag: '--keys-file <file>',
    environment: ['SLUICE_KEYS_FILE'],
    default: 'none',
    meaning: 'YAML or JSON with the digests, rights and limits of keys; `sluice key` makes entries',
  },
  secretsFile: {
    flag: '--secrets-file <file>',
    environment: ['SLUICE_SECRETS_FILE'],
    default: 'none',
    meaning: 'YAML or JSON with what ${secret:NAME} stands for, for keys that are not in a keys file',
  },
  dataDir: {
    flag: '--data-dir <folder>',
    environment: ['SLUICE_DATA_DIR'],
    default: 'none: no local file is read or written',
    meaning: 'folder that runs may read and write; the first is where relative paths start; repeatable',
    separator: ':',
  },
  allowHost: {
    flag: '--allow-host <host>',
    environment: ['SLUICE_ALLOW_HOST'],
    default: 'none: public addresses only',
    meaning: 'private host that runs may ask; repeatable',
    separator: ',',
  },
  allowOrigin: {
    flag: '--allow-origin <origin>',
    environment: ['SLUICE_ALLOW_ORIGIN'],
    default: 'none: the own page only',
    meaning: 'origin of another page that may use the relay, such as https://example.com; repeatable',
    separator: ',',
  },
  maxConcurrentRuns: {
    flag: '--max-concurrent-runs <number>',
    environment: ['SLUICE_MAX_CONCURRENT_RUNS'],
    default: '1',
    meaning: 'runs that run at once',
  },
  maxQueuedRuns: {
    flag: '--max-queued-runs <number>',
    environment: ['SLUICE_MAX_QUEUED_RUNS'],
    default: '100',
    meaning: 'runs that may wait',
  },
  timeLimit: {
    flag: '--time-limit <duration>',
    environment: ['SLUICE_TIME_LIMIT'],
    default: '24h',
    meaning: 'how long a run may take, such as 90s, 30m, 2h, 1d; 0 for no limit',
  },
  maxMemory: {
    flag: '--max-memory <gigabytes>',
    environment: ['SLUICE_MAX_MEMORY', 'AQUEDUCTS_MAX_MEMORY'],
    default: "0: no limit but DuckDB's own, 80 % of the machine's",
    meaning: 'memory of one run, in whole GB; what needs more goes to the disk',
  },
  threads: {
    flag: '--threads <number>',
    environment: ['SLUICE_THREADS'],
    default: 'one a core',
    meaning: 'threads of one run',
  },
  maxTempSize: {
    flag: '--max-temp-size <size>',
    environment: ['SLUICE_MAX_TEMP_SIZE'],
    default: '50GB',
    meaning: 'what downloads and spilled data of one run may have on the disk, together',
  },
  runAs: {
    flag: '--run-as <user>',
    environment: ['SLUICE_RUN_AS'],
    default: "the relay's own user",
    meaning: 'name or UID:GID of the user that runs are, for a relay that root has started',
  },
  stateDir: {
    flag: '--state-dir <folder>',
    environment: ['SLUICE_STATE_DIR'],
    default: 'a folder for this address and port below $XDG_STATE_HOME/sluice',
    meaning: 'where accepted runs and their history are kept; with port 0 and none given, nothing is kept',
  },
  maxStateSize: {
    flag: '--max-state-size <size>',
    environment: ['SLUICE_MAX_STATE_SIZE'],
    default: '20GB',
    meaning: 'what the events of all runs may take on the disk; the oldest ended runs are forgotten first',
  },
  retentionRuns: {
    flag: '--retention-runs <number>',
    environment: ['SLUICE_RETENTION_RUNS'],
    default: '1000',
    meaning: 'ended runs that are remembered',
  },
  retentionAge: {
    flag: '--retention-age <duration>',
    environment: ['SLUICE_RETENTION_AGE'],
    default: '30d',
    meaning: 'how long ended runs are remembered',
  },
  drainTime: {
    flag: '--drain-time <duration>',
    environment: ['SLUICE_DRAIN_TIME'],
    default: '30s',
    meaning: 'how long runs may go on after the relay is told to stop; a second signal ends it at once',
  },
  maxConnections: {
    flag: '--max-connections <number>',
    environment: ['SLUICE_MAX_CONNECTIONS'],
    default: '4096',
    meaning: 'sockets that may be open',
  },
  serverUrl: {
    flag: '--server-url <address>',
    environment: ['SLUICE_SERVER_URL', 'AQUEDUCTS_SERVER_URL'],
    default: 'none',
    meaning: 'address under which people reach the relay; its origin counts as the own',
  },
  executorId: {
    flag: '--executor-id <id>',
    environment: ['SLUICE_EXECUTOR_ID', 'AQUEDUCTS_EXECUTOR_ID'],
    default: 'a random UUID',
    meaning: 'what the relay calls itself in its log and to clients',
  },
  logLevel: {
    flag: '--log-level <level>',
    environment: ['SLUICE_LOG_LEVEL', 'AQUEDUCTS_LOG_LEVEL', 'RUST_LOG'],
    default: 'info',
    meaning: 'trace, debug, info, warn, error or silent; the log is JSON on standard error',
  },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof flags;

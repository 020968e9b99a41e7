// What a queue is opened with.
import type { Logger } from 'pino';
import type { RunAs } from './process/privileges.ts';

export interface QueueOptions {
  /** Holds everything durable, and what runs spill; made with mode 700. One relay uses it at a time. */
  readonly stateDirectory: string;
  /** The path of the child's built entry (child/main.ts). */
  readonly program: string;
  readonly maxConcurrentRuns: number;
  /** Runs that may wait beyond those that could start at once. */
  readonly maxQueuedRuns: number;
  /** Milliseconds that a run may take. */
  readonly timeLimitMs?: number | undefined;
  /** DuckDB's `memory_limit` of a run, such as `2GB`. Its process may have twice that and 512 MiB (Linux only). */
  readonly memoryLimit?: string | undefined;
  /** Who the processes of runs are, where the relay is root; its own user when absent. */
  readonly runAs?: RunAs | undefined;
  readonly platform: ChildPlatformOptions;
  readonly retention: Retention;
  /** Bytes that the events of a run may take; 256 MiB when absent. */
  readonly maxJournalBytes?: number | undefined;
  /** Bytes that journals, and what was put aside, may take together; 20 GB when absent. The oldest ended runs go first. */
  readonly maxStateBytes?: number | undefined;
  /** Milliseconds in which it is tried to write a step of a run down; 5 minutes when absent. */
  readonly recordingMs?: number | undefined;
  /** Milliseconds without a sign of life after which a run's process is given up; 30 s when absent. */
  readonly silenceMs?: number | undefined;
  /** Whether a process is kept ready for the next run; when absent it is. */
  readonly keepReady?: boolean | undefined;
  readonly log: Logger;
}

/** What the platform of a run may reach. */
export interface ChildPlatformOptions {
  readonly directories: readonly string[];
  readonly base?: string | undefined;
  readonly allowHosts?: readonly string[] | undefined;
  readonly threads?: number | undefined;
  /** DuckDB's `max_temp_directory_size`, such as `10GB`. */
  readonly maxTemporarySize?: string | undefined;
}

/** Which ended runs are remembered: the newest, so many, so long. */
export interface Retention {
  readonly maxRuns: number;
  readonly maxAgeMs: number;
}

export const defaultMaxJournalBytes = 256 * 1024 ** 2;
export const defaultMaxStateBytes = 20e9;
export const defaultRecordingMs = 300_000;
export const defaultSilenceMs = 30_000;

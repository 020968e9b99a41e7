// A queue in a folder of its own, with data folders to read from and write to, for tests.
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { inject } from 'vitest';
import { openQueue, type QueueOptions } from '../../relay/queue/open.ts';
import type { RunQueue, Submitter } from '../../relay/queue/queue.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import { decodeFrame } from '../../shared/protocol/relay/frames.ts';
import type { RunSubmission, RunSummary } from '../../shared/protocol/relay/runs.ts';

export const never = new AbortController().signal;

export class Bench {
  readonly data: string;
  readonly state: string;
  readonly #folder: string;
  readonly #queues: RunQueue[] = [];

  static async use<T>(task: (bench: Bench) => Promise<T>): Promise<T> {
    const bench = new Bench(await mkdtemp(join(tmpdir(), 'sluice-queue-')));
    try {
      await mkdir(bench.data);
      return await task(bench);
    } finally {
      await Promise.all(bench.#queues.map((queue) => queue.close()));
      await rm(bench.#folder, { recursive: true, force: true });
    }
  }

  private constructor(folder: string) {
    this.#folder = folder;
    this.data = join(folder, 'data');
    this.state = join(folder, 'state');
  }

  options(more: Partial<QueueOptions> = {}): QueueOptions {
    return {
      ...{ stateDirectory: this.state, program: inject('runProgram'), maxConcurrentRuns: 1, maxQueuedRuns: 100 },
      platform: { directories: [this.data], threads: 1, ...more.platform },
      ...{ retention: { maxRuns: 100, maxAgeMs: 86_400_000 }, keepReady: false, log: pino({ level: 'silent' }) },
      ...withoutPlatform(more),
    };
  }

  async open(more: Partial<QueueOptions> = {}) {
    const opened = await openQueue(this.options(more));
    this.#queues.push(opened.queue);
    return opened;
  }

  /** Paths of what lies in the data folder, hidden files too. */
  async files(): Promise<string[]> {
    return (await readdir(this.data, { recursive: true })).sort();
  }
}

function withoutPlatform(options: Partial<QueueOptions>): Partial<QueueOptions> {
  const rest = { ...options };
  delete (rest as { platform?: unknown }).platform;
  return rest;
}

export const tester: Submitter = { name: 'test' };

export function submission(document: string, more: Partial<RunSubmission> = {}): RunSubmission {
  return { document, parameters: {}, substituted: false, whenLeft: 'continue', preview: 0, ...more };
}

export function withId(document: string): RunSubmission & { readonly id: string } {
  return { ...submission(document), id: randomUUID() };
}

/** Shows one row. */
export const quick = `{ sources: [], stages: [[{ name: a, query: "SELECT 42 AS answer", show: 1 }]] }`;

/** Goes on until it is stopped, in few megabytes. */
export const endless = `{ sources: [], stages: [[{ name: a, query: "SELECT count(*) AS n FROM range(1000000000000) t(i) WHERE hash(i) = 1", show: 1 }]] }`;

/** Writes rows of numbers. */
export function writing(location: string, rows: number): string {
  return JSON.stringify({
    sources: [],
    stages: [[{ name: 'a', query: `SELECT i, hash(i) AS h FROM range(${rows}) t(i)` }]],
    destination: { type: 'file', name: 'out', location, format: { type: 'csv' } },
  });
}

export async function eventsOf(queue: RunQueue, id: string, after = -1): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const { frame } of queue.events(id, after, never)) {
    events.push((decodeFrame(frame) as { readonly event: RunEvent }).event);
  }
  return events;
}

/** The first event of that type; the run may go on. */
export async function seen(queue: RunQueue, id: string, type: RunEvent['type']): Promise<void> {
  for await (const { frame } of queue.events(id, -1, never)) {
    if ((decodeFrame(frame) as { readonly event: RunEvent }).event.type === type) return;
  }
  throw new Error(`The run ended without ${type}.`);
}

/** When it has ended and that is recorded. */
export async function ended(queue: RunQueue, id: string): Promise<RunSummary> {
  await eventsOf(queue, id);
  return until(async () => {
    const run = await queue.get(id);
    return run && run.state !== 'running' && run.state !== 'waiting' ? run : undefined;
  });
}

/** Asks until there is an answer; the test's own limit ends it. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

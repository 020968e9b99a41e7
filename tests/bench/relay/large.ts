// A large run on the relay over the same work in a bare process: CSV → three stages → Parquet. Both sides have a process
// that is started and has a database open before the clock starts, as the relay keeps one ready; the relay's time
// reaches from the submission over the socket to the news of its end, and the start of the next ready process falls into it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchFile } from '../data.ts';
import { interleave, median, type Timing } from '../measure.ts';
import { parquetWritingPipeline, parquetWritingStatements, type ParquetWork } from '../pipelines.ts';
import { BenchClient, now } from './client.ts';
import { childrenOf, watchPeak } from './peak-memory.ts';
import { serve, type ServedRelay } from './served.ts';

export interface LargeFigures {
  /** `bare` and `ours`, in this order. */
  readonly timings: readonly Timing[];
  /** Bytes, in the same order; undefined where the system does not tell. */
  readonly peaks: readonly [bare: number, ours: number] | undefined;
}

const bareChild = fileURLToPath(new URL('./bare-child.mjs', import.meta.url));

/** Gigabytes, for both sides. */
const memory = 4;

export async function benchLarge(csv: BenchFile, work: ParquetWork, rounds: number): Promise<LargeFigures> {
  const folder = dirname(csv.path);
  const relay = await serve(folder, { flags: ['--max-memory', String(memory)] });
  const client = await BenchClient.connect(relay.address);
  const [bare, ours]: [number[], number[]] = [[], []];
  try {
    const timings = await interleave(
      [
        { name: 'bare process on node-api', run: () => runBare(csv, work, bare) },
        {
          name: 'relay',
          run: () => runOnRelay(relay, client, parquetWritingPipeline(work, basename(csv.path), 'ours.parquet'), ours),
        },
      ],
      rounds,
    );
    const told = bare.length > 0 && ours.length > 0;
    return { timings, peaks: told ? [median(bare), median(ours)] : undefined };
  } finally {
    await client.close();
    await relay.stop();
  }
}

async function runBare(csv: BenchFile, work: ParquetWork, peaks: number[]): Promise<number> {
  const temporary = await mkdtemp(join(tmpdir(), 'sluice-bench-bare-'));
  const settings = [`memory_limit=${Math.floor(memory * 1024 * 0.95)}MiB`, `temp_directory=${temporary}`];
  const child = fork(bareChild, settings, { execArgv: [] });
  await once(child, 'message');
  const { pid = 0 } = child;
  const peak = watchPeak([pid]);
  const exited = once(child, 'exit');
  const started = now();
  child.send(parquetWritingStatements(work, csv.path, join(dirname(csv.path), 'bare.parquet')));
  const done = await Promise.race([once(child, 'message').then(() => now()), exited.then(() => NaN)]);
  await exited;
  const bytes = peak.stop();
  if (bytes !== undefined) peaks.push(bytes);
  await rm(temporary, { recursive: true, force: true });
  return done - started;
}

/** Milliseconds in which the processes that are kept ready have surely started. */
const settled = 3000;

async function runOnRelay(relay: ServedRelay, client: BenchClient, document: string, peaks: number[]): Promise<number> {
  await pause(settled);
  const peak = watchPeak(await childrenOf(relay.pid)); // one of those that are ready gets the run
  const started = now();
  const ended = new Promise<number>((resolve, reject) => {
    client.onEvent = ({ event, at }) => {
      if (event.type === 'run_completed') resolve(at);
      if (event.type === 'run_failed') reject(new Error(event.issue.message));
    };
  });
  await client.submit(document);
  const done = await ended;
  const bytes = peak.stop();
  if (bytes !== undefined) peaks.push(bytes);
  return done - started;
}

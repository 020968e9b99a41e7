// Many clients that follow runs which tell much: all get every event, once, and soon.
import { randomUUID } from 'node:crypto';
import { percentile } from '../measure.ts';
import { BenchClient, type Arrival } from './client.ts';
import { peakBytes } from './peak-memory.ts';
import type { ServedRelay } from './served.ts';
import { withTellingRelay } from './telling-relay.ts';
import type { Telling } from './telling-run.ts';

export const runsAtOnce = 4;

export interface Followed {
  /** Milliseconds from the making of an event to its arrival, that 95 of 100 do not exceed. */
  readonly delay: number;
  /** Events that arrived in a second, at all clients together. */
  readonly perSecond: number;
}

export interface FollowerFigures {
  readonly one: readonly Followed[];
  readonly many: readonly Followed[];
  readonly burst: Followed;
  /** Bytes that the relay had at most; undefined where the system does not tell. */
  readonly peak: number | undefined;
}

/** Two lines of figures, taken in turn: one client, and many of them on four runs; at last many as fast as it goes. */
export function benchFollowers(clients: number, seconds: number, rounds: number): Promise<FollowerFigures> {
  const paced: Telling = { events: 50 * seconds, perSecond: 50, after: 1000 };
  return withTellingRelay(runsAtOnce, async (relay) => {
    const [one, many]: [Followed[], Followed[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      one.push(await followAll(relay, 1, paced));
      many.push(await followAll(relay, clients, paced));
    }
    const burst = await followAll(relay, clients, { events: 100 * seconds, after: 1000 });
    return { one, many, burst, peak: await peakBytes(relay.pid) };
  });
}

export interface StalledFigures {
  /** The delay of all clients that read, in turn without and with one that does not. */
  readonly without: readonly number[];
  readonly beside: readonly number[];
  /** Events that the stalled one was sent before it went on reading. */
  readonly sent: number;
}

/** One client of many reads nothing until the others have all. */
export function benchStalled(clients: number, seconds: number, rounds: number): Promise<StalledFigures> {
  const paced: Telling = { events: 50 * seconds, perSecond: 50, after: 1000 };
  return withTellingRelay(runsAtOnce, async (relay) => {
    const [without, beside]: [number[], number[]] = [[], []];
    let sent = 0;
    for (let round = 0; round < rounds; round++) {
      without.push((await followAll(relay, clients - 1, paced)).delay);
      const figures = await followAll(relay, clients - 1, paced, (held) => (sent = Math.max(sent, held)));
      beside.push(figures.delay);
    }
    return { without, beside, sent };
  });
}

/** With `onStalled`, one more client that reads nothing until the others are done; it is told what waited for it then. */
async function followAll(
  relay: ServedRelay,
  count: number,
  telling: Telling,
  onStalled?: (events: number) => void,
): Promise<Followed> {
  const clients = await Promise.all(Array.from({ length: count }, () => BenchClient.connect(relay.address)));
  const stalled = onStalled ? await BenchClient.connect(relay.address) : undefined;
  const [delays, times]: [number[], number[]] = [[], []];
  const onNotice = ({ event, at }: Arrival): void => {
    if (event.type !== 'notice') return;
    times.push(at);
    delays.push(at - Number(event.issue.message));
  };
  // in any case four runs tell, also where nobody listens to all of them
  const owner = await BenchClient.connect(relay.address);
  const runs = Array.from({ length: runsAtOnce }, () => randomUUID());
  const owned = allOf(owner, runs, telling, () => undefined);
  for (const run of runs) await owner.submit(JSON.stringify(telling), run);
  const runOf = (index: number): string => runs[index % runsAtOnce] ?? '';
  const all = Promise.all(clients.map((client, index) => allOf(client, [runOf(index)], telling, onNotice)));
  await Promise.all(clients.map((client, index) => client.follow(runOf(index))));
  const late = stalled && allOf(stalled, [runOf(0)], telling, () => undefined);
  await stalled?.follow(runOf(0));
  stalled?.stall();
  await Promise.all([all, owned]);
  onStalled?.((await stalled?.resume()) ?? 0);
  await late;
  await stalled?.close();
  for (const client of [...clients, owner]) await client.close();
  const lasted = (times.at(-1) ?? NaN) - (times[0] ?? NaN);
  return { delay: percentile(delays, 95), perSecond: times.length / (lasted / 1000) };
}

/** Resolves when every event of the runs has come; rejects when one is missing or comes twice. */
function allOf(
  client: BenchClient,
  runs: readonly string[],
  { events }: Telling,
  onArrival: (arrival: Arrival) => void,
): Promise<void> {
  const next = new Map(runs.map((run) => [run, 0]));
  let open = runs.length;
  return new Promise((resolve, reject) => {
    client.onEvent = (arrival) => {
      const { run, event } = arrival;
      const wanted = next.get(run);
      if (wanted !== event.sequence) reject(new Error(`The event ${event.sequence} came instead of ${wanted}.`));
      next.set(run, event.sequence + 1);
      onArrival(arrival);
      if (event.type !== 'run_completed') return;
      if (event.sequence !== events + 1) reject(new Error(`The run ended with the event ${event.sequence}.`));
      if (--open === 0) resolve();
    };
  });
}

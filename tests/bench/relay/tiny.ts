// How many tiny runs a relay does in a second, and how long one waits for its first event and for its end.
import { BenchClient, now } from './client.ts';
import { percentile } from '../measure.ts';
import { serve } from './served.ts';

const document = `sources: [{ type: inline, name: numbers, csv: "n\\n1\\n2\\n3\\n" }]
stages: [[{ name: doubled, query: SELECT n * 2 AS twice FROM numbers, show: 10 }]]
`;

export interface TinyFigures {
  readonly runsPerSecond: number;
  /** Milliseconds from the submission to the first event and to the last; 95 of 100 take no longer. */
  readonly firstEvent: number;
  readonly completed: number;
}

/** So many runs, of which so many are on their way at a time, each over a socket of its own. */
export async function benchTiny(data: string, runs: number, atOnce: number): Promise<TinyFigures> {
  const relay = await serve(data, { flags: ['--max-concurrent-runs', String(atOnce)] });
  const clients = await Promise.all(Array.from({ length: atOnce }, () => BenchClient.connect(relay.address)));
  const [firsts, ends]: [number[], number[]] = [[], []];
  for (const client of clients) await runOne(client); // what is compiled at the first run is no part of the others
  let left = runs;
  const started = now();
  await Promise.all(
    clients.map(async (client) => {
      while (left-- > 0) {
        const { first, end } = await runOne(client);
        firsts.push(first);
        ends.push(end);
      }
    }),
  );
  const seconds = (now() - started) / 1000;
  for (const client of clients) await client.close();
  await relay.stop();
  return { runsPerSecond: runs / seconds, firstEvent: percentile(firsts, 95), completed: percentile(ends, 95) };
}

async function runOne(client: BenchClient): Promise<{ readonly first: number; readonly end: number }> {
  const submitted = now();
  let first = NaN;
  const ended = new Promise<number>((resolve, reject) => {
    client.onEvent = ({ event, at }) => {
      if (event.sequence === 0) first = at - submitted;
      if (event.type === 'run_completed') resolve(at - submitted);
      if (event.type === 'run_failed') reject(new Error(event.issue.message));
    };
  });
  await client.submit(document);
  return { end: await ended, first };
}

// What the relay costs: over bare DuckDB in the same process and in one of its own, for a run that does next to nothing,
// and for those who follow.
import type { BenchFile } from '../data.ts';
import { median, type Figure } from '../measure.ts';
import type { ParquetWork } from '../pipelines.ts';
import { megabytes, milliseconds, report, tell } from '../report.ts';
import { benchFollowers, benchStalled, runsAtOnce } from './followers.ts';
import { benchInProcess } from './in-process.ts';
import { benchLarge } from './large.ts';
import { benchTiny } from './tiny.ts';

export interface RelayBenchOptions {
  readonly rounds: number;
  /** Tiny runs one after the other, and again several at once. */
  readonly runs: number;
  /** Seconds for which runs tell. */
  readonly seconds: number;
}

const works: Readonly<Record<ParquetWork, string>> = {
  few: 'three stages to few rows',
  many: 'three stages that keep nearly all rows',
};

/** With two CSV files in the same folder: the smaller for what runs in this process. */
export async function benchRelay(
  folder: string,
  small: BenchFile,
  large: BenchFile,
  options: RelayBenchOptions,
): Promise<void> {
  const { rounds, runs, seconds } = options;
  report('Relay: CSV, three stages, CSV, in this process', await benchInProcess(folder, small, rounds), 1.03);
  for (const [work, title] of Object.entries(works) as [ParquetWork, string][]) {
    const { timings, peaks } = await benchLarge(large, work, rounds);
    report(`Relay: CSV of ${megabytes(large.bytes)}, ${title}, Parquet; in a process of its own`, timings, 1.05);
    if (!peaks) console.log('  peak memory is not told by this system');
    else tell('Relay', [peakFigure(peaks)]);
  }
  for (const atOnce of [1, 4]) {
    const { runsPerSecond, firstEvent, completed } = await benchTiny(folder, runs, atOnce);
    console.log(`Relay: ${runs} tiny runs, ${atOnce === 1 ? 'one after the other' : `${atOnce} at once`}
  ${runsPerSecond.toFixed(2)} a second; 95 of 100 have their first event in ${milliseconds(firstEvent)}, their end in ${milliseconds(completed)}`);
  }
  const { one, many, burst, peak } = await benchFollowers(200, seconds, rounds);
  const [alone, together] = [one, many].map((each) => median(each.map(({ delay }) => delay)));
  console.log(`Relay: 200 clients follow ${runsAtOnce} runs that tell much; each got every event once
  95 of 100 events arrive in ${milliseconds(together ?? NaN)}, with one client in ${milliseconds(alone ?? NaN)}
  ${median(many.map(({ perSecond }) => perSecond)).toFixed(0)} events a second as they are told, ${burst.perSecond.toFixed(0)} as fast as it goes
  the relay's own memory, at most: ${peak === undefined ? 'not told by this system' : megabytes(peak)}`);
  tell('Relay', [stalledFigure(await benchStalled(100, seconds, rounds))]);
}

function peakFigure([bare, ours]: readonly [number, number]): Figure {
  return {
    title: 'peak memory of the process, against the bare one',
    value: ours / bare,
    atMost: 1.1,
    unit: '×',
    detail: `${megabytes(ours)} over ${megabytes(bare)}`,
  };
}

function stalledFigure({ without, beside, sent }: Awaited<ReturnType<typeof benchStalled>>): Figure {
  return {
    title: 'one client of 100 reads nothing: the delay of the others, against that without it',
    value: median(beside.map((delay, round) => delay / (without[round] ?? NaN))),
    atMost: 1.2,
    unit: '×',
    detail: `${milliseconds(median(beside))} over ${milliseconds(median(without))}; the relay sent it ${sent} events and waited`,
  };
}

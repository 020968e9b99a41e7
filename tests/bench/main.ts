// `npm run bench`: measures, prints ratios, and says which figures are reached. Data goes into a temporary folder.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowserBench } from './browser.ts';
import { makeCsv, makeParquet } from './data.ts';
import { ratio, type Figure, type Timing } from './measure.ts';
import { benchLargeWrite, benchScans, benchWhole, benchWriting } from './parquet.ts';
import { benchRelay } from './relay.ts';
import { benchResponsiveness } from './responsiveness.ts';

export interface BenchOptions {
  /** Rows of the CSV and the Parquet file. */
  readonly csvRows: number;
  readonly parquetRows: number;
  /** Rows that are written as Parquet. */
  readonly writtenRows: number;
  readonly rounds: number;
  /** Whether to measure what takes minutes, too. */
  readonly full: boolean;
  readonly executablePath?: string;
  readonly flags: readonly string[];
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
const milliseconds = (time: number): string => `${time.toFixed(0)} ms`;

function report(title: string, [bare, ours]: readonly Timing[], atMost: number): void {
  if (!bare || !ours) throw new Error('Two contenders belong to a ratio.');
  const value = ratio(ours, bare);
  const verdict = value <= atMost ? 'reached' : 'NOT reached';
  console.log(`${title}
  ${bare.name}: ${milliseconds(bare.median)} (${bare.rounds.map((time) => time.toFixed(0)).join(', ')})
  ${ours.name}: ${milliseconds(ours.median)} (${ours.rounds.map((time) => time.toFixed(0)).join(', ')})
  ratio ${value.toFixed(3)}×, at most ${atMost}×: ${verdict}`);
}

function tell(subject: string, figures: readonly Figure[]): void {
  for (const { title, value, atMost, unit, detail } of figures) {
    const verdict = value <= atMost ? 'reached' : 'NOT reached';
    console.log(`${subject}: ${title}\n  ${value.toFixed(2)}${unit} (${detail}), at most ${atMost}${unit}: ${verdict}`);
  }
}

export async function bench(options: BenchOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
  try {
    tell('Page', await benchResponsiveness(options.executablePath, options.flags));
    const csv = await makeCsv(folder, options.csvRows);
    const parquet = await makeParquet(folder, options.parquetRows);
    console.log(
      `Data: CSV ${megabytes(csv.bytes)}, Parquet ${megabytes(parquet.bytes)}; ${options.rounds} rounds each.`,
    );
    report('Relay: CSV, three stages, CSV', await benchRelay(folder, csv, options.rounds), 1.03);
    const browser = await openBrowserBench(options.executablePath, options.flags);
    try {
      report('Browser: CSV, three stages, CSV', await browser.csv(csv, options.rounds), 1.05);
      const { milliseconds: time, baseBytes, peakBytes } = await browser.parquet(parquet, options.rounds);
      console.log(`Browser: Parquet ${megabytes(parquet.bytes)}, 4 of 9 columns
  ${milliseconds(time)}; the page's process grows from ${megabytes(baseBytes)} to ${megabytes(peakBytes)}`);
      await browser.withParquetPage(async (page) => {
        tell('Parquet', await benchScans(page, parquet, options.rounds));
        tell('Parquet', await benchWhole(page, parquet, options.rounds));
        tell('Parquet', await benchWriting(page, folder, options.writtenRows, options.rounds));
      });
      if (options.full) {
        await browser.withParquetPage(async (page) => tell('Parquet', [await benchLargeWrite(page, 10_000_000)]));
      }
      const slowest = await browser.cancel(csv, 4 * options.rounds);
      console.log(`Browser: the slowest of ${4 * options.rounds} cancels
  ${milliseconds(slowest)}, at most 500 ms: ${slowest <= 500 ? 'reached' : 'NOT reached'}`);
      const { cold, warm } = await browser.start(3);
      console.log(`Browser: from the page to the first row
  cold ${milliseconds(cold)}, warm ${milliseconds(warm)}`);
    } finally {
      await browser.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

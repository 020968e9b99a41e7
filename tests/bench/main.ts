// `npm run bench`: measures, prints ratios, and says which figures are reached. Data goes into a temporary folder.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowserBench } from './browser.ts';
import { makeCsv, makeParquet } from './data.ts';
import { benchLargeWrite, benchScans, benchWhole, benchWriting } from './parquet.ts';
import { benchRelay } from './relay/main.ts';
import { megabytes, milliseconds, report, tell } from './report.ts';
import { benchResponsiveness } from './responsiveness.ts';

export const benchParts = ['relay', 'page'] as const;
export type BenchPart = (typeof benchParts)[number];

export interface BenchOptions {
  readonly parts: readonly BenchPart[];
  /** Rows of the CSV and the Parquet file. */
  readonly csvRows: number;
  readonly parquetRows: number;
  /** Rows of the CSV file that the relay reads in a process of its own. */
  readonly relayRows: number;
  /** Tiny runs on the relay. */
  readonly relayRuns: number;
  /** Seconds for which runs on the relay tell, to many clients. */
  readonly relaySeconds: number;
  /** Rows that are written as Parquet. */
  readonly writtenRows: number;
  readonly rounds: number;
  /** Whether to measure what takes minutes, too. */
  readonly full: boolean;
  readonly executablePath?: string;
  readonly flags: readonly string[];
}

export async function bench(options: BenchOptions): Promise<void> {
  const { parts, csvRows, relayRows, relayRuns, relaySeconds, rounds } = options;
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
  try {
    if (parts.includes('relay')) {
      const [small, large] = [await makeCsv(folder, csvRows), await makeCsv(folder, relayRows)];
      await benchRelay(folder, small, large, { rounds, runs: relayRuns, seconds: relaySeconds });
    }
    if (parts.includes('page')) await benchPage(folder, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchPage(folder: string, options: BenchOptions): Promise<void> {
  const { csvRows, parquetRows, writtenRows, rounds, full, executablePath, flags } = options;
  tell('Page', await benchResponsiveness(executablePath, flags));
  const csv = await makeCsv(folder, csvRows);
  const parquet = await makeParquet(folder, parquetRows);
  console.log(`Data: CSV ${megabytes(csv.bytes)}, Parquet ${megabytes(parquet.bytes)}; ${rounds} rounds each.`);
  const browser = await openBrowserBench(executablePath, flags);
  try {
    report('Browser: CSV, three stages, CSV', await browser.csv(csv, rounds), 1.05);
    const { milliseconds: time, baseBytes, peakBytes } = await browser.parquet(parquet, rounds);
    console.log(`Browser: Parquet ${megabytes(parquet.bytes)}, 4 of 9 columns
  ${milliseconds(time)}; the page's process grows from ${megabytes(baseBytes)} to ${megabytes(peakBytes)}`);
    await browser.withParquetPage(async (page) => {
      tell('Parquet', await benchScans(page, parquet, rounds));
      tell('Parquet', await benchWhole(page, parquet, rounds));
      tell('Parquet', await benchWriting(page, folder, writtenRows, rounds));
    });
    if (full) await browser.withParquetPage(async (page) => tell('Parquet', [await benchLargeWrite(page, 10_000_000)]));
    const slowest = await browser.cancel(csv, 4 * rounds);
    console.log(`Browser: the slowest of ${4 * rounds} cancels
  ${milliseconds(slowest)}, at most 500 ms: ${slowest <= 500 ? 'reached' : 'NOT reached'}`);
    const { cold, warm } = await browser.start(3);
    console.log(`Browser: from the page to the first row
  cold ${milliseconds(cold)}, warm ${milliseconds(warm)}`);
  } finally {
    await browser.close();
  }
}

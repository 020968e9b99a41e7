// Our layer over bare duckdb-wasm, in one page of a real Chromium; Parquet; and start-up.
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { createApp } from '../../relay/server/app.ts';
import { listen } from '../../relay/server/listen.ts';
import type { BenchFile } from './data.ts';
import { interleave, median, type Timing } from './measure.ts';
import { rendererMemory } from './renderer-memory.ts';

type RoundName = 'bareCsv' | 'oursCsv' | 'oursParquet' | 'firstRow' | 'cancel';

const round = (page: Page, name: RoundName): Promise<number> => page.evaluate((each) => window.bench[each](), name);

export interface BrowserBench {
  csv(file: BenchFile, rounds: number): Promise<Timing[]>;
  parquet(file: BenchFile, rounds: number): Promise<{ milliseconds: number; peakBytes: number; baseBytes: number }>;
  start(rounds: number): Promise<{ cold: number; warm: number }>;
  /** Lends the page of the Parquet benchmarks. */
  withParquetPage<T>(task: (page: Page) => Promise<T>): Promise<T>;
  /** The slowest of some cancels, in milliseconds. */
  cancel(file: BenchFile, rounds: number): Promise<number>;
  close(): Promise<void>;
}

/** Builds and serves the page and starts a browser with a profile of its own. */
export async function openBrowserBench(
  executablePath: string | undefined,
  flags: readonly string[],
): Promise<BrowserBench> {
  const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  await build({ configFile: here('./page/vite.config.ts'), logLevel: 'error' });
  // The server that users have, with its headers: what a browser may cache is part of what is measured.
  const server = await listen(createApp({ pageDirectory: here('../../dist/bench') }), { host: '127.0.0.1', port: 0 });
  const folders: string[] = [];

  async function launch(folder: string): Promise<{ context: BrowserContext; page: Page }> {
    const context = await chromium.launchPersistentContext(folder, {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...flags],
    });
    const page = await context.newPage();
    await page.goto(server.address);
    await isReady(page);
    return { context, page };
  }

  async function withParquetPage<T>(task: (page: Page) => Promise<T>): Promise<T> {
    return withPage(async (page) => {
      await page.goto(new URL('parquet.html', server.address).href);
      await page.waitForFunction(() => 'parquetBench' in window);
      return task(page);
    });
  }

  async function withPage<T>(task: (page: Page) => Promise<T>): Promise<T> {
    const { context, page } = await launch(await newFolder());
    try {
      return await task(page);
    } finally {
      await context.close();
    }
  }

  async function newFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-profile-'));
    folders.push(folder);
    return folder;
  }

  return {
    withParquetPage,
    csv: (file, rounds) =>
      withPage(async (page) => {
        await page.setInputFiles('input', file.path);
        return interleave(
          [
            { name: 'bare duckdb-wasm', run: () => round(page, 'bareCsv') },
            { name: 'Sluice in the browser', run: () => round(page, 'oursCsv') },
          ],
          rounds,
        );
      }),
    parquet: (file, rounds) =>
      withPage(async (page) => {
        await page.setInputFiles('input', file.path);
        await round(page, 'firstRow'); // boots the engine, so that what follows is the file alone
        const memory = await rendererMemory(page);
        const baseBytes = await memory.current();
        const times: number[] = [];
        for (let each = 0; each < rounds; each++) times.push(await round(page, 'oursParquet'));
        return { milliseconds: median(times), baseBytes, peakBytes: await memory.peak() };
      }),
    cancel: (file, rounds) =>
      withPage(async (page) => {
        await page.setInputFiles('input', file.path);
        const times: number[] = [];
        for (let each = 0; each < rounds; each++) times.push(await round(page, 'cancel'));
        return Math.max(...times);
      }),
    async start(rounds) {
      const [cold, warm]: [number[], number[]] = [[], []];
      for (let each = 0; each < rounds; each++) {
        await withPage(async (page) => {
          cold.push(await round(page, 'firstRow'));
          await page.reload();
          await isReady(page);
          warm.push(await round(page, 'firstRow'));
        });
      }
      return { cold: median(cold), warm: median(warm) };
    },
    async close() {
      await server.close();
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isReady(page: Page): Promise<void> {
  await page.waitForFunction(() => 'bench' in window);
}

// Parquet in the browser, held to what duckdb-wasm did when Parquet was linked into it, and to native DuckDB's files.
import type { Page } from '@playwright/test';
import { DuckDBInstance } from '@duckdb/node-api';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { orderColumns, type BenchFile } from './data.ts';
import { median, type Figure } from './measure.ts';
import type { ColumnCount } from './page/parquet-queries.ts';
import type { ScanTimes } from './page/parquet.ts';
import { rendererMemory } from './renderer-memory.ts';

const heapLimits: Readonly<Record<ColumnCount, number>> = { 2: 40, 4: 50, 9: 80 };

/** Scans of two, four and nine columns, each with a fresh engine and the old one in turn. */
export async function benchScans(page: Page, file: BenchFile, rounds: number): Promise<Figure[]> {
  await page.setInputFiles('input', file.path);
  const figures: Figure[] = [];
  for (const columns of [2, 4, 9] as const) {
    const [old, ours]: [ScanTimes[], ScanTimes[]] = [[], []];
    for (let round = 0; round <= rounds; round++) {
      const times = [
        await page.evaluate((each) => window.parquetBench.scanOld(each), columns),
        await page.evaluate((each) => window.parquetBench.scanOurs(each), columns),
      ] as const;
      if (times[0].rows !== times[1].rows) throw new Error(`${times[0].rows} rows are not ${times[1].rows}.`);
      if (round === 0) continue; // warms up both
      old.push(times[0]);
      ours.push(times[1]);
    }
    for (const [kind, atMost] of [
      ['cold', 0.5],
      ['second', 2.5],
    ] as const) {
      const [bare, own] = [old.map((each) => each[kind]), ours.map((each) => each[kind])];
      figures.push({
        title: `scan, ${columns} columns, ${kind === 'cold' ? 'cold' : 'second run'}, against duckdb-wasm 1.28.0`,
        value: median(own.map((time, round) => time / (bare[round] ?? NaN))),
        atMost,
        unit: '×',
        detail: `${median(own).toFixed(0)} ms over ${median(bare).toFixed(0)} ms`,
      });
    }
    const heap = Math.max(...ours.map((each) => each.heap)) / 1e6;
    figures.push({
      title: `scan, ${columns} columns, heap`,
      value: heap,
      atMost: heapLimits[columns],
      unit: ' MB',
      detail: 'engine and decoder',
    });
  }
  return figures;
}

/** Four of nine columns as they are wanted, and from a table of the whole file, in turn: time and memory. */
export async function benchWhole(page: Page, file: BenchFile, rounds: number): Promise<Figure[]> {
  await page.setInputFiles('input', file.path);
  const [lazy, whole]: [ScanTimes[], ScanTimes[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const [times, isWhole] of [
      [lazy, false],
      [whole, true],
    ] as const) {
      times.push(await page.evaluate((each) => window.parquetBench.scanOurs(4, each), isWhole));
    }
  }
  return (
    [
      ['time', 'cold', 1, 'ms'],
      ['heap', 'heap', 1e6, 'MB'],
    ] as const
  ).map(([what, key, unit, name]) => {
    const [own, other] = [lazy.map((each) => each[key]), whole.map((each) => each[key])];
    return {
      title: `scan, 4 columns, ${what}, against a table of the whole file`,
      value: median(own.map((value, round) => value / (other[round] ?? NaN))),
      atMost: 1,
      unit: '×',
      detail: `${(median(own) / unit).toFixed(0)} ${name} over ${(median(other) / unit).toFixed(0)} ${name}`,
    };
  });
}

/** Rows written with zstd, against native DuckDB on one thread. */
export async function benchWriting(page: Page, folder: string, rows: number, rounds: number): Promise<Figure[]> {
  const [ours, native]: [{ time: number; size: number }[], { time: number; size: number }[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    native.push(await writeNatively(join(folder, 'native.parquet'), rows));
    ours.push(await page.evaluate((query) => window.parquetBench.write(query), orderQuery(rows)));
  }
  const ratios = (key: 'time' | 'size'): number =>
    median(ours.map((each, round) => each[key] / (native[round]?.[key] ?? NaN)));
  const medians = (key: 'time' | 'size'): string =>
    [ours, native]
      .map((each) => (median(each.map((one) => one[key])) / (key === 'size' ? 1e6 : 1)).toFixed(1))
      .join(' over ');
  return [
    {
      title: `write ${rows} rows, time, against native on one thread`,
      value: ratios('time'),
      atMost: 3,
      unit: '×',
      detail: `${medians('time')} ms`,
    },
    {
      title: `write ${rows} rows, size, against native`,
      value: ratios('size'),
      atMost: 1,
      unit: '×',
      detail: `${medians('size')} MB`,
    },
  ];
}

/** By how much the page's process grows while many rows are written, beyond what it took to write a few. */
export async function benchLargeWrite(page: Page, rows: number): Promise<Figure> {
  await page.evaluate((query) => window.parquetBench.write(query), orderQuery(1000));
  const memory = await rendererMemory(page);
  const before = await memory.current();
  const { time } = await page.evaluate((query) => window.parquetBench.write(query), orderQuery(rows));
  const peak = await memory.peak();
  const [from, to] = [before, peak].map((bytes) => (bytes / 1e6).toFixed(0));
  return {
    title: `write ${rows} rows, growth of the page’s process`,
    value: (peak - before) / 1e6,
    atMost: 120,
    unit: ' MB',
    detail: `from ${from} to ${to} MB, ${time.toFixed(0)} ms`,
  };
}

/** Without what native DuckDB alone can: the same rows on both. */
function orderQuery(rows: number): string {
  return `SELECT ${orderColumns} FROM range(${rows}) t(i)`;
}

async function writeNatively(path: string, rows: number): Promise<{ time: number; size: number }> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const started = performance.now();
  await connection.run(`COPY (${orderQuery(rows)}) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`);
  const time = performance.now() - started;
  connection.closeSync();
  instance.closeSync();
  return { time, size: (await stat(path)).size };
}

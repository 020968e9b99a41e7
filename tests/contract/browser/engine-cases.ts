// What only the browser's engine does: scans in JavaScript, and Parquet through them.
import type { BrowserCase } from './cases.ts';
import { parquetCases } from './parquet.ts';
import { pullCases } from './pulls.ts';

export const browserEngineCases: readonly BrowserCase[] = [...pullCases, ...parquetCases];

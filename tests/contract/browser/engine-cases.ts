// What only the browser's engine does: functions and scans in JavaScript, and Parquet through them.
import type { BrowserCase } from './cases.ts';
import { parquetCases } from './parquet.ts';
import { pullCases } from './pulls.ts';
import { scalarCases } from './scalars.ts';

export const browserEngineCases: readonly BrowserCase[] = [...scalarCases, ...pullCases, ...parquetCases];

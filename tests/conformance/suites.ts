// The conformance data (CONFORMANCE_DIR, by default beside the project): which files each suite has. Nothing of it is
// part of the repository.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FileCase } from './observe.ts';

export const conformanceFolder =
  process.env['CONFORMANCE_DIR'] ?? join(import.meta.dirname, '../../../shared/conformance');

export interface Suite {
  readonly name: string;
  readonly folder: string;
  readonly cases: readonly FileCase[];
}

const csv = '{"type":"csv","options":{}}';
const json = '{"type":"json","options":{}}';
const parquet = '{"type":"parquet","options":{}}';

export const spectrum: Suite = suite('csv-spectrum', 'csv-spectrum/csvs', [[/\.csv$/, csv]]);

/** The suites whose files are read by a source; without cases where the data is not at hand. */
export const suites: readonly Suite[] = [
  spectrum,
  suite('parquet-testing', 'parquet-testing', [[/^(data|bad_data)\/.*\.parquet(\.encrypted)?$/, parquet]]),
  suite('duckdb csv', 'duckdb/data/csv', [[/\.csv(\.gz)?$/, csv]]),
  suite('duckdb json', 'duckdb/data/json', [[/\.(json|jsonl|ndjson|geojson|geojsonl)(\.gz)?$/, json]]),
];

function suite(name: string, path: string, kinds: readonly (readonly [RegExp, string])[]): Suite {
  const folder = join(conformanceFolder, path);
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const cases = names.sort().flatMap((file) => {
    const [, format] = kinds.find(([pattern]) => pattern.test(file)) ?? [];
    return format === undefined ? [] : [{ name: file, format }];
  });
  return { name, folder, cases };
}

// Our layer over bare node-api: the same work on native DuckDB in one process, with the same settings.
import { DuckDBInstance } from '@duckdb/node-api';
import { join } from 'node:path';
import { load } from '../../../shared/pipeline/load.ts';
import { runPipeline } from '../../../shared/run/run.ts';
import { openRelayPlatform } from '../../../relay/platform/index.ts';
import type { BenchFile } from '../data.ts';
import { interleave, type Timing } from '../measure.ts';
import { csvPipeline, csvStatements } from '../pipelines.ts';

/** Timings of `bare` and `ours`, in this order; each round opens its own database, as a run does. */
export async function benchInProcess(folder: string, csv: BenchFile, rounds: number): Promise<Timing[]> {
  const bare = async (): Promise<number> => {
    const started = performance.now();
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    for (const statement of csvStatements(csv.path, join(folder, 'bare.csv'))) await connection.run(statement);
    connection.closeSync();
    instance.closeSync();
    return performance.now() - started;
  };
  const ours = async (): Promise<number> => {
    const started = performance.now();
    const platform = await openRelayPlatform({ directories: [folder] });
    const location = csv.path.slice(folder.length + 1);
    let failed: unknown;
    const { outcome } = await runPipeline(load(csvPipeline(location, 'ours.csv'), {}), platform, {
      emit: (event) => {
        if (event.type === 'run_failed') failed = event.issue;
      },
    });
    await platform.close();
    if (outcome !== 'succeeded') throw new Error(`The benchmark's pipeline ${outcome}: ${JSON.stringify(failed)}`);
    return performance.now() - started;
  };
  return interleave(
    [
      { name: 'bare node-api', run: bare },
      { name: 'Sluice on node-api', run: ours },
    ],
    rounds,
  );
}

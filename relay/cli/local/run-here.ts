// A run in this very process.
import { tmpdir } from 'node:os';
import type { Loaded } from '../../../shared/pipeline/load.ts';
import { runPipeline } from '../../../shared/run/run.ts';
import type { PlaceOptions } from '../../library/api.ts';
import { openPlatform } from '../../library/platform.ts';
import { sweepLeftovers } from '../../platform/index.ts';
import { outcomeOf, type Outcome, type Reporter } from '../output/report.ts';

/** What the command line says of DuckDB. */
export type LocalOptions = Pick<PlaceOptions, 'memoryLimit' | 'threads'>;

/** Runs a document to its end and reports every event. Fails with engine.failed when DuckDB does not start. */
export async function runHere(
  loaded: Loaded,
  { memoryLimit, threads }: LocalOptions,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<Outcome> {
  // What commands left beside their destinations when they were killed.
  for (const issue of await sweepLeftovers(tmpdir())) await reporter.report({ type: 'notice', issue, sequence: 0 });
  const platform = await openPlatform({ directories: 'everything', memoryLimit, threads });
  // events come without a pause and are few; each is shown when the one before it is out
  let shown: Promise<void> = Promise.resolve();
  try {
    const { outcome } = await runPipeline(loaded, platform, {
      ...{ signal, singleRun: true },
      emit: (event) => {
        if (outcomeOf(event) === undefined) shown = shown.then(() => reporter.report(event));
        else shown = shown.then(() => platform.close()).then(() => reporter.report(event));
      },
    });
    return outcome;
  } finally {
    await platform.close();
    await shown;
  }
}

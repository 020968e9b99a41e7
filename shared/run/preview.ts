// First rows of a stage of the last run, for someone who looks after it has ended.
import { failure } from '../errors.ts';
import type { Platform } from '../platform.ts';
import type { Preview } from '../protocol/worker.ts';
import { showRows } from './show.ts';

/** The first `limit` rows; computed now where the stage is a view. Needs a run that was told to retain its relations. */
export async function preview(
  platform: Platform,
  stage: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Preview> {
  try {
    return await showRows(platform.engine, stage, limit, { signal });
  } catch (thrown) {
    throw failure('sql.failed', `The rows of ${stage} cannot be shown.`, {
      cause: thrown,
      hint: 'Run the pipeline again.',
    });
  }
}

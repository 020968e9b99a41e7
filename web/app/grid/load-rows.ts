// Arrow and the values in it are needed once there are rows to see, so they are no part of the page's first script.
import type * as rows from './rows.ts';

/** Fetches what turns batches into rows; the second time at once. */
export function loadRows(): Promise<typeof rows> {
  return import('./rows.ts');
}

// Arrow and the values in it are needed once there are rows to see, so they are no part of the page's first script.
import type { arrowRows } from './arrow-rows.ts';

/** Fetches what turns batches into rows; the second time at once. */
export async function loadRows(): Promise<typeof arrowRows> {
  return (await import('./arrow-rows.ts')).arrowRows;
}

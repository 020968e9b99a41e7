// What a listing leaves out, as one notice.
import type { Issue } from '../errors.ts';

export interface LeftOut {
  readonly path: string;
  /** Follows its path in a sentence. */
  readonly why: string;
}

/** Paths that are told. */
const shown = 5;

/** `location` is what was listed. */
export function leftOut(location: string, paths: readonly LeftOut[]): Issue {
  const some = paths.slice(0, shown).map(({ path, why }) => `${path} ${why}`);
  const more = paths.length > shown ? ` (${paths.length} in all)` : '';
  const message = `Left out of ${location === '' ? 'the data folder' : location}: ${some.join('; ')}${more}.`;
  return { code: 'file.skipped', severity: 'warning', message };
}

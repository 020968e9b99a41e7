// The ids of runs: UUIDs, in every spelling that Aqueducts takes.
import { failure } from '../../../shared/errors.ts';

/** The id with hyphens and in lower case. Fails with run.unknown, and so with 1, as Aqueducts' command does. */
export function parseRunId(typed: string): string {
  const bare = typed.replace(/^urn:uuid:/i, '').replace(/^\{(.*)\}$/, '$1');
  const groups = /^([0-9a-f]{8})(-?)([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{12})$/i.exec(bare);
  if (!groups) throw failure('run.unknown', `Invalid execution ID: ${typed}. Must be a valid UUID.`);
  return [groups[1], groups[3], groups[4], groups[5], groups[6]].join('-').toLowerCase();
}

// Tidies up after a run as the user that it ran as, who may write where this looks: as root, a link in the right moment
// would lead it anywhere. Prints what could not be done. Started with the run's folders, the one for temporary files first.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { asSluiceError, type Issue } from '../../../shared/errors.ts';
import { sweepLeftovers } from '../../platform/leftovers.ts';

async function sweep([temporary = '', ...others]: readonly string[]): Promise<Issue[]> {
  const issues = await sweepLeftovers(temporary, { allEnded: true });
  // what could not be swept is known from this folder only
  if (issues.length > 0) return issues;
  for (const folder of [temporary, ...others]) {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
  }
  return [];
}

sweep(process.argv.slice(2)).then(
  (issues) => process.stdout.write(JSON.stringify(issues)),
  (thrown: unknown) => process.stdout.write(JSON.stringify([asSluiceError(thrown).issue])),
);

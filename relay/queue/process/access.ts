// Whether another user can do what runs do: told when the relay starts, not by each run.
import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';
import { failure } from '../../../shared/errors.ts';
import type { QueueOptions } from '../options.ts';
import { launchAs, type RunAs } from './privileges.ts';

/** Prints which of the paths that follow cannot be gone through (the first) or read and gone through (all others). */
const probe = `const { accessSync, constants, statSync } = require('node:fs');
const refused = process.argv.slice(1).filter((path, index) => {
  try {
    if (index > 0) accessSync(path, constants.R_OK);
    if (statSync(path).isDirectory()) accessSync(path, constants.X_OK);
    return false;
  } catch {
    return true;
  }
});
console.log(JSON.stringify(refused));`;

/**
 * Fails with command.usage where the relay is not root, where the user is, and where the user cannot read the program of
 * runs or a data folder, or get into `work`, the folder for temporary files; says which.
 */
export async function requireAccess(user: RunAs, { program, platform }: QueueOptions, work: string): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw failure('command.usage', 'Only a relay that root has started can run pipelines as another user.', {
      hint: 'Leave --run-as out, or start the relay as root.',
    });
  }
  if (user.uid === 0) throw failure('command.usage', '--run-as must be another user than root.');
  const { execPath, before, ...identity } = launchAs(user);
  const words = [...before, '-e', probe, work, program, ...platform.directories];
  const options = { ...identity, env: {}, cwd: '/' };
  const { stdout } = await promisify(execFile)(execPath, words, options).catch((thrown: unknown) => {
    throw failure('command.usage', 'No process can be started as the user of --run-as.', { cause: thrown });
  });
  const refused = JSON.parse(stdout) as string[];
  if (refused.length === 0) return;
  if (refused.includes(work)) {
    const message = `The user of --run-as cannot get into ${work}, where runs keep temporary files.`;
    throw failure('command.usage', message, {
      hint: 'Choose another --state-dir, such as /var/lib/sluice, below folders that let that user through.',
    });
  }
  throw failure('command.usage', `The user of --run-as cannot read ${refused.join(', ')}.`, {
    hint: 'Let that user read them and go through the folders above, or choose another user.',
  });
}

// Why the record of the runs cannot be opened, in words for who runs the relay. What DuckDB says is of v1.5.6.
import { failure, messageOf, type SluiceError } from '../../../shared/errors.ts';

/** What a state directory says that somebody else has. */
export function inUse(cause?: unknown): SluiceError {
  return failure('command.usage', 'Another relay uses this state directory.', {
    hint: 'Give each relay a state directory of its own, or stop the other one.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** command.usage, file.forbidden, storage.full; file.corrupt for everything that is no record of this version. */
export function unopened(thrown: unknown, path: string): SluiceError {
  const message = messageOf(thrown);
  const record = `The record of the runs, ${path},`;
  if (message.includes('Could not set lock')) return inUse(thrown);
  if (message.includes('Permission denied')) {
    const hint = 'Give the user of the relay the right to read and write it.';
    return failure('file.forbidden', `${record} may not be opened.`, { cause: thrown, hint });
  }
  if (message.includes('No space left')) {
    return failure('storage.full', `${record} cannot be written: the disk is full.`, {
      cause: thrown,
      hint: 'Free some room and start again.',
    });
  }
  if (/version number|created with a newer version/i.test(message)) {
    return failure('file.corrupt', `${record} was written by another version of Sluice.`, {
      cause: thrown,
      hint: 'Start the version that wrote it, or choose another folder with --state-dir.',
    });
  }
  return failure('file.corrupt', `${record} is damaged or something else.`, {
    cause: thrown,
    hint: `Nothing was deleted. Put a copy of it back; or, to begin anew, move it, ${path}.wal and the folders requests and journals elsewhere.`,
  });
}

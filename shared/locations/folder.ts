// Why a folder or a file cannot be written, in the same words on both platforms.
import { failure, type SluiceError } from '../errors.ts';

/** Something is in the way. */
export function existing(name: string, what: 'file' | 'folder' = 'folder'): SluiceError {
  if (what === 'file') {
    return failure('file.exists', `${name} is a file, so no folder can be written there.`, {
      hint: 'Give another location.',
    });
  }
  return failure('file.exists', `${name} has files already.`, {
    hint: 'Give another location, or replace what is there with `mode: replace`.',
  });
}

/** A folder is where a file is to be written. */
export function folderInPlace(name: string): SluiceError {
  return failure('file.exists', `${name} is a folder, so no file can be written there.`, {
    hint: 'End the location with `/` to write a folder of files, or give another location.',
  });
}

/** A file is where a folder would have to be. */
export function fileAbove(name: string): SluiceError {
  return failure('file.exists', `${name} cannot be written: what stands before its last \`/\` is a file.`, {
    hint: 'Give a location that does not lead through a file.',
  });
}

/** The output has more partitions than it may have. */
export function tooMany(name: string, most: number): SluiceError {
  return failure('file.too_many', `${name} would have more than ${most} partitions.`, {
    hint: 'Part it by columns with fewer values, such as a year and a month instead of a time.',
  });
}

/** Two partitions have become one folder: the file system takes their names for the same. */
export function sharedFolder(name: string): SluiceError {
  return failure(
    'file.partition',
    `${name} cannot be written: names of its folders differ in no way that counts here.`,
    {
      hint: 'Where upper and lower case are the same, values that differ in nothing else cannot part an output.',
    },
  );
}

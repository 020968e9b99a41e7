// What the browser's file errors mean (DOMException names of the File System and Storage standards).
import { failure, messageOf, SluiceError } from '../../shared/errors.ts';

/** Turns an error of the browser's file system into ours. `doing` completes the sentence "… failed". */
export function explainStorage(thrown: unknown, doing: string): SluiceError {
  if (thrown instanceof SluiceError) return thrown;
  switch (nameOf(thrown)) {
    case 'QuotaExceededError':
      return failure('storage.full', 'The browser has no room left for this page.', {
        hint: 'Remove stored files that are no longer needed, or free space on the disk.',
        cause: thrown,
      });
    case 'SecurityError':
    case 'NotAllowedError':
      return storageUnavailable(thrown);
    case 'NoModificationAllowedError':
      return failure('file.failed', `${doing} failed: another tab or run is using the file.`, { cause: thrown });
    case 'NotReadableError':
      return failure('file.failed', `${doing} failed: the file was changed, moved or deleted meanwhile.`, {
        hint: 'Add the file again.',
        cause: thrown,
      });
    case 'TypeMismatchError':
    case 'InvalidModificationError':
      return failure('file.failed', `${doing} failed: a file or folder is in the way.`, {
        hint: 'Give another location.',
        cause: thrown,
      });
    default:
      return failure('file.failed', `${doing} failed: ${messageOf(thrown).replace(/\.$/, '')}.`, { cause: thrown });
  }
}

export function storageUnavailable(cause: unknown): SluiceError {
  return failure('storage.unavailable', 'The browser refuses storage to this page.', {
    hint: 'Private windows and pages without https often have none; added files can still be read.',
    cause,
  });
}

/** Whether the error says that there is no such file, or that a folder or file is not what the path takes it for. */
export function isMissing(thrown: unknown): boolean {
  return nameOf(thrown) === 'NotFoundError' || nameOf(thrown) === 'TypeMismatchError';
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : '';
}

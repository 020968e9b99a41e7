// What the operating system says of files → SluiceError (errno of POSIX).
import { failure, messageOf, SluiceError, type IssueCode } from '../../shared/errors.ts';

const codes: Readonly<Record<string, IssueCode>> = {
  ENOENT: 'file.not_found',
  ENOTDIR: 'file.not_found',
  ENOSPC: 'storage.full',
  EDQUOT: 'storage.full',
  EACCES: 'file.forbidden',
  EPERM: 'file.forbidden',
};

/** `action` is what was tried, such as `Writing out.csv`. */
export function explainDisk(thrown: unknown, action: string): SluiceError {
  if (thrown instanceof SluiceError) return thrown;
  const code = codes[errno(thrown) ?? ''] ?? 'file.failed';
  if (code === 'storage.full') {
    return failure(code, `${action} failed: the disk is full.`, {
      cause: reasonOf(thrown),
      hint: 'Free some room and run again.',
    });
  }
  if (errno(thrown) === 'ELOOP') {
    return failure(code, `${action} failed: symbolic links there lead to one another, and to no file.`, {
      cause: reasonOf(thrown),
      hint: 'Remove one of the links, or give another location.',
    });
  }
  return failure(code, `${action} failed: ${reasonOf(thrown)}.`, { cause: reasonOf(thrown) });
}

/** Without the paths of this machine, which concern nobody far away and stand at the end: `…, open '/…'`. */
export function reasonOf(thrown: unknown): string {
  const message = messageOf(thrown);
  return errno(thrown) === undefined ? message : message.replace(/, \w+(?: '.*)?$/s, '');
}

/** Does what its errors are to call by this action. */
export async function explaining<T>(action: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (thrown) {
    throw explainDisk(thrown, action);
  }
}

/** Whether the error says that there is no such file or folder. */
export function isMissing(thrown: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errno(thrown) ?? '');
}

/** The error's code in the operating system's words, such as `ENOENT`. */
export function errno(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
}

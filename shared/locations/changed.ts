// A file is not the one any more that was opened, in the same words on both platforms.
import { failure, type SluiceError } from '../errors.ts';

export function changed(location: string, cause?: unknown): SluiceError {
  return failure('file.failed', `${location} was changed while it was read.`, {
    hint: 'Run again when nothing writes to it.',
    ...(cause === undefined ? {} : { cause }),
  });
}

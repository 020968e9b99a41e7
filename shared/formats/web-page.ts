// Servers of single-page applications, and those that want a login, answer with a page where there is no file. The media
// type alone does not tell: some servers call every file text/html.
import { failure, type SluiceError } from '../errors.ts';
import { shownAddress } from '../locations/address.ts';
import { looksLike, markLength } from './magic.ts';

/** Bytes from the content's start that are enough for `pageInstead`. */
export const pageLength = markLength;

/** The error for a page where a file was expected; undefined for every other content. `mediaType` is as it was sent. */
export function pageInstead(
  beginning: Uint8Array,
  mediaType: string | null | undefined,
  address: Parameters<typeof shownAddress>[0],
): SluiceError | undefined {
  const [type = ''] = (mediaType ?? '').split(';', 1);
  if (!/^\s*(text\/html|application\/xhtml\+xml)\s*$/i.test(type)) return undefined;
  if (looksLike(beginning) !== 'an HTML page') return undefined;
  const message = `The server has no file at ${shownAddress(address)}: it answered with a web page (${type.trim()}).`;
  return failure('file.not_found', message, { hint: 'Check the address; it may want a login.' });
}

// What a server's answer to GET means for a source (RFC 9110), in the same words on both platforms.
import { failure, type Issue, type SluiceError } from '../errors.ts';
import { shownAddress } from './address.ts';

type Address = Parameters<typeof shownAddress>[0];

/** Milliseconds without a byte after which a request is given up, unless the platform is opened with another limit. */
export const defaultStallTimeout = 30_000;

/**
 * Why there is no file in the answer; undefined when there is one, which may still be a page that stands for nothing
 * (formats/web-page.ts). `asked` is what the request wanted: a part is no answer to who wants the whole.
 */
export function refusalOf(status: number, address: Address, asked: 'whole' | 'part' = 'whole') {
  const shown = shownAddress(address);
  if (status === 404 || status === 410) {
    return failure('file.not_found', `The server has no file at ${shown}.`, { hint: 'Check the address.' });
  }
  if (status === 401 || status === 403) {
    return failure('file.forbidden', `The server refuses ${shown}: it answered ${status}.`, {
      hint: 'The file must be public, or its address must carry the permission, as a presigned one does.',
    });
  }
  if (status === 206 && asked === 'whole') {
    return failure('file.failed', `The server sent only a part of ${shown} (206), though the whole was asked for.`, {
      hint: 'Load the file by other means and give its path.',
    });
  }
  if (status >= 200 && status < 300) return undefined;
  return failure('file.failed', `The server answered ${status} for ${shown}.`, { hint: hintFor(status) });
}

function hintFor(status: number): string {
  if (status === 408 || status === 429) return 'The server is asked too much at the moment; try later.';
  return status >= 500 ? 'The server has a problem; try later.' : 'Check the address.';
}

/** Tells that a server has answered that there is nothing, which is read as an empty file. */
export function noContent(address: Address, status: number): Issue {
  const message = `The server says that ${shownAddress(address)} has no content (${status}); it is read as an empty file.`;
  return { code: 'file.not_found', severity: 'warning', message };
}

/** Whether a status says that the answer has no content, as opposed to a content of no bytes. */
export function hasNoContent(status: number): boolean {
  return status === 204 || status === 205;
}

/** The server ended its answer before it was whole. */
export function brokenOff(address: Address, received: number, total: number | undefined, cause?: unknown): SluiceError {
  const after = total === undefined ? `${received} bytes` : `${received} of ${total} bytes`;
  return failure('file.failed', `The server broke off ${shownAddress(address)} after ${after}.`, {
    hint: 'Run again.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Nothing came for too long. */
export function stalled(address: Address, limit: number): SluiceError {
  return failure('file.failed', `${shownAddress(address)} stalled: no byte came for ${limit / 1000} s.`, {
    hint: 'Run again, or load the file by other means and give its path.',
  });
}

/** Tells that a whole file was loaded where its parts could not be had one by one. */
export function loadedWhole(address: Address, size: number, why: string): Issue {
  const message = `${shownAddress(address)} was loaded whole, ${megabytes(size)}, because ${why}.`;
  return { code: 'file.loaded_whole', severity: 'info', message };
}

function megabytes(bytes: number): string {
  return bytes < 1e5 ? `${bytes} bytes` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The error for a folder or a pattern at an address. */
export function unlistable(location: string): SluiceError {
  return failure('document.unsupported', `${location} cannot be listed: HTTP knows files, not folders.`, {
    hint: 'Name every file in a source of its own, and put them together with UNION ALL.',
  });
}

/** The error for a destination at an address. */
export function unwritable(location: string): SluiceError {
  return failure('file.forbidden', `${location} cannot be written: addresses can only be read.`, {
    hint: 'Give a relative path.',
  });
}

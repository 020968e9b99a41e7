// A file of the page's own origin over HTTP (Fetch standard), streamed into a temporary file: DuckDB and the readers
// want ranges, and a server may not offer them.
import { cancelled, failure, type SluiceError } from '../../shared/errors.ts';
import type { Work } from '../../shared/platform.ts';
import { basename } from './location.ts';
import { explainStorage } from './storage-errors.ts';
import type { TemporaryFile, TemporaryFolder } from './temporary.ts';

export interface Download {
  readonly blob: Blob;
  /** Deletes the temporary file. */
  readonly release: () => Promise<void>;
}

/** Fetches the whole file: file.not_found, file.failed, storage.full, run.cancelled. */
export async function download(address: URL, folder: TemporaryFolder, work: Work): Promise<Download> {
  const response = await request(address, work.signal);
  const file = await folder.create(basename(address.pathname));
  try {
    await save(response, file, work);
    file.access.close();
    return { blob: await file.handle.getFile(), release: () => folder.discard(file) };
  } catch (thrown) {
    await folder.discard(file);
    throw work.signal?.aborted ? cancelled() : explainDownload(thrown, address);
  }
}

async function request(address: URL, signal: AbortSignal | undefined): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, { mode: 'same-origin', ...(signal ? { signal } : {}) });
  } catch (thrown) {
    throw signal?.aborted ? cancelled() : explainDownload(thrown, address);
  }
  // Servers of single-page applications answer unknown addresses with their page.
  const isPage = /^text\/html\b/.test(response.headers.get('content-type') ?? '') && !/\.html?$/.test(address.pathname);
  if (response.status === 404 || response.status === 410 || isPage) {
    throw failure('file.not_found', `The server has no file at ${address.href}.`);
  }
  if (!response.ok) {
    throw failure('file.failed', `The server answered ${response.status} for ${address.href}.`, {
      cause: response.statusText,
    });
  }
  return response;
}

async function save(response: Response, { access }: TemporaryFile, work: Work): Promise<void> {
  // The length counts bytes as sent: with a content encoding it says nothing about the file.
  const encoded = response.headers.has('content-encoding');
  const total = encoded ? 0 : Number(response.headers.get('content-length') ?? 0);
  let size = 0;
  for await (const bytes of response.body ?? []) {
    size += access.write(bytes, { at: size });
    if (total > 0) work.onProgress?.(Math.min(1, size / total));
  }
  if (total > 0 && size < total) {
    throw failure('file.failed', `The server broke off after ${size} of ${total} bytes.`, { hint: 'Run again.' });
  }
  access.flush();
}

function explainDownload(thrown: unknown, address: URL): SluiceError {
  if (!(thrown instanceof TypeError)) return explainStorage(thrown, `Loading ${address.href}`);
  return failure('file.failed', `${address.href} could not be loaded.`, {
    hint: 'Check the connection to the server, then run again.',
    cause: thrown,
  });
}

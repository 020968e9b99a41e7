// Texts that the user names on the command line: a file, or `-` for standard input.
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import process from 'node:process';
import { failure, SluiceError } from '../../../shared/errors.ts';
import type { QuotedText } from '../../text/diagnostic.ts';

/** A document, a list of parameters or secrets: nothing of that size is longer. Bytes. */
const mostBytes = 8 * 1024 * 1024;

/** The text of a file, without more than 8 MiB being read. Fails with file.not_found, file.failed, document.limit. */
export async function readText(path: string, what: string): Promise<QuotedText> {
  const bytes = path === '-' ? await readStream(process.stdin, what) : await readFile(path, what);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { name: path === '-' ? 'standard input' : path, text };
  } catch (thrown) {
    throw failure('document.syntax', `${what} is not a text in UTF-8.`, { cause: thrown });
  }
}

/** A device or a pipe may have no end: no more is read than a text may have. */
async function readFile(path: string, what: string): Promise<Uint8Array> {
  const file = createReadStream(path);
  try {
    return await readStream(file, what);
  } catch (thrown) {
    throw thrown instanceof SluiceError ? thrown : explained(thrown, path, what);
  } finally {
    file.destroy();
  }
}

function explained(thrown: unknown, path: string, what: string): SluiceError {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'ENOENT') return failure('file.not_found', `${what} not found: '${path}'`, { cause: thrown });
  return failure('file.failed', `${basename(path)} cannot be read.`, { cause: thrown });
}

async function readStream(stream: AsyncIterable<Buffer | string>, what: string): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const read of stream) {
    const piece = typeof read === 'string' ? Buffer.from(read) : read;
    pieces.push(piece);
    length += piece.byteLength;
    if (length > mostBytes) throw failure('document.limit', `${what} is longer than 8 MiB.`);
  }
  return Buffer.concat(pieces);
}

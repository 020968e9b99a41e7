// Texts that the user names on the command line: a file, or `-` for standard input.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import process from 'node:process';
import { failure, type SluiceError } from '../../../shared/errors.ts';
import type { QuotedText } from '../../text/diagnostic.ts';

/** A document, a list of parameters or secrets: nothing of that size is longer. Bytes. */
const mostBytes = 8 * 1024 * 1024;

/** The text of a file, without more than 8 MiB being read. Fails with file.not_found, file.failed, document.limit. */
export async function readText(path: string, what: string): Promise<QuotedText> {
  const bytes = path === '-' ? await readInput(what) : await readWhole(path, what);
  if (bytes.byteLength > mostBytes) throw failure('document.limit', `${what} is longer than 8 MiB.`);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { name: path === '-' ? 'standard input' : path, text };
  } catch (thrown) {
    throw failure('document.syntax', `${what} is not a text in UTF-8.`, { cause: thrown });
  }
}

async function readWhole(path: string, what: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (thrown) {
    throw explained(thrown, path, what);
  }
}

function explained(thrown: unknown, path: string, what: string): SluiceError {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'ENOENT') return failure('file.not_found', `${what} not found: '${path}'`, { cause: thrown });
  return failure('file.failed', `${basename(path)} cannot be read.`, { cause: thrown });
}

async function readInput(what: string): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.byteLength;
    if (length > mostBytes) throw failure('document.limit', `${what} is longer than 8 MiB.`);
  }
  return Buffer.concat(pieces);
}

// Undoes the encodings that a server says its content has, as a browser's fetch does (RFC 9110, 8.4).
import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { failure, type SluiceError } from '../../shared/errors.ts';
import { shownAddress } from '../../shared/locations/address.ts';

/** How the content was encoded, in this order; `Content-Encoding` as it was sent. */
export function encodingsOf(header: string | undefined): string[] {
  const names = (header ?? '').split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && name !== 'identity');
}

/** The content without its encodings. Fails with file.failed for an unknown one, and with file.corrupt while it is read. */
export function decoded(
  content: AsyncIterable<Uint8Array>,
  encodings: readonly string[],
  address: URL,
): AsyncIterable<Uint8Array> {
  const unknown = encodings.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const message = `${shownAddress(address)} comes in the content encoding ${unknown}, which is not known here.`;
    throw failure('file.failed', message, { hint: `Let the server send it as it is, or as ${known.join(', ')}.` });
  }
  return encodings.reduceRight((encoded, name) => decodedOnce(encoded, name, address), content);
}

const known: readonly string[] = ['gzip', 'x-gzip', 'br', 'deflate'];

async function* decodedOnce(content: AsyncIterable<Uint8Array>, name: string, address: URL) {
  const pieces = content[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done) return; // nothing, which some servers call encoded, too
  async function* all(): AsyncGenerator<Uint8Array> {
    if (!first.done) yield first.value;
    for (let step = await pieces.next(); !step.done; step = await pieces.next()) yield step.value;
  }
  let broken: Error | undefined;
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      yield* all();
    } catch (thrown) {
      broken = thrown instanceof Error ? thrown : new Error(String(thrown));
      throw broken;
    }
  }
  const decoder = decoderOf(name, first.value);
  pipeline(watched(), decoder, () => undefined); // what fails is thrown where the decoder is read
  try {
    for await (const bytes of decoder as AsyncIterable<Uint8Array>) yield bytes;
  } catch (thrown) {
    throw broken ?? damaged(name, address, thrown);
  } finally {
    await pieces.return?.();
  }
}

function decoderOf(name: string, beginning: Uint8Array): Transform {
  if (name === 'br') return createBrotliDecompress();
  if (name !== 'deflate') return createGunzip();
  // Some servers leave out the zlib header (RFC 1950, 2.2), and browsers do without it.
  return ((beginning[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
}

function damaged(name: string, address: URL, cause: unknown): SluiceError {
  return failure(
    'file.corrupt',
    `${shownAddress(address)} is damaged: its content encoding ${name} cannot be undone.`,
    {
      cause,
      hint: 'Run again, or load the file by other means.',
    },
  );
}

// gzip (RFC 1952), streamed by the platform's own (De)CompressionStream. Those take one member and call all after it
// damage; files that were joined have several, so what fails is tried once more by pako, which reads them.
import { failure, SluiceError } from '../errors.ts';

/**
 * The bytes inside; `open` gives the compressed ones and may be called twice. Checksums are compared. Fails with
 * file.corrupt, and with whatever `open` fails with.
 */
export async function* gunzip(open: () => AsyncIterable<Uint8Array>, location: string): AsyncGenerator<Uint8Array> {
  let known = 0;
  try {
    for await (const bytes of through(new DecompressionStream('gzip'), open())) {
      known += bytes.byteLength;
      yield bytes;
    }
    return;
  } catch (thrown) {
    if (thrown instanceof SluiceError) throw thrown;
  }
  for await (const bytes of gunzipMembers(open(), location)) {
    const skipped = Math.min(known, bytes.byteLength);
    known -= skipped;
    if (skipped < bytes.byteLength) yield bytes.subarray(skipped);
  }
}

/** Compresses what is written into the sink. */
export class GzipWriter {
  readonly #writer: ReturnType<InstanceType<typeof CompressionStream>['writable']['getWriter']>;
  readonly #done: Promise<void>;

  constructor(sink: { write(bytes: Uint8Array): Promise<void> }) {
    const { readable, writable } = new CompressionStream('gzip');
    this.#writer = writable.getWriter();
    this.#done = (async () => {
      const reader = readable.getReader();
      try {
        for (let step = await reader.read(); !step.done; step = await reader.read()) await sink.write(step.value);
      } catch (thrown) {
        await Promise.allSettled([reader.cancel(thrown)]); // the stream itself may be what failed
        throw thrown;
      } finally {
        reader.releaseLock();
      }
    })();
    this.#done.catch(() => undefined); // told by `write` or `close`
  }

  /** Fails with what the sink failed with. */
  async write(bytes: Uint8Array): Promise<void> {
    await Promise.race([this.#writer.write(bytes as Uint8Array<ArrayBuffer>), this.#done]);
  }

  /** Gives up: what is left is not written. Harmless when it has failed or was closed. */
  async abort(reason: unknown): Promise<void> {
    await Promise.allSettled([this.#writer.abort(reason), this.#done]);
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    await Promise.race([this.#writer.close(), this.#done]);
    await this.#done;
  }
}

async function* through(
  { readable, writable }: InstanceType<typeof DecompressionStream>,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const writer = writable.getWriter();
  const reader = readable.getReader();
  const feeding = (async () => {
    try {
      for await (const bytes of source) await writer.write(bytes as Uint8Array<ArrayBuffer>);
      await writer.close();
    } catch (thrown) {
      await writer.abort(thrown).catch(() => undefined); // the stream itself may be what failed
      throw thrown;
    }
  })();
  feeding.catch(() => undefined); // awaited below, unless the reader stops before
  let ended = false;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
    ended = true;
    await feeding;
  } finally {
    if (!ended) {
      await reader.cancel().catch(() => undefined); // it has failed already
      await feeding.catch(() => undefined);
    }
  }
}

async function* gunzipMembers(source: AsyncIterable<Uint8Array>, location: string): AsyncGenerator<Uint8Array> {
  const { Inflate } = await import('pako');
  const pieces: Uint8Array[] = [];
  const begin = (): InstanceType<typeof Inflate> => {
    const inflate = new Inflate({ chunkSize: 256 * 1024 });
    inflate.onData = (bytes) => pieces.push(bytes);
    return inflate;
  };
  let inflate = begin();
  for await (const bytes of source) {
    if (inflate.ended) {
      if (bytes.every((byte) => byte === 0)) continue; // padding
      inflate = begin();
    }
    inflate.push(bytes, false);
    if (inflate.err !== 0) throw damaged(location, inflate.msg || 'its data is damaged');
    yield* pieces.splice(0);
  }
  if (!inflate.ended) throw damaged(location, 'it was cut off');
}

function damaged(location: string, what: string): SluiceError {
  return failure('file.corrupt', `${location} cannot be decompressed: ${what}.`, {
    hint: 'Get the file again; its gzip data is not whole.',
  });
}

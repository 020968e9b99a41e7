import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { failure, SluiceError } from '../errors.ts';
import { gunzip, GzipWriter } from './gzip.ts';

const text = Array.from({ length: 20_000 }, (_, index) => `line ${(index * 7919) % 1000}`).join('\n');

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size)
    yield await Promise.resolve(bytes.subarray(start, start + size));
}

async function read(bytes: Uint8Array, size = 1000): Promise<string> {
  const decoder = new TextDecoder();
  let content = '';
  for await (const piece of gunzip(() => inPieces(bytes, size), 'a.gz'))
    content += decoder.decode(piece, { stream: true });
  return content;
}

const errorOf = async (work: Promise<unknown>): Promise<unknown> => {
  const thrown: unknown = await work.catch((reason: unknown) => reason);
  return thrown instanceof SluiceError ? [thrown.code, thrown.message] : thrown;
};

describe('gunzip', () => {
  it('reads what was compressed', async () => {
    expect(await read(gzipSync(text))).toBe(text);
    expect(await read(gzipSync(''))).toBe('');
  });

  it.each([1, 7, 1000, 1_000_000])('reads several members, in pieces of %d bytes', async (size) => {
    const first = gzipSync(text.slice(0, 30_000));
    const joined = Buffer.concat([first, gzipSync('between'), gzipSync(text.slice(30_000)), Buffer.alloc(100)]);
    expect((await read(joined, size)) === `${text.slice(0, 30_000)}between${text.slice(30_000)}`).toBe(true);
  });

  it('tells a file that was cut off, wherever', async () => {
    const whole = gzipSync(text);
    for (const length of [0, 5, 12, whole.length >> 1, whole.length - 8, whole.length - 1]) {
      expect([length, await errorOf(read(whole.subarray(0, length)))]).toMatchObject([
        length,
        ['file.corrupt', expect.stringContaining('a.gz cannot be decompressed')],
      ]);
    }
  });

  it('tells damage, also where only the checksum shows it', async () => {
    for (const place of [1, 20, 5000, -6]) {
      const damaged = Buffer.from(gzipSync(text));
      const index = (damaged.length + place) % damaged.length;
      damaged[index] = (damaged[index] ?? 0) ^ 0xff;
      expect(await errorOf(read(damaged))).toMatchObject(['file.corrupt', expect.any(String)]);
    }
  });

  it('passes on why the bytes broke off', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(gzipSync(text).subarray(0, 100));
      throw failure('file.failed', 'gone');
    }
    const work = async (): Promise<void> => {
      for await (const piece of gunzip(broken, 'a.gz')) expect(piece.length).toBeGreaterThan(0);
    };
    expect(await errorOf(work())).toEqual(['file.failed', 'gone']);
  });

  it('may be left early', async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for await (const piece of inPieces(gzipSync(text.repeat(20)), 100)) yield piece;
      } finally {
        closed = true;
      }
    }
    for await (const piece of gunzip(endless, 'a.gz')) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(closed).toBe(true);
  });
});

describe('GzipWriter', () => {
  it('writes what gunzip reads', async () => {
    const pieces: Uint8Array[] = [];
    const writer = new GzipWriter({ write: (bytes) => Promise.resolve(void pieces.push(bytes)) });
    for (let start = 0; start < text.length; start += 1000) {
      await writer.write(new TextEncoder().encode(text.slice(start, start + 1000)));
    }
    await writer.close();
    expect(gunzipSync(Buffer.concat(pieces)).toString()).toBe(text);
  });

  it('leaves no stream open when its sink fails, or when it is given up', async () => {
    const ends: string[] = [];
    const stub = class {
      readonly readable = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(1)),
        cancel: () => void ends.push('cancelled'),
      });
      readonly writable = new WritableStream<Uint8Array>({ abort: () => void ends.push('aborted') });
    };
    vi.stubGlobal('CompressionStream', stub);
    try {
      const writer = new GzipWriter({ write: () => Promise.reject(failure('storage.full', 'full')) });
      await expect(writer.close()).rejects.toMatchObject({ code: 'storage.full' });
      await writer.abort('given up');
      expect(ends).toContain('cancelled');
      const other = new GzipWriter({ write: () => Promise.reject(failure('storage.full', 'full')) });
      await other.abort('given up');
      expect(ends).toContain('aborted');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('fails as its sink fails', async () => {
    const writer = new GzipWriter({ write: () => Promise.reject(failure('storage.full', 'full')) });
    const work = async (): Promise<void> => {
      for (let count = 0; count < 100; count++) await writer.write(crypto.getRandomValues(new Uint8Array(60_000)));
      await writer.close();
    };
    expect(await errorOf(work())).toEqual(['storage.full', 'full']);
  });
});

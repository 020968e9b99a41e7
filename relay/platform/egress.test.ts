import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createRawServer, type AddressInfo, type Server as RawServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { SluiceError } from '../../shared/errors.ts';
import { DataFolders } from './data-folders.ts';
import { download } from './download.ts';
import { Egress, type EgressOptions } from './egress.ts';
import { DiskFiles } from './files.ts';
import { writeAll } from './parts.ts';
import { PrivateFolder } from './private-folder.ts';
import { TemporarySpace } from './temporary-space.ts';

const servers: RawServer[] = [];

async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer as never);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server of bytes. */
async function listen(answer: (socket: Socket) => void): Promise<string> {
  const server = createRawServer((socket) => {
    socket.on('error', () => socket.destroy()); // who asked has gone
    answer(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sends a byte now and then, as long as somebody is there. */
function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write('x'), 10);
  socket.on('close', () => clearInterval(timer));
}

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

const errorOf = async (work: Promise<unknown>): Promise<SluiceError> => {
  const thrown: unknown = await work.catch((reason: unknown) => reason);
  if (thrown instanceof SluiceError) return thrown;
  throw new Error('It did not fail.');
};

describe('what may be asked', () => {
  it('is no host of this machine or network, however it is spelled', async () => {
    const host = await serve((_, response) => response.end('secret'));
    const port = host.split(':')[1] ?? '';
    for (const name of ['127.0.0.1', 'localhost', '127.1', '2130706433', '0x7f.0.0.1', '[::1]', '[::ffff:127.0.0.1]']) {
      const { code } = await errorOf(new Egress().get(new URL(`http://${name}:${port}/`)));
      expect([name, code]).toEqual([name, 'file.forbidden']);
    }
  });

  it('is a host that is allowed, with its port or without', async () => {
    const host = await serve((_, response) => response.end('x'));
    for (const allowed of [host, '127.0.0.1']) {
      const answer = await new Egress({ allowHosts: [allowed] }).get(new URL(`http://${host}/`));
      expect(answer.statusCode).toBe(200);
      answer.destroy();
    }
  });

  it('is checked again where a redirect leads', async () => {
    const secret = await serve((_, response) => response.end('secret'));
    const host = await serve((_, response) => response.writeHead(302, { Location: `http://${secret}/` }).end());
    const egress = new Egress({ allowHosts: [host] });
    expect((await errorOf(egress.get(new URL(`http://${host}/`)))).code).toBe('file.forbidden');
  });

  it('is not what redirects in circles or elsewhere', async () => {
    const circle = await serve((_, response) => response.writeHead(302, { Location: '/' }).end());
    const egress = new Egress({ allowHosts: ['127.0.0.1'] });
    expect((await errorOf(egress.get(new URL(`http://${circle}/`)))).code).toBe('file.failed');
    const file = await serve((_, response) => response.writeHead(302, { Location: 'file:///etc/passwd' }).end());
    expect((await errorOf(egress.get(new URL(`http://${file}/`)))).code).toBe('file.failed');
  });
});

it('an address is shown without its secrets', async () => {
  const host = await serve((_, response) => response.destroy());
  const egress = new Egress({ allowHosts: [host] });
  const { message } = await errorOf(egress.get(new URL(`http://user:password@${host}/a.csv?token=secret`)));
  expect(message).toBe(`http://${host}/a.csv?… could not be loaded.`);
});

describe('a name that is not there', () => {
  const unknown = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND x'), { code: 'ENOTFOUND' }));
  const isPrivate = () => Promise.resolve([{ address: '10.0.0.1', family: 4 }]);
  const told = async (options: EgressOptions): Promise<unknown> => {
    const { issue } = await errorOf(new Egress(options).get(new URL('http://wiki.corp.example/')));
    return issue;
  };

  it('is refused with the same words as a private one', async () => {
    const secret = await told({ resolve: isPrivate });
    expect(secret).toMatchObject({ code: 'file.forbidden' });
    for (const resolve of [unknown, () => Promise.resolve([])]) expect(await told({ resolve })).toEqual(secret);
    expect(await told({ resolve: unknown, allowHosts: ['other.example', '10.0.0.0/8'] })).toEqual(secret);
  });

  it('is told where it may be asked, and on a command of the user’s own', async () => {
    for (const allowHosts of [['wiki.corp.example'], ['0.0.0.0/0', '::/0']]) {
      expect(await told({ resolve: unknown, allowHosts })).toMatchObject({
        code: 'file.failed',
        cause: 'getaddrinfo ENOTFOUND x',
      });
    }
  });
});

describe('a server that', () => {
  const get = async (host: string, options: EgressOptions = {}): Promise<SluiceError> => {
    const egress = new Egress({ allowHosts: [host], stallTimeout: 100, ...options });
    const folder = await mkdtemp(join(tmpdir(), 'sluice-download-'));
    try {
      return await errorOf(
        download(new URL(`http://${host}/a.csv`), { path: folder, space: new TemporarySpace() }, egress, {}),
      );
    } finally {
      expect(await readdir(folder)).toEqual([]);
      await rm(folder, { recursive: true });
    }
  };

  it('never answers is given up', async () => {
    const host = await serve(() => undefined);
    expect((await get(host)).message).toContain('stalled');
  });

  it('drips its header is given up', async () => {
    const host = await listen((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nX: ');
      drip(socket);
    });
    expect((await get(host)).message).toContain('stalled');
  });

  it('drips its body is given up', async () => {
    const host = await listen((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n');
      drip(socket);
    });
    expect((await get(host)).message).toContain('stalled');
  });

  it('has a header without an end is refused', async () => {
    const host = await listen((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`);
    });
    expect((await get(host, { stallTimeout: 10_000 })).code).toBe('file.failed');
  });

  it('announces too much, or sends it unannounced, is refused', async () => {
    const announced = await serve((_, response) => response.writeHead(200, { 'Content-Length': '1001' }).end());
    const endless = await serve((_, response) => {
      const send = (): void => {
        if (response.writable) response.write('x'.repeat(400), send);
      };
      send();
    });
    for (const host of [announced, endless]) {
      expect((await get(host, { maxDownloadSize: 1000, stallTimeout: 10_000 })).code).toBe('run.limit');
    }
  });

  const encoded = (encoding: string, body: Uint8Array, more = {}): Promise<string> =>
    serve((_, response) => response.writeHead(200, { 'Content-Encoding': encoding, ...more }).end(body));

  it('sends a small answer that becomes too large when it is decoded is refused', async () => {
    for (const [name, encode] of [
      ['gzip', gzipSync],
      ['br', brotliCompressSync],
      ['deflate', deflateSync],
    ] as const) {
      const host = await encoded(name, encode(Buffer.alloc(10_000_000)));
      expect((await get(host, { maxDownloadSize: 1_000_000, stallTimeout: 10_000 })).code).toBe('run.limit');
    }
  });

  it('names an encoding that nobody knows is refused by that name', async () => {
    const host = await encoded('gzip, lzma', gzipSync('a'));
    const { code, message } = await get(host);
    expect([code, message.includes('lzma')]).toEqual(['file.failed', true]);
  });

  it('encodes badly, or breaks off while it does, is told so', async () => {
    const body = gzipSync(randomBytes(100_000));
    expect((await get(await encoded('gzip', body.subarray(0, 50_000)))).code).toBe('file.corrupt');
    expect((await get(await encoded('br', body))).code).toBe('file.corrupt');
    const short = await listen((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`);
      socket.end(body.subarray(0, 50_000));
      socket.resume();
    });
    expect((await get(short, { stallTimeout: 10_000 })).message).toContain(`of ${body.length} bytes`);
  });
});

it('encodings are undone in their order, none and nothing at all as well', async () => {
  for (const [encoding, body] of [
    ['gzip, br', brotliCompressSync(gzipSync('content'))],
    [' , identity', Buffer.from('content')],
    ['GZIP', Buffer.alloc(0)],
  ] as const) {
    const host = await serve((_, response) => response.writeHead(200, { 'Content-Encoding': encoding }).end(body));
    const folder = await mkdtemp(join(tmpdir(), 'sluice-download-'));
    const egress = new Egress({ allowHosts: [host] });
    const { path, release } = await download(
      new URL(`http://${host}/a.csv.gz`),
      { path: folder, space: new TemporarySpace() },
      egress,
      {},
    );
    expect(await readFile(path, 'utf8')).toBe(body.length === 0 ? '' : 'content');
    await release();
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  }
});

it('a download that cannot be given to DuckDB leaves nothing, and tells no path of the machine', async () => {
  const host = await serve((_, response) => response.end('a\n1\n'));
  const folder = await mkdtemp(join(tmpdir(), 'sluice-download-'));
  const own = await PrivateFolder.open(folder);
  const files = new DiskFiles(await DataFolders.open({ directories: [] }), own, new Egress({ allowHosts: [host] }));
  // a value of more bytes than a name may have
  const error = await errorOf(files.open(`http://${host}/a.csv`, { partitions: ['x'.repeat(300)] }));
  expect(error.message).toBe(`Opening http://${host}/a.csv failed: ENAMETOOLONG: name too long.`);
  expect(JSON.stringify(error.issue)).not.toContain(folder);
  expect(await readdir(own.links)).toEqual([]);
  await own.remove();
  await rm(folder, { recursive: true });
});

it('bytes that the disk takes in pieces are all written', async () => {
  const written: number[] = [];
  const write = (bytes: Uint8Array, from: number) => {
    const taken = Math.min(10, bytes.byteLength - from);
    written.push(...bytes.subarray(from, from + taken));
    return Promise.resolve({ bytesWritten: taken, buffer: bytes });
  };
  await writeAll(
    { write } as never,
    Uint8Array.from({ length: 95 }, (_, index) => index),
  );
  expect(written).toEqual(Array.from({ length: 95 }, (_, index) => index));
});

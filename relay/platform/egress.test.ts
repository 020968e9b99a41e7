import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createRawServer, type AddressInfo, type Server as RawServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SluiceError } from '../../shared/errors.ts';
import { download } from './download.ts';
import { Egress, type EgressOptions } from './egress.ts';

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

describe('a server that', () => {
  const get = async (host: string, options: EgressOptions = {}): Promise<SluiceError> => {
    const egress = new Egress({ allowHosts: [host], stallTimeout: 100, ...options });
    const folder = await mkdtemp(join(tmpdir(), 'sluice-download-'));
    try {
      return await errorOf(download(new URL(`http://${host}/a.csv`), folder, egress, {}));
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
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SluiceError } from '../../shared/errors.ts';
import { Egress } from './egress.ts';

const servers: Server[] = [];

async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer as never);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
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

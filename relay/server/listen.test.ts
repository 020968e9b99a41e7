import { Hono } from 'hono';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { descriptorLimit, mostPlainConnections } from './descriptors.ts';
import { listen } from './listen.ts';

const app = new Hono().get('/', (context) => context.text('here'));

describe('listen', () => {
  it('serves at the address it tells, until it is closed', async () => {
    const server = await listen(app, { host: '127.0.0.1', port: 0 });
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(server.address)).text()).toBe('here');
    await server.close();
    await expect(fetch(server.address)).rejects.toThrow();
  });

  it('says that a port is in use and what to do', async () => {
    const server = await listen(app, { host: '127.0.0.1', port: 0 });
    const port = Number(new URL(server.address).port);
    await expect(listen(app, { host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'command.usage',
      message: `Port ${port} on 127.0.0.1 is in use.`,
      issue: { hint: 'Perhaps Sluice runs already. Choose another one, such as --port 4000.' },
    });
    await server.close();
  });

  it('says that the machine has no such address', async () => {
    await expect(listen(app, { host: '192.0.2.1', port: 0 })).rejects.toThrow('This machine has no address 192.0.2.1.');
  });

  it('closes idle connections of strangers beyond its limit, so that descriptors are left', async () => {
    let dropped = 0;
    const options = { host: '127.0.0.1', port: 0, mostConnections: 3, onDropped: () => dropped++ };
    const server = await listen(app, options);
    const port = Number(new URL(server.address).port);
    const idle: Socket[] = [];
    for (let count = 0; count < 3; count++) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      idle.push(socket);
    }
    const beyond = connect(port, '127.0.0.1').on('error', () => undefined);
    await once(beyond, 'close');
    expect(dropped).toBe(1);
    idle[0]?.destroy();
    // the server hears of it a moment later
    await expect
      .poll(() =>
        fetch(server.address).then(
          (answer) => answer.text(),
          () => 'refused',
        ),
      )
      .toBe('here');
    for (const socket of idle) socket.destroy();
    await server.close();
  });
});

describe('how many connections there may be', () => {
  it.each([
    [4096, 1_000_000, 5120],
    [4096, 256, 128],
    [10, Infinity, 1034],
    [10, 1, 1],
  ])('%i sockets and %i descriptors: %i', (sockets, descriptors, most) => {
    expect(mostPlainConnections(sockets, descriptors)).toBe(most);
  });

  it('is known from what the system allows', () => {
    expect(descriptorLimit()).toBeGreaterThan(0);
  });
});

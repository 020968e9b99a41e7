import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
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
    await expect(listen(app, { host: '127.0.0.1', port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use: perhaps Sluice runs already. Choose another port, for example: npm start -- --port 4000`,
    );
    await server.close();
  });

  it('says that the machine has no such address', async () => {
    await expect(listen(app, { host: '192.0.2.1', port: 0 })).rejects.toThrow('This machine has no address 192.0.2.1.');
  });
});

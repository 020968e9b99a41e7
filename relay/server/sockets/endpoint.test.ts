// Who is let in, what is said to who is not, and what connections cannot do to one another.
import { connect as connectRaw } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeCodes, keySubprotocol, subprotocol } from '../../../shared/protocol/relay/messages.ts';
import { connect, refused, roundTrip } from '../../../tests/relay/client.ts';
import { untilCancelled } from '../../../tests/relay/scripted.ts';
import { strangeMessages } from '../../../tests/relay/strange-messages.ts';
import { startTestRelay, testKey } from '../../../tests/relay/start-relay.ts';
import { readKeysFile } from '../keys/keys-file.ts';
import { makeKey } from '../keys/make-key.ts';
import { defaultLimits } from './connections.ts';

const stock = '{"error":"Authentication failed"}';
const asKey = (key: string): string => `${keySubprotocol}${Buffer.from(key).toString('base64url')}`;

describe('keys', () => {
  it.each([
    ['no key', {}, []],
    ['a wrong key', { 'X-API-Key': 'wrong' }, []],
    ['an empty key', { 'X-API-Key': '' }, []],
    ['half a key', { 'X-API-Key': 'ada-k' }, []],
    ['a key with more', { 'X-API-Key': 'ada-key ada-key' }, []],
    ['the digest of a key', { 'X-API-Key': 'a'.repeat(64) }, []],
    ['the same key twice', { 'X-API-Key': ['ada-key', 'ada-key'] }, []],
    ['a key in two places', { 'X-API-Key': 'ada-key' }, [subprotocol, asKey('ada-key')]],
    ['a wrong key as subprotocol', {}, [subprotocol, asKey('wrong')]],
    ['an expired key', { 'X-API-Key': 'old-key' }, []],
  ])('%s is refused as a stock executor does', async (_name, headers, protocols) => {
    await using relay = await startTestRelay({ keys: [testKey('ada'), testKey('old', ['run'], { expires: 1 })] });
    const refusal = await refused(connect(relay.address, protocols, { headers: headers as Record<string, string> }));
    expect([refusal.status, refusal.body]).toEqual([401, stock]);
    expect(refusal.headers['content-type']).toBe('application/json');
    expect((await fetch(`${relay.address}/ws/connect`)).status).toBe(401);
  });

  it('are not taken from the address', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')] });
    const answer = await fetch(`${relay.address}/api/runs?key=ada-key`);
    expect([answer.status, await answer.json()]).toMatchObject([401, { issue: { code: 'key.invalid' } }]);
    expect(relay.logged()).not.toContain('ada-key');
  });

  it('are good until they expire, also on a connection', async () => {
    let now = 0;
    const keys = [testKey('ada', ['run'], { expires: 1000 })];
    await using relay = await startTestRelay({ keys, gate: { now: () => now } });
    const [speaking, silent] = [0, 1].map(() => connect(relay.address, [subprotocol, asKey('ada-key')]));
    const clients = [await speaking, await silent];
    now = 1000;
    clients[0]?.send({ type: 'cancel', request: 1, run: '6f1c0c0e-0000-4000-8000-000000000001' });
    expect(await clients[0]?.closed).toBe(closeCodes.policy);
    relay.ping();
    expect(await clients[1]?.closed).toBe(closeCodes.policy);
  });

  it('that are guessed make an address wait, longer each time, and then it may try again', async () => {
    let now = 0;
    await using relay = await startTestRelay({ keys: [testKey('ada')], gate: { elapsed: () => now } });
    const ask = async (key: string): Promise<number> =>
      (await fetch(`${relay.address}/api/runs`, { headers: { 'X-API-Key': key } })).status;
    const statuses = [];
    for (let guess = 0; guess < 8; guess++) statuses.push(await ask(`guess-${guess}`));
    expect(statuses).toEqual([...Array<number>(6).fill(401), 429, 429]);
    expect(await ask('ada-key')).toBe(429);
    now += 1000;
    expect([await ask('wrong'), await ask('ada-key')]).toEqual([401, 429]);
    now += 1999;
    expect(await ask('ada-key')).toBe(429);
    now += 1;
    expect([await ask('ada-key'), await ask('wrong')]).toEqual([200, 401]);
    // a right key in between gave unlimited guesses
    expect([await ask('wrong'), await ask('ada-key')]).toEqual([429, 429]);
  });

  it('that are right among wrong ones do not make guessing free', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')], gate: { elapsed: () => 0 } });
    const ask = async (key: string): Promise<number> =>
      (await fetch(`${relay.address}/api/runs`, { headers: { 'X-API-Key': key } })).status;
    const statuses: number[] = [];
    for (let guess = 0; guess < 20; guess++) statuses.push(await ask(guess % 3 === 2 ? 'ada-key' : `guess-${guess}`));
    expect(statuses.filter((status) => status === 401)).toHaveLength(6);
    expect(statuses.at(-1)).toBe(429);
  });

  it('that were made by a machine are let in at once, whoever guesses at the same address', async () => {
    const { key, entry } = makeKey('nightly', ['run'], undefined);
    const file = join(await mkdtemp(join(tmpdir(), 'sluice-gate-')), 'keys.yml');
    await writeFile(file, entry);
    const keys = [testKey('ada'), ...readKeysFile(file, {})];
    await rm(dirname(file), { recursive: true });
    await using relay = await startTestRelay({ keys, gate: { elapsed: () => 0 } });
    const ask = async (presented: string): Promise<number> =>
      (await fetch(`${relay.address}/api/runs`, { headers: { 'X-API-Key': presented } })).status;
    for (let guess = 0; guess < 10; guess++) await ask(`guess-${guess}`);
    expect(await ask('ada-key')).toBe(429);
    expect(await ask(key)).toBe(200);
    expect(await ask(makeKey('other', ['run'], undefined).key)).toBe(401);
  });

  it('wait by a clock that nobody sets (five hours back made an address wait five hours)', async () => {
    let [now, elapsed] = [20 * 3_600_000, 0];
    const gate = { now: () => now, elapsed: () => elapsed };
    await using relay = await startTestRelay({ keys: [testKey('ada')], gate });
    const ask = (key: string) => fetch(`${relay.address}/api/runs`, { headers: { 'X-API-Key': key } });
    for (let guess = 0; guess < 6; guess++) await ask(`guess-${guess}`);
    now -= 5 * 3_600_000;
    const waiting = await ask('ada-key');
    expect([waiting.status, waiting.headers.get('Retry-After')]).toEqual([429, '1']);
    elapsed += 1000;
    expect((await ask('ada-key')).status).toBe(200);
  });

  it('that expire end a stream of events over HTTP, too', async () => {
    const keys = [testKey('ada', ['run'], { expires: Date.now() + 1000 })];
    await using relay = await startTestRelay({ keys, run: untilCancelled });
    const headers = { 'X-API-Key': 'ada-key', 'Content-Type': 'application/json' };
    const body = JSON.stringify({ document: 'x: 1' });
    const accepted = await fetch(`${relay.address}/api/runs`, { method: 'POST', headers, body });
    const { id } = (await accepted.json()) as { id: string };
    const events = await fetch(`${relay.address}/api/runs/${id}/events`, { headers });
    await expect(events.text()).rejects.toThrow();
  });
});

describe('pages', () => {
  it('of another origin are refused, with a key and without', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')] });
    await using keyless = await startTestRelay();
    for (const origin of ['https://evil.example', 'null', `https://${relay.authority}.evil.example`]) {
      const headers = { Origin: origin, 'X-API-Key': 'ada-key' };
      expect((await refused(connect(relay.address, [], { headers }))).status).toBe(403);
      expect((await refused(connect(keyless.address, [], { headers: { Origin: origin } }))).status).toBe(403);
      expect((await fetch(`${keyless.address}/api/runs`, { headers: { Origin: origin } })).status).toBe(403);
    }
    const own = await connect(keyless.address, [], { headers: { Origin: keyless.address } });
    await own.close();
  });

  it('under a name that was made to lead to this machine are refused without a key', async () => {
    await using relay = await startTestRelay();
    const headers = { Host: 'rebound.example', Origin: 'http://rebound.example' };
    expect((await refused(connect(relay.address, [], { headers }))).status).toBe(403);
  });

  it('of an allowed origin may connect', async () => {
    const gate = { allowOrigins: ['https://page.example'] };
    await using relay = await startTestRelay({ keys: [testKey('ada')], gate });
    const headers = { Origin: 'https://page.example', 'X-API-Key': 'ada-key' };
    await (await connect(relay.address, [], { headers })).close();
  });
});

describe('the endpoint', () => {
  it.each([[['sluice.v2']], [['chat']], [[asKey('ada-key')]]])('speaks none of %j', async (protocols) => {
    await using relay = await startTestRelay();
    const refusal = await refused(connect(relay.address, protocols));
    expect([refusal.status, JSON.parse(refusal.body)]).toMatchObject([400, { issue: { code: 'protocol.version' } }]);
    expect(refusal.body).not.toContain(asKey('ada-key'));
  });

  it('prefers the version that it speaks', async () => {
    await using relay = await startTestRelay();
    const client = await connect(relay.address, ['sluice.v2', subprotocol]);
    expect(client.socket.protocol).toBe(subprotocol);
    await client.close();
  });

  it('is nowhere else', async () => {
    await using relay = await startTestRelay();
    expect((await refused(connect(`${relay.address}/api`))).status).toBe(404);
    expect((await fetch(`${relay.address}/ws/connect`)).status).toBe(426);
  });

  it('takes no more connections than it is told', async () => {
    await using relay = await startTestRelay({ relay: { limits: { mostConnections: 2 } } });
    const clients = [await connect(relay.address), await connect(relay.address)];
    expect((await refused(connect(relay.address))).status).toBe(503);
    await clients[0]?.close();
    await expect.poll(() => relay.connections).toBe(1);
    await (await connect(relay.address)).close();
  });

  it('is not hurt by connections that say nothing, and closes them after a while', async () => {
    await using relay = await startTestRelay({ run: untilCancelled, relay: { limits: { idlePings: 1 } } });
    const silent = await Promise.all(Array.from({ length: 1000 }, () => connect(relay.address)));
    const working = await connect(relay.address, [subprotocol]);
    working.send({ type: 'submit', request: 1, submission: { document: 'x: 1' } });
    await working.until(({ type }) => type === 'event');
    const all = [...silent, working];
    const pinged = Promise.all(all.map(({ socket }) => new Promise((resolve) => socket.once('ping', resolve))));
    relay.ping();
    await pinged;
    await Promise.all(all.map(roundTrip));
    relay.ping();
    for (const client of silent) expect(await client.closed).toBe(closeCodes.goingAway);
    await roundTrip(working);
    await working.close();
  });

  it('closes a connection with a frame that is too large, and no other', async () => {
    await using relay = await startTestRelay();
    const [large, other] = [await connect(relay.address, [subprotocol]), await connect(relay.address, [subprotocol])];
    large.socket.send(Buffer.alloc(9 * 1024 * 1024));
    expect(await large.closed).toBe(closeCodes.tooLarge);
    await other.close();
  });

  it('takes an offer of another protocol for none: curl --http2 got 404 everywhere', async () => {
    await using relay = await startTestRelay({ run: untilCancelled });
    const [host = '', port = ''] = relay.authority.split(':');
    const offer = `Host: ${relay.authority}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n`;
    const body = '{"document":"x: 1"}';
    const requests = [
      `GET /api/health HTTP/1.1\r\n${offer}\r\n`,
      `GET /ws/connect HTTP/1.1\r\n${offer}\r\n`,
      `POST /api/runs HTTP/1.1\r\n${offer}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      `GET /api/nothing HTTP/1.1\r\nHost: ${relay.authority}\r\nConnection: close\r\n\r\n`,
    ];
    const socket = connectRaw(Number(port), host);
    let answered = '';
    socket.setEncoding('latin1').on('data', (text: string) => (answered += text));
    // one after the other on one connection, and the third in two pieces
    for (const [index, request] of requests.entries()) {
      const middle = index === 2 ? request.length - 5 : request.length;
      socket.write(request.slice(0, middle));
      socket.write(request.slice(middle));
      if (index < 3) await expect.poll(() => answered.match(/HTTP\/1\.1 /g)?.length).toBe(index + 1);
    }
    await new Promise((resolve) => socket.once('close', resolve));
    expect([...answered.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
      '200',
      '426',
      '202',
      '404',
    ]);
  });

  it('answers pings of a client by messages, which a page can see', async () => {
    await using relay = await startTestRelay();
    const client = await connect(relay.address, [subprotocol]);
    expect(await client.next()).toMatchObject({ type: 'welcome', answersPings: true });
    client.send({ type: 'ping' });
    expect(await client.next()).toEqual({ type: 'pong' });
    await client.close();
  });

  it('drops a client that answers no ping within 15 s', async () => {
    expect(2 * defaultLimits.pingInterval).toBeLessThan(15_000);
    await using relay = await startTestRelay({ run: untilCancelled });
    const client = await connect(relay.address, [subprotocol], { autoPong: false });
    relay.ping();
    await roundTrip(client);
    relay.ping();
    expect(await client.closed).toBe(1006);
  });

  it('survives bytes that are no WebSocket', async () => {
    await using relay = await startTestRelay();
    const [host = '', port = ''] = relay.authority.split(':');
    const upgrade = `GET /ws/connect HTTP/1.1\r\nHost: ${relay.authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`;
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
    for (const text of ['garbage\r\n\r\n', `${upgrade}\r\n`, `${upgrade}${key}garbage garbage garbage`]) {
      const socket = connectRaw(Number(port), host);
      socket.on('error', () => undefined).resume();
      socket.end(text, 'latin1');
      await new Promise((resolve) => socket.once('close', resolve));
    }
    expect((await fetch(`${relay.address}/api/health`)).status).toBe(200);
  });

  it('answers or closes whatever is sent, and never breaks', async () => {
    await using relay = await startTestRelay({ run: untilCancelled });
    await fc.assert(
      fc.asyncProperty(strangeMessages, fc.constantFrom<string[]>([], [subprotocol]), async (data, protocols) => {
        const client = await connect(relay.address, protocols);
        client.socket.send(data);
        client.socket.send('{"type":"cancel_request","execution_id":"6f1c0c0e-0000-4000-8000-000000000001"}');
        await Promise.race([
          client.closed,
          client.until(({ type }) => type === 'execution_error' || type === 'refused'),
        ]);
        client.socket.terminate();
      }),
      { numRuns: 150 },
    );
    expect((await fetch(`${relay.address}/api/ready`)).status).toBe(200);
    expect(relay.logged()).not.toContain('"level":"error"');
  });

  it('closes all with 1001 when the relay stops', async () => {
    await using relay = await startTestRelay();
    const clients = [await connect(relay.address), await connect(relay.address, [subprotocol])];
    await relay.stop(0);
    for (const client of clients) expect(await client.closed).toBe(closeCodes.goingAway);
  });
});

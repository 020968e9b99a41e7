import { describe, expect, it } from 'vitest';
import { clientLocations } from './client-locations.ts';
import { isLoopback, relayAddress } from './address.ts';
import { parseRunId } from './run-id.ts';

it.each([
  ['localhost:3031', 'ws://localhost:3031/ws/connect'],
  ['relay', 'ws://relay/ws/connect'],
  ['[::1]:80', 'ws://[::1]/ws/connect'],
  ['http://relay:3031', 'ws://relay:3031/ws/connect'],
  ['https://relay.example/', 'wss://relay.example/ws/connect'],
  ['HTTPS://relay.example/base/', 'wss://relay.example/base/ws/connect'],
  ['wss://relay.example/ws/connect', 'wss://relay.example/ws/connect'],
])('%s is the relay at %s', (typed, address) => {
  expect(relayAddress(typed).socket.href).toBe(address);
});

it.each(['', 'ftp://relay', 'http://', 'a b', 'http://u:p@relay', 'relay:1?key=x', 'relay:1#x', 'user@relay:1'])(
  '"%s" is refused',
  (typed) => {
    expect(() => relayAddress(typed)).toThrow();
  },
);

it('knows what does not leave this machine', () => {
  const loopback = ['localhost:1', '127.0.0.1:1', '127.9.9.9', '[::1]:1', '2130706433:1'];
  expect(loopback.map((typed) => isLoopback(relayAddress(typed).http))).toEqual(loopback.map(() => true));
  const far = ['relay:1', '127.0.0.1.example:1', 'localhost.example', '10.0.0.1'];
  expect(far.map((typed) => isLoopback(relayAddress(typed).http))).toEqual(far.map(() => false));
});

const id = '6f1c0c0e-0000-4000-8000-00000000000a';

it.each([id, id.toUpperCase(), id.replaceAll('-', ''), `{${id}}`, `urn:uuid:${id}`])(
  '%s is an id of a run',
  (typed) => {
    expect(parseRunId(typed)).toBe(id);
  },
);

it.each(['', '6f1c0c0e', `${id}0`, id.replace('-', ''), `${id}\n`])('"%s" is none', (typed) => {
  expect(() => parseRunId(typed)).toThrow('Must be a valid UUID');
});

describe('locations for an executor', () => {
  it.each([
    ['./a.csv', 'file:///home/me/a.csv'],
    ['a b%20.csv', 'file:///home/me/a%20b%2520.csv'],
    ['/data/*.csv', 'file:///data/*.csv'],
    ['./folder/', 'file:///home/me/folder/'],
    ['s3://bucket/a.csv', 's3://bucket/a.csv'],
    ['file:///a.csv', 'file:///a.csv'],
  ])('%s becomes %s', (location, address) => {
    const json = `{"sources":[{"location":"${location}"}],"stages":[],"destination":null,"n":9007199254740993}`;
    const changed = clientLocations(json, '/home/me');
    expect(JSON.parse(changed)).toMatchObject({ sources: [{ location: address }], destination: null });
    expect(changed).toContain('9007199254740993');
  });
});

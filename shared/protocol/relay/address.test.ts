import { describe, expect, it } from 'vitest';
import { parseRelayAddress } from './address.ts';

describe('the address of a relay', () => {
  it.each([
    ['localhost:3031', 'http://localhost:3031/', 'ws://localhost:3031/ws/connect'],
    [' 127.0.0.1:80 ', 'http://127.0.0.1/', 'ws://127.0.0.1/ws/connect'],
    ['relay.example', 'http://relay.example/', 'ws://relay.example/ws/connect'],
    ['[::1]:3031', 'http://[::1]:3031/', 'ws://[::1]:3031/ws/connect'],
    ['https://relay.example/sluice', 'https://relay.example/sluice/', 'wss://relay.example/sluice/ws/connect'],
    ['wss://relay.example', 'https://relay.example/', 'wss://relay.example/ws/connect'],
    ['ws://relay.example:3031/ws/connect', 'http://relay.example:3031/', 'ws://relay.example:3031/ws/connect'],
  ])('%s', (text, http, socket) => {
    const address = parseRelayAddress(text);
    expect([address?.http.href, address?.socket.href]).toEqual([http, socket]);
  });

  it.each([
    ...['', '  ', 'a b', 'a%20b', 'http://', ':3031', 'ftp://relay.example', 'http://user:word@relay.example'],
    ...['http://relay.example/?key=secret', 'relay.example#secret'],
  ])('%s is none', (text) => {
    expect(parseRelayAddress(text)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { AllowedHosts } from './allowed-hosts.ts';

describe('allowed names', () => {
  it.each([
    ['db.example.com', 'db.example.com', 80, true],
    ['DB.Example.com', 'db.example.com.', 80, true],
    ['db.example.com:8080', 'db.example.com', 8080, true],
    ['db.example.com:8080', 'db.example.com', 80, false],
    ['*.example.com', 'a.b.example.com', 443, true],
    ['*.example.com', 'example.com', 443, false],
    ['*.example.com', 'badexample.com', 443, false],
    ['*.example.com', 'example.com.evil.test', 443, false],
    ['example.com', 'a.example.com', 443, false],
    ['bücher.example', 'xn--bcher-kva.example', 443, true],
    ['localhost', 'localhost', 1, true],
  ])('%s for %s:%i is %s', (pattern, name, port, allowed) => {
    expect(new AllowedHosts([pattern]).allowsName(name, port)).toBe(allowed);
  });
});

describe('allowed addresses', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', 80, true],
    ['127.0.0.1', '::ffff:127.0.0.1', 80, true],
    ['127.0.0.1', '127.0.0.2', 80, false],
    ['127.0.0.1:8080', '127.0.0.1', 8080, true],
    ['127.0.0.1:8080', '127.0.0.1', 80, false],
    ['10.0.0.0/8', '10.255.0.1', 80, true],
    ['10.0.0.0/8', '11.0.0.1', 80, false],
    ['[::1]', '::1', 80, true],
    ['::1', '0:0:0:0:0:0:0:1', 80, true],
    ['[::1]:81', '::1', 80, false],
    ['fd00::/8', 'fd12::1', 80, true],
    ['[fd00::]/8', 'fc00::1', 80, false],
    ['fe80::/10', 'fe80::1%eth0', 80, true],
    ['db.example.com', '127.0.0.1', 80, false],
  ])('%s for %s, port %i, is %s', (pattern, address, port, allowed) => {
    expect(new AllowedHosts([pattern]).allowsAddress(address, port)).toBe(allowed);
  });
});

it.each([
  ...['', '*', '*.', '**.a', 'a.*.b', 'http://a', 'a/b', 'a:0', 'a:99999', 'a:b', 'u@a', '[::1', '::1]', '[a]'],
  ...['10.0.0.0/33', '::/129', 'a/8', '127.1', '0x7f000001', '10.0.0.0/8:80', 'a b'],
])('%j is no pattern', (pattern) => {
  expect(() => new AllowedHosts([pattern])).toThrow(/names no host/);
});

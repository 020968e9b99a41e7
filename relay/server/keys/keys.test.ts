import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SluiceError } from '../../../shared/errors.ts';
import { testKey } from '../../../tests/relay/start-relay.ts';
import { KeyRing } from './key-ring.ts';
import { readKeysFile, readSecretsFile } from './keys-file.ts';
import { makeKey } from './make-key.ts';
import { presentedKey } from './presented.ts';
import { Throttle } from './throttle.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-keys-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function problem(task: () => unknown): SluiceError {
  try {
    task();
  } catch (thrown) {
    if (thrown instanceof SluiceError) return thrown;
  }
  throw new Error('It did not fail.');
}

describe('a keys file', () => {
  it('takes what `sluice key` makes, and knows the key by its digest', () => {
    const { key, entry } = makeKey('nightly', ['run', 'read'], '2030-01-01T00:00:00.000Z');
    const ring = new KeyRing(readKeysFile(file('made.yml', entry), {}));
    expect(ring.find(Buffer.from(key), Date.parse('2029-12-31'))).toMatchObject({ submitter: { name: 'nightly' } });
    expect(ring.find(Buffer.from(key), Date.parse('2030-01-01'))).toBeUndefined();
    expect(entry).not.toContain(key);
    expect((parse(entry) as { keys: { rights: string[] }[] }).keys[0]?.rights).toEqual(['run', 'read']);
  });

  it('finds secrets where it says they are', () => {
    file('password', 'from a file\n');
    const sha256 = 'a'.repeat(64);
    const secrets = { A: 'in place', B: { environment: 'HERE' }, C: { file: 'password' } };
    const path = file('secrets.json', JSON.stringify({ keys: [{ name: 'k', sha256, secrets, maxQueuedRuns: 0 }] }));
    const [key] = readKeysFile(path, { HERE: 'from outside' });
    expect(key?.submitter).toEqual({
      ...{ name: 'k', maxQueuedRuns: 0, maxConcurrentRuns: undefined },
      secrets: { A: 'in place', B: 'from outside', C: 'from a file' },
    });
    expect([...(key?.rights ?? [])]).toEqual(['run']);
    expect(problem(() => readKeysFile(path, {})).message).toContain('HERE');
    expect(readSecretsFile(file('plain.yml', 'TOKEN: abc\n'), {})).toEqual({ TOKEN: 'abc' });
  });

  it.each([
    ['nothing', ''],
    ['no YAML', '{'],
    ['an alias of nothing', 'keys: *canary-key'],
    ['a quote that is not closed', 'keys: "canary-key'],
    ['a strange escape', 'keys: "\\canary-key"'],
    ['too many aliases', `a: &a [x]\nb: &b [${'*a,'.repeat(200)}]\nc: [${'*b,'.repeat(200)}]\nd: canary-key`],
    ['a list', '[canary-key]'],
    ['a field of a secret', `keys: [{ name: a, sha256: "${'a'.repeat(64)}", secrets: { a: { canary-key } } }]`],
    ['no keys', 'keys: []'],
    ['a key in plain text', 'keys: [{ name: a, key: canary-key }]'],
    ['a digest that is none', 'keys: [{ name: a, sha256: canary-key }]'],
    ['a right that there is not', `keys: [{ name: a, sha256: "${'a'.repeat(64)}", rights: [all] }]`],
    ['a secret with a strange name', `keys: [{ name: a, sha256: "${'a'.repeat(64)}", secrets: { a-b: canary-key } }]`],
  ])('with %s is refused without telling values', (_name, text) => {
    const { code, issue } = problem(() => readKeysFile(file('wrong.yml', text), {}));
    expect(code).toBe('command.usage');
    expect(JSON.stringify(issue)).not.toContain('canary-key');
    expect(issue.hint).toContain('sluice key');
  });

  it('has each name and each key once', () => {
    expect(problem(() => new KeyRing([testKey('a'), testKey('a')])).message).toContain('name a');
    const twice = { ...testKey('a'), submitter: { name: 'b' } };
    expect(problem(() => new KeyRing([testKey('a'), twice])).code).toBe('command.usage');
  });
});

describe('a key', () => {
  it('is known only whole', () => {
    const ring = new KeyRing([testKey('ada'), testKey('eve')]);
    expect(ring.find(Buffer.from('eve-key'), 0)?.submitter.name).toBe('eve');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(ring.find(Buffer.from(text), 0)).toBeUndefined();
      }),
    );
  });

  it('is read from headers as the bytes that came', () => {
    const bytes = Buffer.from('ключ-🔑', 'utf8');
    const rawHeaders = ['X-API-Key', bytes.toString('latin1')];
    expect(Buffer.from(presentedKey({ url: '/', rawHeaders }) ?? []).equals(bytes)).toBe(true);
    const bearer = ['authorization', 'Bearer abc'];
    expect(Buffer.from(presentedKey({ url: '/', rawHeaders: bearer }) ?? []).toString()).toBe('abc');
    expect(presentedKey({ url: '/', rawHeaders: [] })).toBeUndefined();
    for (const name of ['key', 'API_KEY', 'token']) {
      expect(problem(() => presentedKey({ url: `/?x&${name}=abc`, rawHeaders: [] })).code).toBe('key.invalid');
    }
  });
});

describe('the throttle', () => {
  it('remembers no more addresses than it should', () => {
    const throttle = new Throttle({ mostAddresses: 100 });
    for (let address = 0; address < 1000; address++) throttle.failed(`10.0.${address >> 8}.${address & 255}`, address);
    expect(throttle.size).toBe(100);
  });

  it('takes a network of IPv6 addresses for one', () => {
    const throttle = new Throttle({ free: 1 });
    throttle.failed('2001:db8:1:2::1', 0);
    throttle.failed('2001:db8:1:2:ffff:ffff:ffff:ffff', 0);
    expect(throttle.wait('2001:db8:1:2:3::', 0)).toBe(1000);
    expect(throttle.wait('2001:db8:1:3::1', 0)).toBe(0);
    throttle.failed('::ffff:192.0.2.1', 0);
    throttle.failed('192.0.2.1', 0);
    expect(throttle.wait('::ffff:192.0.2.1', 0)).toBe(1000);
  });

  it('waits at most so long, and forgets', () => {
    const throttle = new Throttle();
    for (let guess = 0; guess < 100; guess++) throttle.failed('192.0.2.1', 0);
    expect(throttle.wait('192.0.2.1', 0)).toBe(60_000);
    throttle.failed('192.0.2.1', 16 * 60_000);
    expect(throttle.wait('192.0.2.1', 16 * 60_000)).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../shared/errors.ts';
import { addressBeside, addressOf, basename, normalizePath } from './location.ts';

function codeOf(task: () => unknown): string {
  try {
    task();
  } catch (thrown) {
    if (thrown instanceof SluiceError) return thrown.code;
  }
  return 'nothing thrown';
}

describe('normalizePath', () => {
  it.each([
    ['a/b.csv', 'a/b.csv'],
    ['./a//b.csv', 'a/b.csv'],
    ['/a/b.csv', 'a/b.csv'],
    ['a/../b.csv', 'b.csv'],
    ['a/./c/../../b.csv', 'b.csv'],
    ['größe 1%.csv', 'größe 1%.csv'],
  ])('%s is %s', (location, path) => {
    expect(normalizePath(location)).toBe(path);
  });

  it.each(['../a.csv', 'a/../../b.csv', '', '.', 'a/..', 'folder/', '.sluice/tmp/x', './.sluice/x'])(
    'refuses "%s"',
    (location) => {
      expect(codeOf(() => normalizePath(location))).toBe('file.forbidden');
    },
  );
});

describe('addressOf', () => {
  const origin = 'http://127.0.0.1:3031';

  it('takes addresses of the own origin and leaves paths alone', () => {
    expect(addressOf('http://127.0.0.1:3031/examples/a.csv', origin)?.pathname).toBe('/examples/a.csv');
    expect(addressOf('data/a.csv', origin)).toBeUndefined();
    expect(addressOf('odd:name.csv', origin)).toBeUndefined();
  });

  it.each([
    'https://example.com/a.csv',
    'http://127.0.0.1:3032/a.csv',
    's3://bucket/a.csv',
    'file:///a.csv',
    'http://',
  ])('refuses %s', (location) => {
    expect(codeOf(() => addressOf(location, origin))).toBe('file.forbidden');
  });
});

describe('addressBeside', () => {
  it('keeps characters that mean something in an address', () => {
    const address = addressBeside('data/50% #1?.csv', 'http://127.0.0.1:3031/examples/cities/pipeline.yml');
    expect(address.href).toBe('http://127.0.0.1:3031/examples/cities/data/50%25%20%231%3F.csv');
  });
});

describe('basename', () => {
  it('is the last step', () => {
    expect(basename('a/b/c.csv')).toBe('c.csv');
    expect(basename('c.csv')).toBe('c.csv');
  });
});

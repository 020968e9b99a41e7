import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../shared/errors.ts';
import { addressBeside, addressOf, basename, normalizeFolder, normalizePath } from './location.ts';

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

describe('normalizeFolder', () => {
  it.each([
    ['./a//b/', 'a/b'],
    ['a/*/../b*.csv', 'a/b*.csv'],
    ['./', ''],
  ])('%s is %s', (location, path) => {
    expect(normalizeFolder(location)).toBe(path);
  });

  it.each(['../', 'a/../..', '.sluice/'])('refuses "%s"', (location) => {
    expect(codeOf(() => normalizeFolder(location))).toBe('file.forbidden');
  });
});

describe('addressOf', () => {
  it('takes http addresses and leaves paths alone', () => {
    expect(addressOf('http://127.0.0.1:3031/examples/a.csv')?.pathname).toBe('/examples/a.csv');
    expect(addressOf('HTTPS://example.com/a.csv?x=1')?.href).toBe('https://example.com/a.csv?x=1');
    expect(addressOf('data/a.csv')).toBeUndefined();
    expect(addressOf('odd:name.csv')).toBeUndefined();
  });

  it.each(['s3://bucket/a.csv', 'file:///a.csv', 'http://', 'ftp://example.com/a.csv'])('refuses %s', (location) => {
    expect(codeOf(() => addressOf(location))).toBe('file.forbidden');
  });
});

describe('addressBeside', () => {
  it('keeps characters that mean something in an address', () => {
    const address = addressBeside('data/50% #1?.csv', 'http://127.0.0.1:3031/examples/cities/pipeline.yml');
    expect(address.href).toBe('http://127.0.0.1:3031/examples/cities/data/50%25%20%231%3F.csv');
  });

  it('leaves the = of a partition as it is, which not every server would decode', () => {
    expect(addressBeside('year=2024/a.csv', 'http://127.0.0.1/x/pipeline.yml').pathname).toBe('/x/year=2024/a.csv');
  });
});

describe('basename', () => {
  it('is the last step', () => {
    expect(basename('a/b/c.csv')).toBe('c.csv');
    expect(basename('c.csv')).toBe('c.csv');
  });
});

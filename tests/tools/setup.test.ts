// What `npm start` and `npm test` decide before they do anything: is this Node new enough, are the packages there.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isNodeSupported } from '../../scripts/setup/node.mjs';
import { reasonToInstall } from '../../scripts/setup/packages.mjs';
import { fingerprint } from '../../scripts/setup/stamp.mjs';

describe('the Node it needs', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0'])('%s will do', (version) => {
    expect(isNodeSupported(version)).toBe(true);
  });

  it.each(['18.20.0', '20.18.3', '21.7.0', '22.11.0'])('%s will not', (version) => {
    expect(isNodeSupported(version)).toBe(false);
  });
});

describe('whether packages have to be installed', () => {
  const wanted = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/yaml': { version: '2.9.1' },
      'node_modules/@duckdb/node-bindings-darwin-arm64': { version: '1.5.6-r.1', optional: true },
    },
  };

  it('not when all is there as locked; packages of other platforms may be missing', () => {
    expect(reasonToInstall(wanted, { packages: { 'node_modules/yaml': { version: '2.9.1' } } })).toBeUndefined();
  });

  it.each([
    ['node_modules is missing', undefined],
    ['yaml is missing', { packages: {} }],
    ['yaml is 2.8.0, locked is 2.9.1', { packages: { 'node_modules/yaml': { version: '2.8.0' } } }],
    [
      '@duckdb/node-bindings-darwin-arm64 is 1.4.0, locked is 1.5.6-r.1',
      {
        packages: {
          'node_modules/yaml': { version: '2.9.1' },
          'node_modules/@duckdb/node-bindings-darwin-arm64': { version: '1.4.0' },
        },
      },
    ],
  ])('when %s', (reason, installed) => {
    expect(reasonToInstall(wanted, installed)).toBe(reason);
  });
});

describe('the fingerprint of the sources', () => {
  let folder = '';
  const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sluice-stamp-'));
    write('a.ts', 'one');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('changes with a file’s content, its name, and a new file, and not with a test', () => {
    const first = fingerprint([folder]);
    write('a.test.ts', 'a test');
    expect(fingerprint([folder])).toBe(first);
    write('b.ts', '');
    const second = fingerprint([folder]);
    expect(second).not.toBe(first);
    write('a.ts', 'two');
    expect(fingerprint([folder])).not.toBe(second);
  });

  it('counts a missing place as absent', () => {
    const here = fingerprint([folder]);
    expect(fingerprint([folder, path.join(folder, 'nowhere')])).toBe(here);
  });
});

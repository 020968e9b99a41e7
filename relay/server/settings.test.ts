import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

describe('readSettings', () => {
  it('listens on this machine alone by default', () => {
    expect(readSettings([], {})).toEqual({ host: '127.0.0.1', port: 3031 });
  });

  it('takes the environment, and the command line before it', () => {
    expect(readSettings([], { PORT: '4000', HOST: '::1' })).toEqual({ host: '::1', port: 4000 });
    expect(readSettings(['--port', '0', '--host=localhost'], { PORT: '4000' })).toEqual({ host: 'localhost', port: 0 });
  });

  it.each(['x', '-1', '65536', '3.5'])('refuses the port %s', (port) => {
    expect(() => readSettings([`--port=${port}`], {})).toThrow(`not "${port}"`);
  });

  it('refuses what it does not know', () => {
    expect(() => readSettings(['--prot', '1'], {})).toThrow('--prot');
  });
});

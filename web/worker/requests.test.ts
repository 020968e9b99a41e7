import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../shared/errors.ts';
import { idOf, parseRequest } from './requests.ts';

describe('parseRequest', () => {
  it.each([
    { id: 1, call: 'open', input: {} },
    { id: 2, call: 'open', input: { memoryLimit: '1GB' } },
    { id: 3, call: 'run', input: { text: 'x', parameters: { month: 'jan' } } },
    { id: 4, call: 'cancel', input: null },
    { id: 5, call: 'rows', input: { relation: { kind: 'stage', name: 's' }, offset: 0, limit: 10 } },
    { id: 5, call: 'exportRows', input: { relation: { kind: 'table', name: 't' }, format: 'arrow' } },
    { id: 5, call: 'abandon', input: { call: 4 } },
    { id: 6, call: 'removeFile', input: { path: 'a', kind: 'stored' } },
  ])('takes %o', (message) => {
    expect(parseRequest(message)).toEqual(message);
  });

  it('keeps the very file that was added', () => {
    const file = new File(['x'], 'a.csv');
    const request = parseRequest({ id: 1, call: 'addFiles', input: [{ path: 'a.csv', file }] });
    expect(request.call === 'addFiles' && request.input[0]?.file).toBe(file);
  });

  it.each([
    null,
    'run',
    { id: 1, call: 'format the disk', input: null },
    { id: '1', call: 'cancel', input: null },
    { id: 1, call: 'run', input: { text: 1, parameters: {} } },
    { id: 1, call: 'rows', input: { relation: { kind: 'stage', name: 's' }, offset: -1, limit: 10 } },
    { id: 1, call: 'addFiles', input: [{ path: 'a', file: 'not a file' }] },
  ])('refuses %o', (message) => {
    expect(() => parseRequest(message)).toThrow(SluiceError);
  });
});

describe('idOf', () => {
  it('finds the number to answer to', () => {
    expect(idOf({ id: 7, call: 'nonsense' })).toBe(7);
    expect(idOf({ call: 'cancel' })).toBeUndefined();
    expect(idOf('cancel')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../errors.ts';
import { firstRecord } from './header.ts';

const dialect = { delimiter: ',', quote: '"', has_header: true, null_value: '', max_line_size: 1024 };

async function* inPieces(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let start = 0; start < bytes.length; start += size)
    yield await Promise.resolve(bytes.subarray(start, start + size));
}

const read = (text: string | Uint8Array, more = {}, size = 1000) =>
  firstRecord(inPieces(text, size), { ...dialect, ...more }, 'a.csv');

describe('the first record', () => {
  it.each([
    ['a,b\n1,2\n', ['a', 'b'], '\n', true],
    ['a,b', ['a', 'b'], undefined, false],
    ['a,b\r\n\r\n', ['a', 'b'], '\r\n', false],
    ['a,b\r1,2\r', ['a', 'b'], '\r', true],
    ['a,b\r', ['a', 'b'], '\r', false],
    ['\uFEFFa,b\n', ['a', 'b'], '\n', false],
    ['"a,1","b\n2","c""3"\r\nx', ['a,1', 'b\n2', 'c"3'], '\r\n', true],
    ['a,,\n', ['a', '', ''], '\n', false],
    ['\na\n', [''], '\n', true],
    ['a"b,c\nx', ['a"b', 'c'], '\n', true],
  ])('%j', async (text, values, newline, more) => {
    for (const size of [1, 2, 1000]) expect(await read(text, {}, size)).toEqual({ values, newline, more });
  });

  it('has other marks by choice', async () => {
    expect(await read(`'a;1';b\n`, { delimiter: ';', quote: "'", escape: "'" })).toMatchObject({
      values: ['a;1', 'b'],
    });
    expect(await read(`'a''1',b\n`, { quote: "'" })).toMatchObject({ values: [`a'1`, 'b'] });
    expect(await read('"a\\"b",c\n', { escape: '\\' })).toMatchObject({ values: ['a"b', 'c'] });
    expect(await read('"a","b\n', { quote: '', escape: '' })).toMatchObject({ values: ['"a"', '"b'] });
    expect(await read('é→b\n', { delimiter: '→' }, 1)).toMatchObject({ values: ['é', 'b'] });
  });

  it('is missing in an empty file', async () => {
    expect(await read('')).toBeUndefined();
  });

  it.each([
    ['"a"b,c\n1,2\n', 'Line 1 of a.csv has text behind the quote that ends a value.'],
    ['"a" b,c\n1,2\n', 'Line 1 of a.csv has text behind the quote that ends a value.'],
    ['"a,b\n1,2\n', 'Line 1 of a.csv has a quoted value without an end.'],
    [new Uint8Array([97, 0xff, 10]), 'Line 1 of a.csv or one soon after is not UTF-8 text.'],
    ['x'.repeat(3_000_000), 'Line 1 of a.csv is longer than the 1024 bytes that a line may have.'],
  ])('refuses %#', async (text, message) => {
    const thrown: unknown = await read(text, {}, 100_000).catch((reason: unknown) => reason);
    expect(thrown instanceof SluiceError && [thrown.code, thrown.message]).toEqual(['file.corrupt', message]);
  });
});

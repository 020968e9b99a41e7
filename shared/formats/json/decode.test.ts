import { describe, expect, it } from 'vitest';
import type { Column, OpenFile } from '../../platform.ts';
import { rowsOf } from '../../values/codec.ts';
import { scanJson } from './decode.ts';

/** A file whose stream breaks its bytes into pieces of the given size. */
function fileOf(text: string | Uint8Array, piece = 7): OpenFile {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return {
    location: 'x.json',
    size: bytes.length,
    engineName: 'x.json',
    read: (start, end) => Promise.resolve(bytes.slice(start, end)),
    async *stream() {
      for (let start = 0; start < bytes.length; start += piece)
        yield await Promise.resolve(bytes.slice(start, start + piece));
    },
    close: () => Promise.resolve(),
  };
}

async function decode(text: string | Uint8Array, columns: readonly Column[]): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  const scan = scanJson(
    { files: [fileOf(text)], partitions: [] },
    { layout: 'lines', compression: 'none' },
    { columns, closed: false },
    () => undefined,
  );
  for await (const batch of scan(
    columns.map(({ name }) => name),
    undefined,
  ))
    rows.push(...rowsOf(batch, columns));
  return rows;
}

describe('scanJson', () => {
  it('decodes nested values across piece borders', async () => {
    const columns = [
      { name: 'a', type: 'BIGINT' },
      { name: 's', type: 'STRUCT(x DOUBLE, l VARCHAR[])' },
    ];
    const text = '{"a":9007199254740993,"s":{"x":1.5,"l":["é",null]}}\n\n{"s":null}\nnull\n{"a":1,"s":{"l":[]}}';
    expect(await decode(text, columns)).toEqual([
      ['9007199254740993', { x: 1.5, l: ['é', null] }],
      [null, null],
      [null, null],
      ['1', { x: null, l: [] }],
    ]);
  });

  it('makes several batches and loses no row between them', async () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `{"a":${index}}`).join('\n');
    const rows = await decode(text, [{ name: 'a', type: 'BIGINT' }]);
    expect(rows.length).toBe(20_000);
    expect([rows[0], rows[8191], rows[8192], rows.at(-1)]).toEqual([['0'], ['8191'], ['8192'], ['19999']]);
  });

  it.each([
    ['a cut line', '{"a":1}\n{"a":', /Line 2 of x\.json is not valid JSON/],
    ['a line that is no object', '{"a":1}\n[1]', /Line 2 of x\.json holds a list/],
    [
      'a fraction in an integer column',
      '{"a":1}\n\n{"a":2.5}',
      /Line 3 of x\.json has a key a that holds 2\.5 where a 64-bit integer belongs/,
    ],
    ['half a surrogate pair', '{"t":"\\ud800"}', /half of a surrogate pair/],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), /not UTF-8/],
  ])('refuses %s, naming the line', async (_name, text, message) => {
    const columns = [
      { name: 'a', type: 'BIGINT' },
      { name: 't', type: 'VARCHAR' },
    ];
    await expect(decode(text, columns)).rejects.toMatchObject({
      code: 'file.corrupt',
      message: expect.stringMatching(message) as string,
    });
  });
});

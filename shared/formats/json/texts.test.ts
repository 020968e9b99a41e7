import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../errors.ts';
import { recordOf } from './record.ts';
import { textsOf } from './texts.ts';

async function* inPieces(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let start = 0; start < bytes.length; start += size)
    yield await Promise.resolve(bytes.slice(start, start + size));
}

type Options = { layout?: 'auto' | 'lines' | 'array'; size?: number };

async function read(text: string | Uint8Array, { layout = 'auto', size = 1000 }: Options = {}): Promise<unknown[]> {
  const records: unknown[] = [];
  for await (const texts of textsOf(inPieces(text, size), 'a.json', layout)) {
    for (const each of texts) records.push([each.line, recordOf(each, 'a.json')]);
  }
  return records;
}

const messageOf = async (text: string | Uint8Array, options: Options = {}): Promise<string> => {
  const thrown: unknown = await read(text, options).catch((reason: unknown) => reason);
  return thrown instanceof SluiceError && thrown.code === 'file.corrupt' ? thrown.message : 'no error';
};

const sizes = [1, 2, 3, 7, 1000];

describe('lines', () => {
  it('are records, but for blank ones', async () => {
    for (const size of sizes) {
      expect(await read('\n{"a":"é\\n"}\r\n \n{"b":{"c":[1,2]}}', { size })).toEqual([
        [2, new Map([['a', 'é\n']])],
        [4, new Map([['b', new Map([['c', [1, 2]]])]])],
      ]);
    }
    expect(await read('')).toEqual([]);
    expect(await read(' \n\n')).toEqual([]);
  });

  it.each([
    ['{"a":1}\n{"a":', 'Line 2 of a.json is not valid JSON: '],
    ['{"a":1}\n7\n', 'Line 2 of a.json holds a number where an object belongs.'],
    ['{"a":1}\n[1]\n', 'Line 2 of a.json holds a list where an object belongs.'],
    ['{"a":1}{"a":2}\n', 'Line 1 of a.json is not valid JSON: '],
    ['{"a":1}\n\uFEFF{"a":2}\n', 'Line 2 of a.json is not valid JSON: '],
  ])('refused: %j', async (text, message) => {
    expect(await messageOf(text)).toContain(message);
  });

  it('may begin with a byte order mark', async () => {
    for (const size of sizes) expect(await read('\uFEFF{"a":1}\n', { size })).toEqual([[1, new Map([['a', 1]])]]);
  });

  it('are no list where lines are declared', async () => {
    expect(await messageOf('[{"a":1}]', { layout: 'lines' })).toBe(
      'Line 1 of a.json holds a list where an object belongs.',
    );
  });
});

describe('a list', () => {
  it('gives its elements, however it comes in pieces', async () => {
    const text = ' [ {"a": "],}\\"[{"},\n\n{"b":\n[{"c":[]}, 1]}\n,null , {}\n]\r\n';
    const expected = [
      [1, new Map([['a', '],}"[{']])],
      [3, new Map([['b', [new Map([['c', []]]), 1]]])],
      [5, null],
      [5, new Map()],
    ];
    for (const size of sizes) expect(await read(text, { size })).toEqual(expected);
  });

  it('may be empty', async () => {
    expect(await read('[]')).toEqual([]);
    expect(await read('[\n ]\n')).toEqual([]);
  });

  it.each([
    ['[{"a":1},\n{"a":2}', 'Line 2 of a.json is the last one, but the list does not end.'],
    ['[{"a":1},\n{"a":', 'Line 2 of a.json is the last one, but the list does not end.'],
    ['[', 'Line 1 of a.json is the last one, but the list does not end.'],
    ['[{"a":1},]', 'Line 1 of a.json lacks a value beside a comma.'],
    ['[,{"a":1}]', 'Line 1 of a.json lacks a value beside a comma.'],
    ['[{"a":1}]\n{"a":2}', 'Line 2 of a.json goes on after the end of the list.'],
    ['[{"a":1}\n{"a":2}]', 'Line 1 of a.json is not valid JSON: '],
    ['[{"a":1},\n 7,{}]', 'Line 2 of a.json holds a number where an object belongs.'],
    ['[1,2]', 'Line 1 of a.json holds a number where an object belongs.'],
    ['["x"]', 'Line 1 of a.json holds a string where an object belongs.'],
    ['[{"a":1]}]', 'Line 1 of a.json is not valid JSON: '],
  ])('refused: %j', async (text, message) => {
    for (const size of sizes) expect(await messageOf(text, { size })).toContain(message);
  });

  it('is no line where a list is declared', async () => {
    expect(await messageOf('{"a":1}\n', { layout: 'array' })).toBe('Line 1 of a.json does not begin a list.');
  });
});

it('bytes that are not UTF-8 are told with their line', async () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('{"a":1}\n{"a":"'), 0xff]);
  expect(await messageOf(bytes, { size: 8 })).toBe('Line 2 of a.json or one soon after is not UTF-8 text.');
});

it('a text without an end is refused before all of it is held', async () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    const piece = new TextEncoder().encode('x'.repeat(1024 * 1024));
    yield await Promise.resolve(new TextEncoder().encode('[{"a":"'));
    for (;;) yield await Promise.resolve(piece);
  }
  const work = async (): Promise<void> => {
    for await (const texts of textsOf(endless(), 'a.json', 'auto')) expect(texts).toEqual([]);
  };
  const thrown: unknown = await work().catch((reason: unknown) => reason);
  expect(thrown instanceof SluiceError && thrown.message).toBe('Line 1 of a.json begins a value of more than 16 MB.');
});

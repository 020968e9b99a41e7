import { Float64, Int32, Int64, Table, TimestampMicrosecond, Utf8, vectorFromArray, type DataType } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { chooseEncodings, distinctIn } from './encodings.ts';

const rows = 20_000;
const groupRows = 122_880;

/** Whole numbers below `limit` without a pattern, the same in every run (Park and Miller's generator). */
function scattered(limit: number): number[] {
  let state = 12345;
  return Array.from({ length: rows }, () => {
    state = (state * 48271) % 2147483647;
    return Math.floor((state / 2147483647) * limit);
  });
}

/** `dictionary` or `-`, then the other encoding. */
function chosen(type: DataType, values: readonly unknown[]): string {
  const table = new Table({ c: vectorFromArray(values as never[], type) });
  const [found] = chooseEncodings(table.batches, groupRows);
  return found ? `${found.dictionary ? 'dictionary' : '-'} ${found.encoding}` : 'none';
}

const ascending = Array.from({ length: rows }, (_, row) => row);

describe('chooseEncodings', () => {
  it.each<[string, DataType, readonly unknown[], string]>([
    ['numbers in sequence', new Int64(), ascending.map(BigInt), '- delta'],
    [
      'times in order',
      new TimestampMicrosecond(),
      ascending.map((row) => 1.6e12 + row * 60_000 + (row % 7)),
      '- delta',
    ],
    ['times without order', new TimestampMicrosecond(), scattered(1e8).map((second) => second * 1000), '- plain'],
    ['few numbers', new Int32(), scattered(20), 'dictionary delta'],
    ['some thousand numbers', new Int32(), scattered(5000), '- delta'],
    ['any numbers', new Int32(), scattered(2 ** 31), '- plain'],
    ['prices', new Float64(), scattered(300).map((cents) => cents / 100), 'dictionary split'],
    ['measurements', new Float64(), scattered(2 ** 31).map((value) => value / 7), '- split'],
    ['few texts', new Utf8(), scattered(300).map((number) => `product ${number}`), 'dictionary plain'],
    ['texts that never repeat', new Utf8(), ascending.map((row) => `reference ${row * 7919}`), '- plain'],
    ['one value', new Int32(), ascending.map(() => 7), '- delta'],
    ['NULL only', new Int32(), ascending.map(() => null), '- delta'],
    ['nothing', new Int32(), [], '- delta'],
  ])('%s', (_, type, values, expected) => {
    expect(chosen(type, values)).toBe(expected);
  });
});

describe('distinctIn', () => {
  it('tells from a sample how many values a row group has', () => {
    expect(distinctIn(scattered(5000), groupRows)).toBeGreaterThan(4800);
    expect(distinctIn(scattered(5000), groupRows)).toBeLessThan(5200);
    expect(distinctIn(ascending, groupRows)).toBe(groupRows);
    expect(distinctIn([1, 1, 1, 1], groupRows)).toBeLessThan(2);
  });
});

import type { RowGroup, SchemaElement } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../shared/platform.ts';
import type { ParquetColumn } from './footer.ts';
import { isSelective, mayHold } from './prune.ts';
import type { Statistics } from './statistics.ts';

const group = { num_rows: 100n } as RowGroup;

function bytes(kind: 'i32' | 'i64' | 'f32' | 'f64' | 'text' | 'be', value: number | bigint | string): Uint8Array {
  if (kind === 'text') return new TextEncoder().encode(String(value));
  if (kind === 'be') return new Uint8Array([Number(value) >> 8, Number(value) & 255]);
  const view = new DataView(new ArrayBuffer(kind.endsWith('64') ? 8 : 4));
  if (kind === 'i32') view.setInt32(0, Number(value), true);
  if (kind === 'i64') view.setBigInt64(0, BigInt(value), true);
  if (kind === 'f32') view.setFloat32(0, Number(value), true);
  if (kind === 'f64') view.setFloat64(0, Number(value), true);
  return new Uint8Array(view.buffer);
}

const elements: Readonly<Record<string, [Parameters<typeof bytes>[0], Partial<SchemaElement>]>> = {
  INTEGER: ['i32', { type: 'INT32' }],
  BIGINT: ['i64', { type: 'INT64' }],
  UBIGINT: ['i64', { type: 'INT64', converted_type: 'UINT_64' }],
  FLOAT: ['f32', { type: 'FLOAT' }],
  DOUBLE: ['f64', { type: 'DOUBLE' }],
  VARCHAR: ['text', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }],
  BLOB: ['text', { type: 'BYTE_ARRAY' }],
  DATE: ['i32', { type: 'INT32', converted_type: 'DATE' }],
  TIMESTAMP: ['i64', { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }],
  TIMESTAMP_MS: ['i64', { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' } }],
  'DECIMAL(10,2)': ['i64', { type: 'INT64', converted_type: 'DECIMAL', precision: 10, scale: 2 }],
  'DECIMAL(4,2)': ['be', { type: 'FIXED_LEN_BYTE_ARRAY', logical_type: { type: 'DECIMAL', precision: 4, scale: 2 } }],
  TIME: ['i64', { type: 'INT64', converted_type: 'TIME_MICROS' }],
};

/** Whether a group whose column `c` has these bounds may hold rows that meet all conditions, as `operator value [type]`. */
function holds(
  type: string,
  [min, max]: [number | bigint | string, number | bigint | string],
  ...texts: string[]
): boolean {
  const [kind, element] = elements[type] ?? ['i32', {}];
  const column = {
    name: 'c',
    firstLeaf: 0,
    leaves: 1,
    elements: [{ name: 'c', ...element }],
  } as unknown as ParquetColumn;
  const statistics: Statistics = { min: bytes(kind, min), max: bytes(kind, max), nulls: 3 };
  const list = texts.map((text): Condition => {
    const [, operator = '', value = '', cast] = /^(\S+) (.*?)(?: as (.+))?$/.exec(text) ?? [];
    return { column: 'c', type: cast ?? type, operator: operator as '=', value };
  });
  return mayHold([list], group, [statistics], [column]);
}

describe('mayHold', () => {
  it.each<[string, [number | bigint | string, number | bigint | string], string[], boolean]>([
    ['INTEGER', [5, 9], ['= 4'], false],
    ['INTEGER', [5, 9], ['= 5'], true],
    ['INTEGER', [5, 9], ['> 9'], false],
    ['INTEGER', [5, 9], ['>= 9'], true],
    ['INTEGER', [5, 9], ['< 5'], false],
    ['INTEGER', [5, 9], ['<= 5'], true],
    ['INTEGER', [-5, -1], ['> -2'], true],
    ['INTEGER', [5, 9], ['> 8.5 as DECIMAL(11,1)'], true],
    ['INTEGER', [5, 9], ['> 9.5 as DECIMAL(11,1)'], false],
    ['INTEGER', [5, 9], ['> 9.5 as DOUBLE'], false],
    ['INTEGER', [5, 9], ['> 9 as BIGINT'], false],
    ['INTEGER', [5, 9], ['= 100 as VARCHAR'], true],
    ['BIGINT', [0, 2n ** 62n], ['> 4611686018427387904'], false],
    ['BIGINT', [0, 2n ** 62n], ['> 4611686018427387903'], true],
    ['BIGINT', [0, 2n ** 53n + 1n], ['> 9007199254740992 as DOUBLE'], true],
    ['UBIGINT', [1n, -1n], ['> 18446744073709551614'], true],
    ['UBIGINT', [1n, -1n], ['< 1'], false],
    ['DOUBLE', [1, 2], ['< 1'], false],
    ['DOUBLE', [1, 2], ['> 2'], true], // NaN is greater, and statistics leave it out
    ['DOUBLE', [1, 2], ['> 2', '< 5'], false],
    ['DOUBLE', [1, 2], ['> 2', '< nan'], true],
    ['DOUBLE', [1, 2], ['= 3'], false],
    ['DOUBLE', [1, 2], ['= nan'], true],
    ['DOUBLE', [NaN, 2], ['< 0'], true],
    ['FLOAT', [0.1, 0.1], ['= 0.1'], true],
    ['FLOAT', [0.1, 0.1], ['= 0.1 as DOUBLE'], false],
    ['VARCHAR', ['b', 'd'], ['= c'], true],
    ['VARCHAR', ['b', 'd'], ['= a'], false],
    ['VARCHAR', ['b', 'd'], ['> d'], false],
    ['VARCHAR', ['b', 'd'], ['>= d'], true],
    ['VARCHAR', ['b', 'd'], ['> da'], false],
    ['VARCHAR', ['Z', 'z'], ['= ä'], false],
    ['BLOB', ['b', 'd'], ['= a'], true],
    ['DATE', [19723, 19730], ['< 2024-01-01'], false],
    ['DATE', [19723, 19730], ['<= 2024-01-01 00:00:00 as TIMESTAMP'], true],
    ['DATE', [19723, 19730], ['> 0044-03-15 (BC)'], true],
    ['TIMESTAMP', [1_704_067_200_000_000n, 1_704_067_200_500_000n], ['> 2024-01-01 00:00:00.5'], false],
    ['TIMESTAMP', [1_704_067_200_000_000n, 1_704_067_200_500_000n], ['> 2024-01-01 00:00:00.499999'], true],
    [
      'TIMESTAMP',
      [1_704_067_200_000_000n, 1_704_067_200_500_000n],
      ['< 2024-01-01 00:00:00+00 as TIMESTAMP WITH TIME ZONE'],
      false,
    ],
    // A cast to a coarser type takes a bound down to a day or a millisecond.
    ['TIMESTAMP', [1_704_067_200_000_001n, 1_704_067_200_000_002n], ['<= 2024-01-01 as DATE'], true],
    ['TIMESTAMP', [1_704_067_200_000_001n, 1_704_067_200_000_002n], ['= 2024-01-01 as DATE'], true],
    ['TIMESTAMP', [1_704_067_200_000_001n, 1_704_067_200_000_002n], ['= 2024-01-01 00:00:00 as TIMESTAMP_MS'], true],
    ['TIMESTAMP', [1_704_067_200_000_001n, 1_704_067_200_000_002n], ['< 2024-01-01 as DATE'], false],
    ['TIMESTAMP', [0n, 1n], ['= infinity'], true],
    ['TIMESTAMP_MS', [1_704_067_200_000n, 1_704_067_200_500n], ['> 2024-01-01 00:00:00.5 as TIMESTAMP'], false],
    ['DECIMAL(10,2)', [-100, 250], ['> 2.50'], false],
    ['DECIMAL(10,2)', [-100, 250], ['> 2.499 as DECIMAL(11,3)'], true],
    ['DECIMAL(10,2)', [-100, 250], ['< -1.00'], false],
    ['DECIMAL(10,2)', [-100, 250], ['> 2.5 as DECIMAL(10,1)'], true],
    ['DECIMAL(4,2)', [258, 259], ['= 2.57'], false],
    ['DECIMAL(4,2)', [258, 259], ['= 2.58'], true],
    ['TIME', [5, 9], ['> 10:00:00'], true],
    ['INTEGER', [9, 5], ['= 100'], true], // bounds that cannot be right
  ])('%s in %o, %o: %s', (type, range, conditions, expected) => {
    expect(holds(type, range, ...conditions)).toBe(expected);
  });

  it.each<[number | undefined, Condition['operator'], boolean]>([
    [0, 'is null', false],
    [1, 'is null', true],
    [undefined, 'is null', true],
    [100, 'is not null', false],
    [99, 'is not null', true],
    [undefined, 'is not null', true],
    [100, '=', false],
  ])('with %s NULL of 100, %s: %s', (nulls, operator, expected) => {
    const elements = [{ name: 'c', type: 'INT32' }];
    const column = { name: 'c', firstLeaf: 0, leaves: 1, elements } as unknown as ParquetColumn;
    const condition: Condition = { column: 'c', type: 'INTEGER', operator, value: '5' };
    const statistics = nulls === undefined ? {} : { nulls };
    expect(mayHold([[condition]], group, [statistics], [column])).toBe(expected);
  });
});

describe('isSelective', () => {
  it('says whether every list asks for something', () => {
    const condition: Condition = { column: 'c', type: 'INTEGER', operator: '=', value: '5' };
    expect([[], [[]], [[condition], []], [[condition]]].map(isSelective)).toEqual([false, false, false, true]);
  });
});

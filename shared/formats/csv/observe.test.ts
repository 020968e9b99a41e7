import { describe, expect, it } from 'vitest';
import { typeOf, widen, type ColumnShape } from './observe.ts';

const shapeOf = (...values: (string | null)[]): ColumnShape =>
  values.reduce<ColumnShape>((shape, value) => widen(shape, value), { kind: 'unknown' });
const type = (...values: (string | null)[]): string => typeOf(shapeOf(...values));

describe('one form', () => {
  it.each([
    ['BIGINT', '0', '-1', '9223372036854775807', '-9223372036854775808'],
    ['DOUBLE', '1.5', '.5', '1.', '1e5', '-2.5E-3'],
    ['BOOLEAN', 'true', 'False', 'TRUE'],
    ['DATE', '2024-01-31', '0001-01-01', '2024-02-29'],
    ['TIMESTAMP', '2024-01-31 10:00:00', '2024-01-31T10:00:00.25', '2024-01-31T10:00:00.123456000'],
    ['TIMESTAMP_NS', '2024-01-31T10:00:00.123456789'],
    ['VARCHAR', 'x', '+5', ' 1', '1 ', '1,5', '1_000', 't', 'yes', '-', '.', '', 'NaN', '10:00:00', '2024-01-31 10:00'],
    ['VARCHAR', '0x10', '1e', '--1', '٣'],
  ])('%s', (expected, ...values) => {
    for (const value of values) expect([value, type(value)]).toEqual([value, expected]);
  });

  it('of 0 and 1 is a number, and no values are text', () => {
    expect(type('0', '1')).toBe('BIGINT');
    expect(type(null, null)).toBe('VARCHAR');
    expect(type(null, '1', null)).toBe('BIGINT');
  });
});

describe('several forms', () => {
  it('widen within numbers and within times, and are text otherwise', () => {
    expect(type('1', '1.5')).toBe('DOUBLE');
    expect(type('2024-01-31', '2024-01-31 10:00:00')).toBe('TIMESTAMP');
    expect(type('2024-01-31', '2024-01-31T10:00:00.123456789')).toBe('TIMESTAMP_NS');
    expect(type('1', 'true')).toBe('VARCHAR');
    expect(type('1', '2024-01-31')).toBe('VARCHAR');
    expect(type('true', 'x', 'false')).toBe('VARCHAR');
  });

  it('with an offset are times of UTC', () => {
    expect(type('2024-01-31T10:00:00Z', '2024-01-31 10:00:00', '2024-01-31T10:00:00+02:00')).toBe('TIMESTAMP');
  });

  it('are numbers only where each is exact', () => {
    expect(type('9007199254740992', '1.5')).toBe('DOUBLE');
    expect(shapeOf('9007199254740993', '1.5')).toEqual({
      kind: 'text',
      reason: 'numbers with more digits than a DOUBLE holds',
    });
    expect(type('9007199254740993', '1')).toBe('BIGINT');
  });
});

describe('what stays text although it looks like something else', () => {
  it.each([
    [['007'], 'numbers with leading zeros'],
    [['1', '007', '2.5'], 'numbers with leading zeros'],
    [['007', '1'], 'numbers with leading zeros'],
    [['9223372036854775808', '1'], 'whole numbers of more than 64 bits'],
    [['007.5'], 'numbers with leading zeros'],
    [['0.1234567890123456789'], 'numbers with more digits than a DOUBLE holds'],
    [['1e400'], 'numbers with more digits than a DOUBLE holds'],
    [['31/01/2024', '1/2/2024'], 'dates in another form than 2024-01-31'],
    [['31.1.2024 10:00'], 'dates in another form than 2024-01-31'],
    [['2024/01/31'], 'dates in another form than 2024-01-31'],
    [['2024-01-31', '2024-02-30'], 'dates that no calendar has'],
    [['2024-02-30 10:00:00'], 'dates that no calendar has'],
    [['2024-01-31T10:00:00.123456789Z'], 'times of day with more than six decimals and an offset'],
  ])('%j', (values, reason) => {
    expect(shapeOf(...values)).toEqual({ kind: 'text', reason });
  });

  it('gives no reason where a real text is among them', () => {
    for (const values of [
      ['007', 'x'],
      ['x', '007'],
      ['007', '2024-01-31'],
      ['007', '31/01/2024'],
      ['007', 'x', '008'],
    ]) {
      expect(shapeOf(...values)).toEqual({ kind: 'text' });
    }
  });
});

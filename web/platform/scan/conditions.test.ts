import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../shared/platform.ts';
import { conditionsOf } from './conditions.ts';

const columns = [
  { name: 'a', type: 'INTEGER' },
  { name: 'a b', type: 'VARCHAR' },
  { name: 'b > 5', type: 'BOOLEAN' },
  { name: 't', type: 'TIMESTAMP_MS' },
];

/** `a = 5 & t < x | …`: lists by `|`, conditions by `&`. */
function read(...lines: string[]): string {
  const print = ({ column, type, operator, value }: Condition): string =>
    `${column}${columns.some((each) => each.name === column && each.type === type) ? '' : `::${type}`} ${operator} ${value}`;
  return conditionsOf(lines, columns, '§')
    .map((list) => list.map(print).join(' & '))
    .join(' | ');
}

describe('conditionsOf', () => {
  it.each<[string[], string]>([
    [['(a§ > 5)'], 'a > 5'],
    [['(a§ = -3)', "(a b§ <= 'it''s')"], "a = -3 & a b <= it's"],
    [['(a§ BETWEEN 1 AND 9)'], 'a >= 1 & a <= 9'],
    [["(t§ BETWEEN '2024-01-01 00:00:00'::TIMESTAMP_MS AND 'x'::TIMESTAMP_MS)"], 't >= 2024-01-01 00:00:00 & t <= x'],
    [["(CAST(t§ AS TIMESTAMP) < '2024-01-01'::TIMESTAMP)"], 't::TIMESTAMP < 2024-01-01'],
    [['(CAST(a§ AS DECIMAL(11,1)) > 1.5)'], 'a::DECIMAL(11,1) > 1.5'],
    [['(CAST(a§ AS DOUBLE) < 1e+30)'], 'a::DOUBLE < 1e+30'],
    [['(a§ IS NULL)'], 'a is null '],
    [['(a b§ IS NOT NULL)'], 'a b is not null '],
    [['(a§ IS NOT DISTINCT FROM 5)'], 'a = 5'],
    [['b > 5§'], 'b > 5 = true'],
    [['(NOT b > 5§)'], 'b > 5 = false'],
    [["((a b§ = 'x') OR (a b§ = 'y'))"], 'a b = x | a b = y'],
    [['((a§ > 5) OR (a§ IS NULL))', "(a b§ = 'x')"], 'a > 5 & a b = x | a is null  & a b = x'],
    [["((a§ > 5) AND (a b§ = 'x'))"], 'a > 5 & a b = x'],
    [["(((a§ > 5) AND (a§ < 9)) OR (a b§ = ') OR ('))"], 'a > 5 & a < 9 | a b = ) OR ('],
  ])('reads %j', (lines, expected) => {
    expect(read(...lines)).toBe(expected);
  });

  it.each<[string[]]>([
    [['(a§ != 5)']],
    [['(a > 5)']],
    [['(a§ > CAST(t§ AS INTEGER))']],
    [['((a§ > 5) OR (random() < 2.0))']],
    [['IN (...)']],
    [["prefix(a b§, 'abc')"]],
    [['(a§ > 5) AND']],
    [['(a§ > 5 + 1)']],
    [["(a§ > '5'::ENUM('a'))"]],
    [['']],
  ])('passes over %j', (lines) => {
    expect(read(...lines)).toBe('');
  });

  it('keeps what it knows beside what it does not', () => {
    expect(read('(random() < 2.0)', '(a§ > 5)', 'IN (...)')).toBe('a > 5');
  });

  it('trusts no line where a text was torn apart', () => {
    expect(read("(a b§ = 'x", '(a§ > 5)', "y')")).toBe('');
  });

  it('does not let alternatives multiply without end', () => {
    const many = `(${Array.from({ length: 40 }, (_, index) => `(a§ = ${index})`).join(' OR ')})`;
    expect(conditionsOf([many, many], columns, '§')).toHaveLength(40);
  });
});

import { describe, expect, it } from 'vitest';
import { load, type Loaded } from './load.ts';

const told = ({ issues }: Loaded): string[] =>
  issues.map(({ severity, code, place, message }) => `${severity} ${code} ${place?.line}:${place?.column} ${message}`);
const withSource = (source: string): Loaded => load(`sources: [${source}]\nstages: []`, {});
const withStage = (stage: string): Loaded => load(`sources: []\nstages: [[{name: a, query: q, ${stage}}]]`, {});

describe('what Aqueducts does not have', () => {
  it('inline rows are given in one of two ways', () => {
    expect(told(withSource('{type: inline, name: a, csv: "x,y\\n1,2"}'))).toEqual([]);
    const wrong = expect.stringMatching(/^error document\.invalid 1:11 Item 1 of `sources` must have either/) as string;
    expect(told(withSource('{type: inline, name: a}'))).toEqual([wrong]);
    expect(told(withSource('{type: inline, name: a, rows: [], csv: ""}'))).toEqual([wrong]);
    expect(told(withSource('{type: inline, name: a, rows: [1]}'))).toEqual([
      expect.stringMatching(/^error document\.invalid 1:42 Item 1 of `rows` must be a map of values/),
    ]);
  });

  it('checks are judged by their type', () => {
    const problems = (check: string): string[] =>
      told(withStage(`checks: [${check}]`)).map((line) => line.replace(/^.*?:\d+ /, ''));
    expect(problems('{type: range, column: a}')).toEqual(['Item 1 of `checks` must have `min`, `max` or both.']);
    expect(problems('{type: range, column: a, min: 2024-01-01, max: 5}')).toEqual([]);
    expect(problems('{type: row_count, min: -1}')).toEqual(['`min` must be a whole number of 0 or more.']);
    expect(problems('{type: accepted_values, column: a, values: [x, 1, true]}')).toEqual([]);
    expect(problems('{type: accepted_values, column: a, values: []}')).toEqual([
      '`values` must have at least one value.',
    ]);
    expect(problems('{type: regex, column: a, pattern: "^x$", samples: 101}')).toEqual([
      '`samples` must be 100 or less.',
    ]);
    expect(problems('{type: expression, expression: a > b, severity: fatal}')).toEqual([
      '`severity` must be `error` or `warn`, not `fatal`.',
    ]);
    expect(problems('{type: uniqe, columns: [a]}')[0]).toContain('`uniqe`');
  });
});

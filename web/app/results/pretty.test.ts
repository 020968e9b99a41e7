import { describe, expect, it } from 'vitest';
import { prettyText } from './pretty.ts';

describe('a value to be read whole', () => {
  it('is laid out where it has parts, with all digits', () => {
    const column = { name: 'a', type: 'STRUCT(id BIGINT, tags VARCHAR[])' };
    expect(prettyText({ id: '9007199254740993', tags: ['x', 'y'] }, column)).toBe(
      '{\n  "id": 9007199254740993,\n  "tags": [\n    "x",\n    "y"\n  ]\n}',
    );
  });

  it('is indented where it is JSON', () => {
    expect(prettyText('{"a":[1.50]}', { name: 'a', type: 'JSON' })).toBe('{\n  "a": [\n    1.5\n  ]\n}');
  });

  it('stays as it is where it has none, or is no JSON', () => {
    expect(prettyText('{"a":1}', { name: 'a', type: 'VARCHAR' })).toBe('{"a":1}');
    expect(prettyText(['NaN', 1], { name: 'a', type: 'DOUBLE[]' })).toBe('[nan, 1.0]');
    expect(prettyText(null, { name: 'a', type: 'INTEGER[]' })).toBe('NULL');
  });
});

import { describe, expect, it } from 'vitest';
import { tableText, type TextFormat } from './table-text.ts';

const columns = [
  { name: 'id', type: 'BIGINT' },
  { name: 'a, b', type: 'VARCHAR' },
  { name: 'tags', type: 'VARCHAR[]' },
];
const rows = [
  ['9007199254740993', 'one\ttab', ['x', 'y z']],
  ['-1', null, null],
  ['0', 'say "hi" | or\nnot', []],
];

function text(format: TextFormat, named = true): string {
  const { head, row, between, tail } = tableText(format, columns, named);
  return head + rows.map(row).join(between) + tail;
}

describe('copied rows', () => {
  it('are separated by tabs, quoted where a value holds one', () => {
    expect(text('tsv')).toBe(
      'id\ta, b\ttags\n9007199254740993\t"one\ttab"\t[x, y z]\n-1\t\t\n0\t"say ""hi"" | or\nnot"\t[]',
    );
    expect(text('tsv', false)).not.toContain('tags');
  });

  it('are separated by commas', () => {
    expect(text('csv')).toBe('id,"a, b",tags\n9007199254740993,one\ttab,"[x, y z]"\n-1,,\n0,"say ""hi"" | or\nnot",[]');
  });

  it('are JSON with all digits', () => {
    expect(text('json')).toBe(
      [
        '[',
        '  {"id": 9007199254740993, "a, b": "one\\ttab", "tags": ["x","y z"]},',
        '  {"id": -1, "a, b": null, "tags": null},',
        '  {"id": 0, "a, b": "say \\"hi\\" | or\\nnot", "tags": []}',
        ']',
      ].join('\n'),
    );
  });

  it('are a Markdown table that nothing in the values breaks', () => {
    expect(text('markdown')).toBe(
      [
        '| id | a, b | tags |',
        '| --- | --- | --- |',
        '| 9007199254740993 | one\ttab | [x, y z] |',
        '| -1 | NULL | NULL |',
        '| 0 | say "hi" \\| or<br>not | [] |',
      ].join('\n'),
    );
  });
});

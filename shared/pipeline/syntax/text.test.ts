import { describe, expect, it } from 'vitest';
import { SourceText } from './text.ts';

describe('SourceText', () => {
  it('counts lines as editors do, whichever way they end', () => {
    const text = new SourceText('a\nb\r\nc\rd');
    expect(
      ['a', 'b', 'c', 'd']
        .map((letter) => text.body.indexOf(letter))
        .map((start) => text.place({ start, end: start + 1 }).line),
    ).toEqual([1, 2, 3, 4]);
  });

  it('leaves a byte order mark out of columns and keeps it in offsets', () => {
    const text = new SourceText('\uFEFFab: 1');
    expect(text.place({ start: 0, end: 2 })).toEqual({
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 3,
      offset: 1,
      endOffset: 3,
    });
  });

  it('counts columns in UTF-16 units', () => {
    expect(new SourceText('😀x').place({ start: 2, end: 3 }).column).toBe(3);
  });

  it('moves offsets outside of the text to its borders', () => {
    expect(new SourceText('ab\n').place({ start: 99, end: 5 })).toMatchObject({
      line: 2,
      column: 1,
      offset: 3,
      endOffset: 3,
    });
    expect(new SourceText('').place({ start: -1, end: 0 })).toMatchObject({ line: 1, column: 1, offset: 0 });
  });

  it('cuts a long span to its first line', () => {
    const text = new SourceText('one  \r\ntwo');
    expect(text.firstLine({ start: 0, end: 10 })).toEqual({ start: 0, end: 3 });
    expect(text.firstLine({ start: 7, end: 10 })).toEqual({ start: 7, end: 10 });
  });

  it('finds the offset of a line and column', () => {
    expect(new SourceText('a\nbc\n').offset(2, 2)).toBe(3);
  });
});

import { Int32, Table, Utf8, vectorFromArray, type RecordBatch } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { selectColumns } from './select.ts';

function batch(): RecordBatch {
  const [only] = new Table({
    a: vectorFromArray([1, 2], new Int32()),
    b: vectorFromArray(['x', null], new Utf8()),
    c: vectorFromArray([5, 6], new Int32()),
  }).batches;
  if (!only) throw new Error('Arrow made no batch.');
  return only;
}

describe('selectColumns', () => {
  it('takes columns from the end and in another order', () => {
    const selected = selectColumns(batch(), ['c', 'b']);
    expect(selected.toArray().map((row) => ({ ...row.toJSON() }))).toEqual([
      { c: 5, b: 'x' },
      { c: 6, b: null },
    ]);
    expect(selected.data.children.map((child) => child.length)).toEqual([2, 2]);
  });

  it('keeps the number of rows when no column is wanted', () => {
    expect(selectColumns(batch(), []).numRows).toBe(2);
  });

  it('refuses a column that is not there', () => {
    expect(() => selectColumns(batch(), ['d'])).toThrow('no column d');
  });
});

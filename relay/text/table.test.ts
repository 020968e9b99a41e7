import { Int32, type RecordBatch, Table, Utf8, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../../shared/values/ipc.ts';
import { tableText } from './table.ts';

const columns = [
  { name: 'n', type: 'INTEGER' },
  { name: 'text', type: 'VARCHAR' },
];

function batches(numbers: readonly (number | null)[], texts: readonly (string | null)[]): Uint8Array[] {
  const table = new Table({ n: vectorFromArray(numbers, new Int32()), text: vectorFromArray(texts, new Utf8()) });
  return table.batches.map((batch: RecordBatch) => encodeBatch(batch));
}

describe('a table of characters', () => {
  it('is as wide as its widest values, NULL is empty', () => {
    expect(tableText({ columns, batches: batches([1, null], ['a', 'long']) })).toBe(
      `+---+------+
| n | text |
+---+------+
| 1 | a    |
|   | long |
+---+------+
`,
    );
  });

  it('counts what characters take on a terminal', () => {
    const lines = tableText({ columns, batches: batches([1, 2], ['日本', 'e\u0301']) }).split('\n');
    expect(lines.slice(3, 5)).toEqual(['| 1 | 日本 |', '| 2 | e\u0301    |']);
  });

  it('keeps a row on its line, and the terminal as it is', () => {
    expect(tableText({ columns, batches: batches([1], ['a\nb\u001b[2J']) })).toContain('| 1 | a\\nb\u{FFFD}[2J |');
  });

  it('does not repeat the width of one long value in every row without end (a relay ran out of memory)', () => {
    const texts = Array.from({ length: 2000 }, (_, index) => 'x'.repeat(index === 0 ? 100_000 : 1));
    const text = tableText({
      columns,
      batches: batches(
        texts.map((_, index) => index),
        texts,
      ),
    });
    expect(text.length).toBeLessThan(17 * 1024 * 1024);
    expect(text.split('\n')).toHaveLength(2000 + 5);
    expect(text).toContain('x… |');
  });

  it('has columns without rows, and can have none', () => {
    expect(tableText({ columns, batches: [] })).toBe('+---+------+\n| n | text |\n+---+------+\n');
    expect(tableText({ columns: [], batches: [] })).toBe('++\n++\n');
  });
});

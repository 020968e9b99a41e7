import { afterEach, expect, it, vi } from 'vitest';
import { copyCells } from './copy.ts';
import type { RowSource } from './row-source.ts';

afterEach(() => vi.unstubAllGlobals());

function clipboard() {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  return writeText;
}

/** Rows that can be read, and of which none has come to be seen yet. */
const unseen: RowSource = {
  columns: [{ name: 'a', type: 'VARCHAR' }],
  rowCount: 3,
  cell: () => undefined,
  value: () => undefined,
  async *read(first, end) {
    for (let row = first; row < end; row++) yield await Promise.resolve(() => (row === 2 ? null : `say "${row}"`));
  },
};
const cell = (row: number) => ({ firstRow: row, endRow: row + 1, firstColumn: 0, endColumn: 1 });

it('copies a value that has not come into view yet as it is, not as nothing', async () => {
  const written = clipboard();
  await copyCells(unseen, cell(1), { format: 'tsv', named: false });
  await copyCells(unseen, cell(2), { format: 'tsv', named: false });
  expect(written.mock.calls).toEqual([['say "1"'], ['']]);
});

// Where the keys move the active cell of a grid, after the grid pattern of the WAI-ARIA Authoring Practices.

export interface Position {
  readonly row: number;
  readonly column: number;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit on the screen. */
  readonly page: number;
}

/** What of a keyboard event counts. */
export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

type Step = (from: Position, extent: Extent) => Position;

const steps: Readonly<Record<string, Step>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  PageUp: ({ row, column }, { page }) => ({ row: row - page, column }),
  PageDown: ({ row, column }, { page }) => ({ row: row + page, column }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, { columns }) => ({ row, column: columns - 1 }),
};

const leaps: Readonly<Record<string, Step>> = {
  ArrowUp: ({ column }) => ({ row: 0, column }),
  ArrowDown: ({ column }, { rows }) => ({ row: rows - 1, column }),
  ArrowLeft: ({ row }) => ({ row, column: 0 }),
  ArrowRight: ({ row }, { columns }) => ({ row, column: columns - 1 }),
  Home: () => ({ row: 0, column: 0 }),
  End: (_from, { rows, columns }) => ({ row: rows - 1, column: columns - 1 }),
};

/** The cell a key moves to, or nothing when the key does not move. Ctrl or Cmd goes all the way. */
export function move(key: Key, from: Position, extent: Extent): Position | undefined {
  const to = (key.ctrlKey || key.metaKey ? leaps : steps)[key.key]?.(from, extent);
  if (!to || extent.rows === 0 || extent.columns === 0) return undefined;
  return { row: clamp(to.row, extent.rows), column: clamp(to.column, extent.columns) };
}

function clamp(at: number, count: number): number {
  return Math.min(Math.max(0, at), count - 1);
}

// Which columns of a wide grid are on screen. Distances are in pixels from the left edge of the first column.

/** The left edges of all columns, and the right edge of the last one. */
export function edgesOf(widths: readonly number[]): number[] {
  const edges = [0];
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width);
  return edges;
}

/** The columns that are seen, at least in part, through a window of `width` pixels that begins at `left`. */
export function visibleColumns(edges: readonly number[], left: number, width: number): { first: number; end: number } {
  const count = edges.length - 1;
  const first = Math.min(count, lastAtOrBefore(edges, left));
  let end = first;
  while (end < count && (edges[end] ?? 0) < left + width) end++;
  return { first, end };
}

/** The nearest scroll position at which a column is in full view, or begins where the window does if it is wider. */
export function revealColumn(column: number, edges: readonly number[], left: number, width: number): number {
  const [start = 0, end = start] = edges.slice(column, column + 2);
  if (start < left) return start;
  return Math.max(left, Math.min(start, end - width));
}

function lastAtOrBefore(edges: readonly number[], position: number): number {
  let [low, high] = [0, edges.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((edges[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

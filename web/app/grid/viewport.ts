// Which rows of a tall grid are on screen. Browsers cap the height of an element (Firefox at 17.9 million pixels,
// Chrome and Safari at 33.5 million), so past a lower cap of our own the scroll bar moves through a scaled-down copy
// of the real height. `offset` is always the real distance of the window's top from row 0, in pixels.

/** Height that no browser cuts off, in pixels. */
export const heightCap = 8_000_000;

/** The scrolled area: `rows` of `rowHeight` pixels seen through a window of `height` pixels. */
export interface Area {
  readonly rows: number;
  readonly rowHeight: number;
  readonly height: number;
}

/** Rows from `first` up to, not including, `end`. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** Height that the scrolled element gets, at most `heightCap`. */
export function scrollHeight(area: Area): number {
  return Math.min(area.rows * area.rowHeight, heightCap);
}

/** Whether the scroll bar stands for more pixels than it moves. */
export function isScaled(area: Area): boolean {
  return area.rows * area.rowHeight > heightCap;
}

/** The largest offset: the last row touches the window's bottom. */
export function lastOffset(area: Area): number {
  return Math.max(0, area.rows * area.rowHeight - area.height);
}

/** The offset that a scroll position stands for. */
export function offsetAt(scrollTop: number, area: Area): number {
  if (!isScaled(area)) return clampOffset(scrollTop, area);
  return clampOffset((scrollTop / (scrollHeight(area) - area.height)) * lastOffset(area), area);
}

/** The scroll position that stands for an offset. */
export function scrollTopAt(offset: number, area: Area): number {
  if (!isScaled(area)) return offset;
  return (offset / lastOffset(area)) * (scrollHeight(area) - area.height);
}

export function clampOffset(offset: number, area: Area): number {
  return Math.min(Math.max(0, offset), lastOffset(area));
}

/** The rows to render at an offset, with `spare` more on both sides. */
export function visibleRows(offset: number, area: Area, spare: number): Span {
  const first = Math.max(0, Math.floor(offset / area.rowHeight) - spare);
  const end = Math.min(area.rows, Math.ceil((offset + area.height) / area.rowHeight) + spare);
  return { first: Math.min(first, end), end };
}

/** The nearest offset at which a row is in full view. */
export function revealRow(row: number, offset: number, area: Area): number {
  const top = row * area.rowHeight;
  if (top < offset) return clampOffset(top, area);
  const lowest = top + area.rowHeight - area.height;
  return clampOffset(Math.max(offset, lowest), area);
}

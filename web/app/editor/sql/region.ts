// Where the document holds SQL: the queries of stages, and the expressions of checks.
import { nodeAt, placeAt, type CursorPlace } from '../sketch/cursor.ts';
import { cursorMark, fieldOf, textOf } from '../sketch/tree.ts';
import { visibleAt } from '../sketch/outline.ts';
import type { Syntax } from '../../../../shared/pipeline/syntax/detect.ts';

/** SQL around the cursor. */
export interface SqlRegion {
  readonly place: CursorPlace;
  /** As it stands in the text, with `cursorMark` where the cursor is. */
  readonly sql: string;
  /** The relations that it may read. */
  readonly visible: readonly string[];
  /** Whether it is a condition on one relation, the only one then. */
  readonly isExpression: boolean;
}

/** The SQL that the cursor is in; undefined elsewhere. */
export function sqlRegionAt(text: string, cursor: number, syntax: Syntax): SqlRegion | undefined {
  const place = placeAt(text, cursor, syntax);
  if (place?.role !== 'value') return undefined;
  const { path, sketch } = place;
  const sql = sketch.text.slice(place.from, place.to + cursorMark.length);
  const isQuery = path[0] === 'stages' && path.at(-1) === 'query' && path.length <= 4;
  if (isQuery) return { place, sql, visible: visibleAt(sketch, path), isExpression: false };
  if (path.at(-1) !== 'expression' || path.at(-3) !== 'checks') return undefined;
  const named = fieldOf(sketch.text, nodeAt(sketch, path.slice(0, -3)), 'name');
  const visible = named?.kind === 'text' ? [textOf(sketch.text, named)] : [];
  return { place, sql, visible, isExpression: true };
}

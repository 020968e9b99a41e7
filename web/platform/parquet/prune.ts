// Whether a row group can hold rows that a statement wants, as far as its statistics tell.
import type { RowGroup } from 'hyparquet';
import type { Condition, Pruning } from '../../../shared/platform.ts';
import { boundsOf, compare, pointOf } from './bounds.ts';
import type { ParquetColumn } from './footer.ts';
import type { Statistics } from './statistics.ts';

/** False only where no row of the group can meet all conditions of any list. */
export function mayHold(
  pruning: Pruning,
  group: RowGroup,
  statistics: readonly Statistics[],
  columns: readonly ParquetColumn[],
): boolean {
  const rows = Number(group.num_rows);
  return pruning.some((list) =>
    list.every((condition) => {
      const column = columns.find(({ name }) => name === condition.column);
      const known = column && isFlat(column) ? statistics[column.firstLeaf] : undefined;
      return !column || !known || mayMeet(condition, list, column, known, rows);
    }),
  );
}

/** Whether each list has a condition that could rule something out. */
export function isSelective(pruning: Pruning): boolean {
  return pruning.length > 0 && pruning.every((list) => list.length > 0);
}

/** One value a row. */
function isFlat({ elements, leaves }: ParquetColumn): boolean {
  return elements.length === 1 && leaves === 1 && elements[0]?.repetition_type !== 'REPEATED';
}

function mayMeet(
  { operator, type, value }: Condition,
  list: readonly Condition[],
  column: ParquetColumn,
  statistics: Statistics,
  rows: number,
): boolean {
  if (operator === 'is null') return statistics.nulls !== 0;
  if (statistics.nulls === rows) return false; // no comparison with NULL is true
  if (operator === 'is not null') return true;
  const [element] = column.elements;
  const bounds = element && boundsOf(statistics, element, type);
  const point = pointOf(value, type);
  if (!bounds || point === undefined) return true;
  const { min, max } = bounds;
  const reachesUp = max === undefined || (bounds.hidesNaN && !list.some((other) => excludesNaN(other, column.name)));
  switch (operator) {
    case '=':
      return (min === undefined || compare(min, point) <= 0) && (max === undefined || compare(max, point) >= 0);
    case '<':
      return min === undefined || compare(min, point) < 0;
    case '<=':
      return min === undefined || compare(min, point) <= 0;
    case '>':
      return reachesUp || compare(max, point) > 0;
    case '>=':
      return reachesUp || compare(max, point) >= 0;
  }
}

/** NaN is greater than every number, so only what must not be greater keeps it out. */
function excludesNaN({ column, operator, type, value }: Condition, name: string): boolean {
  return column === name && ['=', '<', '<='].includes(operator) && pointOf(value, type) !== undefined;
}

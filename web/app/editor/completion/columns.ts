// Columns as values: of the relation that a check stands at, or that a destination writes.
import type { Choice } from '../schema/words.ts';
import { nodeAt, type CursorPlace } from '../sketch/cursor.ts';
import { fieldOf, textOf } from '../sketch/tree.ts';
import type { KnownRelation } from '../knowledge.ts';
import { outlineOf } from '../sketch/outline.ts';

/** The columns that may be named at a place; none where the place takes none or they are not known. */
export function columnChoices({ path, sketch }: CursorPlace, relations: readonly KnownRelation[]): readonly Choice[] {
  const field = path.findLast((step) => typeof step === 'string');
  const checks = path.indexOf('checks');
  let name: string | undefined;
  if (checks > 0 && (field === 'column' || field === 'columns')) {
    const named = fieldOf(sketch.text, nodeAt(sketch, path.slice(0, checks)), 'name');
    name = named?.kind === 'text' ? textOf(sketch.text, named) : undefined;
  } else if (path[0] === 'destination' && field === 'partition_columns') {
    name = outlineOf(sketch).stages.at(-1)?.name;
  }
  const columns = relations.find((relation) => relation.name === name)?.columns ?? [];
  return columns.map((column) => ({ value: column.name, description: column.type, isDefault: false }));
}

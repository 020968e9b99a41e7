// Columns that a query gives the name of another one: the stage's view or table has them under other names.
import type { Issue } from '../errors.ts';
import { note } from '../formats/format.ts';
import type { Column } from '../platform.ts';
import { foldName } from '../sql/names.ts';

/** A column under the name that the query gives it, and the one that the stage has it under. */
export interface RenamedColumn {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly as: string;
}

/** Columns that are told at most. */
const mostTold = 5;

/** The columns whose names differ between a query and the relation made of it. */
export function renamedColumns(query: readonly Column[], relation: readonly Column[]): RenamedColumn[] {
  return query.flatMap(({ name }, index) => {
    const as = relation[index]?.name ?? name;
    return as === name ? [] : [{ number: index + 1, name, as }];
  });
}

/** Whether the names of a relation may be such: one ends with a number behind the name of another. */
export function mayBeRenamed(columns: readonly Column[]): boolean {
  const names = new Set(columns.map(({ name }) => foldName(name)));
  return columns.some(({ name }) => {
    const base = /^(.*)_\d+$/s.exec(name)?.[1];
    return base !== undefined && names.has(foldName(base));
  });
}

/** The notice about a stage's renamed columns; undefined for none. */
export function renamedNotice(stage: string, renamed: readonly RenamedColumn[]): Issue | undefined {
  if (renamed.length === 0) return undefined;
  const told = renamed.slice(0, mostTold).map(({ number, name, as }) => `column ${number}, ${name}, is called ${as}`);
  const more = renamed.length > mostTold ? `; and ${renamed.length - mostTold} more` : '';
  const message = `${stage} has columns of the same name: ${told.join('; ')}${more}.`;
  return note(
    'stage.renamed_columns',
    'info',
    message,
    'Give every column a name of its own with AS, or leave one out.',
  );
}

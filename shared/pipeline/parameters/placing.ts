// How values are put into a text, by the field that it stands in: a value is data everywhere, and cannot become a part
// of a statement, of another folder, of another setting or of another column.
import type { Path } from '../../errors.ts';
import { matches } from '../paths.ts';
import { placeInConnection } from './connection.ts';
import { placeInCsv } from './csv.ts';
import { placeInLocation } from './location.ts';
import { placeInSql } from './sql.ts';

/** A stretch of a text that a value takes the place of. */
export interface Slot {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** Absent where the parameter has none. */
  readonly value: string | undefined;
  /** Whether the value may be anything that the field takes: the document says so, or it is a part of the document. */
  readonly trusted: boolean;
}

export interface Refusal {
  /** What the value does or is, as the end of a sentence. */
  readonly reason: string;
  readonly hint: string;
}

/** What to put into a slot: a text, or nothing and why. */
export type Placed = { readonly text: string } | { readonly refusal: Refusal } | undefined;

/** What to put into each slot of a text, in their order. */
export type Placing = (text: string, slots: readonly Slot[]) => readonly Placed[];

const places: readonly (readonly [place: Placing, fields: readonly string[]])[] = [
  [
    placeInSql,
    [
      ...['stages.*.*.query', 'stages.*.query', 'sources.*.load_query', 'sources.*.query'],
      ...['stages.*.*.checks.*.expression', 'stages.*.checks.*.expression', 'sources.*.checks.*.expression'],
      ...['destination.write_mode.transaction.pre_insert', 'destination.write_mode.transaction.insert'],
    ],
  ],
  [placeInLocation, ['sources.*.location', 'destination.location']],
  [placeInConnection, ['sources.*.connection_string', 'destination.connection_string']],
  [placeInCsv, ['sources.*.csv']],
];

/** How values are put into the field at a path. */
export function placingOf(path: Path | undefined): Placing {
  const found = path && places.find(([, fields]) => fields.some((field) => matches(field, path)));
  return found ? found[0] : asTheyAre;
}

/** Whether the field at a path holds SQL. */
export function holdsSql(path: Path | undefined): boolean {
  return placingOf(path) === placeInSql;
}

const asTheyAre: Placing = (_text, slots) => slots.map(({ value }) => (value === undefined ? value : { text: value }));

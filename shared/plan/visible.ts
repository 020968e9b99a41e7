// The relations that a query may name while it is planned. Some exist without their columns being known yet.
import { failure, SluiceError, type Path } from '../errors.ts';
import type { Mask } from '../pipeline/parameters/secrets.ts';
import type { Column, Engine, Relation } from '../platform.ts';
import type { Dialect } from '../sql/dialect.ts';
import { hasUnnamedStruct } from '../sql/types.ts';

/** Without columns it exists, and what reads it cannot be bound yet. */
export interface Visible {
  readonly name: string;
  readonly columns?: readonly Column[];
}

/** What binding may use. */
export interface BindHost {
  readonly engine: Engine;
  readonly signal?: AbortSignal;
  /** Hides secrets in texts that are shortened. */
  readonly mask: Mask;
  /** What the stages are written in; `duckdb` when absent. The engine is set to it. */
  readonly dialect?: Dialect;
  /** The columns of stages that have run, by name. */
  readonly made?: ReadonlyMap<string, readonly Column[]>;
  /**
   * Takes an error about the value under its own path, or else under this one: throws it, or keeps it, and binding goes
   * on as far as it can.
   */
  readonly fail: (thrown: unknown, path: Path) => void;
}

/** Structs without names live in queries and views only: no table can stand in for such a relation. */
export function isKnown(relation: Visible): relation is Relation {
  return relation.columns !== undefined && !relation.columns.some(({ type }) => hasUnnamedStruct(type));
}

/** The first of these relations of which DuckDB says that it has no such table. */
export function missingTable<Named extends { readonly name: string }>(
  thrown: unknown,
  relations: readonly Named[],
): Named | undefined {
  if (!(thrown instanceof SluiceError) || thrown.code !== 'sql.binding') return undefined;
  const said = thrown.message.toLowerCase();
  return relations.find(({ name }) => said.includes(`table with name ${name.toLowerCase()} does not exist`));
}

/** The same among those whose columns are not known yet: what reads one cannot be bound, and nothing is wrong with it. */
export function isOpenReading(thrown: unknown, visible: readonly Visible[]): boolean {
  const open = visible.filter((relation) => !isKnown(relation));
  return missingTable(thrown, open) !== undefined;
}

/** Why a relation cannot be read or kept: a column that only a query can have. */
export function unnamedStruct(name: string, columns: readonly Column[]): SluiceError | undefined {
  const column = columns.find(({ type }) => hasUnnamedStruct(type));
  if (!column) return undefined;
  const message = `The column ${column.name} of ${name} is ${column.type}, a struct without names, which no table can hold.`;
  return failure('type.unsupported', message, { hint: `Name its values, as in {'a': 1, 'b': 2}.` });
}

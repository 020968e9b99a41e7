// What a cast in JavaScript is.
import type { DuckDBType } from '../../../../shared/sql/types.ts';
import type { Pointer } from '../../capi/library.ts';
import type { Vectors } from './vectors.ts';

/** Types are texts as Types.get takes them. */
export interface Cast {
  readonly source: string;
  readonly target: string;
  /** How dear it is where DuckDB may choose it by itself; below zero it never does. */
  readonly cost: number | ((costs: CastCosts) => number);
  /**
   * Fills the target, a fresh vector. What it throws fails the cast, except in TRY_CAST, where rows stay as they were
   * filled. Between two names of one type there is nothing to do.
   */
  readonly run: 'nothing' | ((rows: CastRows) => void);
}

/** What DuckDB asks for a cast that it may choose by itself. */
export type CastCosts = (source: string, target: string) => number;

export interface CastRows {
  readonly vectors: Vectors;
  readonly rows: number;
  readonly source: Pointer;
  readonly sourceType: DuckDBType;
  readonly target: Pointer;
  readonly targetType: DuckDBType;
}

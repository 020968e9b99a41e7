// A value that DuckDB's type cannot hold, found while a column is converted.
import { misfitFailure } from '../../../shared/sql/misfit.ts';
import type { SluiceError } from '../../../shared/errors.ts';

export class BeyondRange extends Error {
  /** The error about a column of a file. */
  in(column: string, type: string, location: string): SluiceError {
    return misfitFailure({ relation: location, column, type, beyond: true }, location);
  }
}

// Rows to look at: self-contained Arrow IPC streams, so that they can cross any border.
import type { Column } from '../platform.ts';

export interface Preview {
  readonly columns: readonly Column[];
  readonly batches: readonly Uint8Array[];
  readonly rows: number;
  /** Whether there are more rows than these. */
  readonly truncated: boolean;
  /** Rows were left out although they were asked for: they take more bytes than a preview may have. */
  readonly overBudget?: true;
}

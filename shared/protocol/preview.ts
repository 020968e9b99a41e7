// Rows to look at: self-contained Arrow IPC streams, so that they can cross any border.
import type { Column } from '../platform.ts';

export interface Preview {
  readonly columns: readonly Column[];
  readonly batches: readonly Uint8Array[];
  readonly rows: number;
  /** Whether there are more rows than these. */
  readonly truncated: boolean;
}

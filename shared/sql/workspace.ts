// Tables that outlive a run: they have a schema of their own, beside that of the run's relations.
import { quoteIdentifier } from './quote.ts';

export const workspaceSchema = 'workspace';

/** A table that the workspace keeps, as SQL names it. */
export function workspaceTable(name: string): string {
  return `${workspaceSchema}.${quoteIdentifier(name)}`;
}

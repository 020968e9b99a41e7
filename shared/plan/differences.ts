// Tells where the stages of a document that states neither a version nor a dialect would give other rows in the other one.
import { asSluiceError, isCancelled, type Issue, type Path } from '../errors.ts';
import { differences } from '../sql/datafusion/differences.ts';
import type { Step } from './bind.ts';
import { queryPath } from './stage.ts';
import { isKnown, type BindHost, type Visible } from './visible.ts';

const hint = 'Say which is meant: `dialect: duckdb` or `dialect: datafusion`, beside `stages:`.';

/** One warning for each place, in the order of the stages; each has a path and an offset into the query there. */
export async function findDifferences(
  steps: readonly Step[],
  sources: readonly Visible[],
  { engine, signal }: BindHost,
): Promise<{ readonly path: Path; readonly offset: number; readonly issue: Issue }[]> {
  const found: { readonly path: Path; readonly offset: number; readonly issue: Issue }[] = [];
  for (const step of steps) {
    if (!step.columns) continue;
    const visible = [...sources, ...steps.filter(({ group }) => group < step.group)].filter(isKnown);
    const binds = async (sql: string): Promise<boolean> => {
      try {
        await engine.bind(sql, visible, { signal });
        return true;
      } catch (thrown) {
        const error = asSluiceError(thrown);
        if (isCancelled(error) || error.code.startsWith('engine.')) throw error;
        return false;
      }
    };
    for (const { offset, message } of await differences(step.stage.query, binds)) {
      const path = queryPath(step);
      const issue: Issue = { code: 'sql.dialect', severity: 'warning', message, hint, path };
      found.push({ path, offset, issue });
    }
  }
  return found;
}

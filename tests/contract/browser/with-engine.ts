// An engine of its own for a case that looks below the platform. Imported when it is needed: the list of cases is also
// read by Node, which has no such engine.
import type { ScalarFunction } from '../../../web/platform/capi/scalar.ts';
import type { Database } from '../../../web/platform/database.ts';
import type { BrowserEngine } from '../../../web/platform/engine.ts';

export interface OwnEngine {
  readonly database: Database;
  readonly engine: BrowserEngine;
  readonly pull: NonNullable<BrowserEngine['pull']>;
  readonly register: (functions: readonly ScalarFunction[]) => void;
}

export async function withEngine<Result>(task: (own: OwnEngine) => Promise<Result>): Promise<Result> {
  const [{ Database }, { BrowserEngine }, { registerScalarFunctions }] = await Promise.all([
    import('../../../web/platform/database.ts'),
    import('../../../web/platform/engine.ts'),
    import('../../../web/platform/capi/scalar.ts'),
  ]);
  const database = await Database.open();
  const engine = new BrowserEngine(database);
  const { pull } = engine;
  if (!pull) throw new Error('This engine pulls nothing.');
  try {
    return await task({
      database,
      engine,
      pull,
      register: (functions) => registerScalarFunctions(database, functions),
    });
  } finally {
    await engine.close();
  }
}

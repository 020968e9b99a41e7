// An engine of its own for a case that looks below the platform. Imported when it is needed: the list of cases is also
// read by Node, which has no such engine.
import type { Database } from '../../../web/platform/database.ts';
import type { BrowserEngine } from '../../../web/platform/engine.ts';

export interface OwnEngine {
  readonly database: Database;
  readonly engine: BrowserEngine;
  readonly pull: NonNullable<BrowserEngine['pull']>;
}

export async function withEngine<Result>(task: (own: OwnEngine) => Promise<Result>): Promise<Result> {
  const [{ Database }, { BrowserEngine }] = await Promise.all([
    import('../../../web/platform/database.ts'),
    import('../../../web/platform/engine.ts'),
  ]);
  const database = await Database.open();
  const engine = new BrowserEngine(database);
  const { pull } = engine;
  if (!pull) throw new Error('This engine pulls nothing.');
  try {
    return await task({ database, engine, pull });
  } finally {
    await engine.close();
  }
}

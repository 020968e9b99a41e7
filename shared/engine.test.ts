import { expect, it } from 'vitest';
import { EngineBase, type Connection, type RawRows } from './engine.ts';

const noRows: RawRows = { batches: (async function* none() {})() };

it('a cancel between setting the dialect and the statement itself is not lost', async () => {
  const controller = new AbortController();
  const started: string[] = [];
  class Engine extends EngineBase {
    readonly version = 'v0';
    readonly formats = new Set<never>();
    protected connect(): Promise<Connection> {
      const start = (statement: string): Promise<RawRows> => {
        started.push(statement);
        controller.abort(); // when the first statement is done, and no other runs
        return Promise.resolve(noRows);
      };
      return Promise.resolve({
        start,
        interrupt: () => undefined,
        append: () => Promise.resolve(),
        close: () => undefined,
      });
    }
    protected shutdown(): Promise<void> {
      return Promise.resolve();
    }
  }
  const work = new Engine().execute('CREATE TABLE t AS FROM range(1000000000000)', { signal: controller.signal });
  await expect(work).rejects.toMatchObject({ code: 'run.cancelled' });
  expect(started).toHaveLength(1);
  expect(started[0]).toMatch(/^SET/);
});

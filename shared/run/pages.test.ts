// Several who look at one view at a time, with an engine that is played.
import { tableFromArrays, type RecordBatch } from 'apache-arrow';
import { expect, it } from 'vitest';
import { cancelled, failure } from '../errors.ts';
import type { Engine, Work } from '../platform.ts';
import { RelationPages } from './pages.ts';

async function* found(): AsyncGenerator<RecordBatch, void, void> {
  yield* await Promise.resolve(tableFromArrays({ v: [true] }).batches);
}

interface Making {
  readonly work: Work | undefined;
  readonly end: (error?: Error) => void;
}

/** An engine with one view `v`; tables are made when the test says so. */
function played(): { engine: Engine; making: Making[]; begun: (count: number) => Promise<void> } {
  const making: Making[] = [];
  const waiting: (() => void)[] = [];
  const engine = {
    execute: (statement: string, work?: Work) => {
      if (!statement.startsWith('CREATE OR REPLACE TABLE')) return Promise.resolve(undefined);
      return new Promise<undefined>((resolve, reject) => {
        making.push({ work, end: (error) => (error ? reject(error) : resolve(undefined)) });
        work?.signal?.addEventListener('abort', () => reject(cancelled()));
        for (const look of waiting.splice(0)) look();
      });
    },
    describe: () => Promise.resolve([]),
    query: (query: string) => {
      if (query.includes('duckdb_views'))
        return Promise.resolve({ columns: [{ name: 'v', type: 'BOOLEAN' }], batches: found() });
      return Promise.reject(failure('storage.full', 'the table is there'));
    },
  } as unknown as Engine;
  const begun = async (count: number): Promise<void> => {
    while (making.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return { engine, making, begun };
}

const view = { kind: 'stage', name: 'v' } as const;

const outcome = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (thrown: unknown) => (thrown as { code?: string }).code,
  );

it('two who wait for a view whose maker has cancelled make it once', async () => {
  const { engine, making, begun } = played();
  const pages = new RelationPages(engine);
  const first = new AbortController();
  const outcomes = [{ signal: first.signal }, {}, {}].map((work) => outcome(pages.page(view, 1, 1, work)));
  await begun(1);
  first.abort();
  expect(await outcomes[0]).toBe('run.cancelled');
  await begun(2);
  making[1]?.end();
  expect(await Promise.all(outcomes)).toEqual(['run.cancelled', 'storage.full', 'storage.full']);
  expect(making).toHaveLength(2);
});

it('who waits for the work of somebody else is heard when he cancels', async () => {
  const { engine, making, begun } = played();
  const pages = new RelationPages(engine);
  const second = new AbortController();
  const outcomes = [{}, { signal: second.signal }].map((work) => outcome(pages.page(view, 1, 1, work)));
  await begun(1);
  second.abort();
  expect(await outcomes[1]).toBe('run.cancelled');
  const third = outcome(pages.page(view, 1, 1, {}));
  making[0]?.end();
  expect(await Promise.all([outcomes[0], third])).toEqual(['storage.full', 'storage.full']);
  expect(making).toHaveLength(1);
});

it('what is told of rows that cannot be shown tells no secret of the run', async () => {
  const { engine } = played();
  const pages = new RelationPages({
    ...engine,
    query: () =>
      Promise.reject(
        failure('sql.failed', 'Could not convert tok_9f8e7d6c', { query: { sql: 'tok_9f8e7d6c', offset: 0 } }),
      ),
  });
  pages.readFrom({ dialect: 'duckdb', mask: (text) => text.replaceAll('tok_9f8e7d6c', '***') });
  for (const work of [pages.page(view, 0, 1), pages.whole(view)]) {
    const thrown: unknown = await work.catch((reason: unknown) => reason);
    expect(thrown).toMatchObject({ code: 'sql.failed' });
    expect(JSON.stringify([thrown, (thrown as Error).message, (thrown as Error).cause])).not.toContain('tok_9f8e');
  }
});

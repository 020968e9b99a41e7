import { expect, it } from 'vitest';
import { EngineBase, type Connection, type RawRows } from './engine.ts';

const noRows = (): RawRows => ({ batches: (async function* none() {})() });

/** An engine whose connections are what `connect` makes. */
class Engine extends EngineBase {
  readonly version = 'v0';
  readonly formats = new Set<never>();
  readonly #connect: () => Promise<Connection>;

  constructor(connect: () => Promise<Connection>) {
    super();
    this.#connect = connect;
  }

  protected connect(): Promise<Connection> {
    return this.#connect();
  }

  protected shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

function connection(start: Connection['start'], more: Partial<Connection> = {}): Connection {
  const nothing = (): void => undefined;
  return { begin: nothing, start, interrupt: nothing, append: () => Promise.resolve(), close: nothing, ...more };
}

it('a cancel between setting the dialect and the statement itself is not lost', async () => {
  const controller = new AbortController();
  const started: string[] = [];
  const engine = new Engine(() => {
    const start = (statement: string): Promise<RawRows> => {
      started.push(statement);
      controller.abort(); // when the first statement is done, and no other runs
      return Promise.resolve(noRows());
    };
    return Promise.resolve(connection(start));
  });
  const work = engine.execute('CREATE TABLE t AS FROM range(1000000000000)', { signal: controller.signal });
  await expect(work).rejects.toMatchObject({ code: 'run.cancelled' });
  expect(started).toHaveLength(1);
  expect(started[0]).toMatch(/^SET/);
});

it('a trap while a connection is made is the death of the engine, and typed', async () => {
  const engine = new Engine(() => {
    throw new WebAssembly.RuntimeError('unreachable');
  });
  const error = { code: 'engine.died', message: 'DuckDB stopped: unreachable.' };
  await expect(engine.execute('SELECT 1')).rejects.toMatchObject(error);
  await expect(engine.died).resolves.toMatchObject(error);
  await expect(engine.describe('SELECT 1')).rejects.toMatchObject(error);
});

it('a connection that is never made does not hold up who waits for it when the engine ends', async () => {
  let closed = 0;
  let finish: (made: Connection) => void = () => undefined;
  const engine = new Engine(() => new Promise((resolve) => (finish = resolve)));
  const work = engine.execute('SELECT 1');
  const told = expect(work).rejects.toMatchObject({ code: 'engine.closed' });
  await Promise.resolve();
  await engine.close();
  await told;
  const late = new Promise<void>((resolve) => {
    finish(connection(() => Promise.resolve(noRows()), { close: () => resolve(void (closed += 1)) }));
  });
  await late;
  expect(closed).toBe(1);
});

it('a death says in one line why, without JSON, and does not promise that running again helps', async () => {
  const raw = JSON.stringify({
    exception_type: 'INTERNAL',
    exception_message: 'Attempted to access index 1 within vector of size 1',
    stack_trace: '\n/x/node_modules/libduckdb.so(_ZN6duckdb)',
  });
  const engine = new Engine(() => Promise.resolve(connection(() => Promise.reject(new Error(raw)))));
  const thrown = (await engine.execute('SELECT 1').catch((reason: unknown) => reason)) as { issue: unknown };
  expect(thrown.issue).toEqual({
    code: 'engine.died',
    severity: 'error',
    message: 'DuckDB stopped: Attempted to access index 1 within vector of size 1.',
    hint: 'The next run gets a DuckDB of its own. If the same statement ends it again, leave parts of it out to find which.',
  });
});

it('an interrupt counts for all statements of its work, and for no later work', async () => {
  const calls: string[] = [];
  const controller = new AbortController();
  const start = (statement: string): Promise<RawRows> => {
    calls.push(statement.split(' ')[0] ?? '');
    return Promise.resolve(noRows());
  };
  const engine = new Engine(() =>
    Promise.resolve(connection(start, { begin: () => calls.push('begin'), interrupt: () => calls.push('interrupt') })),
  );
  await engine.execute('CREATE TABLE t (a INTEGER)', { signal: controller.signal });
  await engine.execute('DROP TABLE t');
  controller.abort();
  expect(calls).toEqual(['begin', 'SET', 'CREATE', 'begin', 'DROP']);
});

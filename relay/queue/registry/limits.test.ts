// The registry survives whatever is put into it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { failure, issueLimits } from '../../../shared/errors.ts';
import { DuckDBRegistry } from './duckdb.ts';

it('cuts what is too long, and answers runs whose error is no JSON or more than it can hold', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-registry-'));
  const path = join(folder, 'runs.duckdb');
  try {
    const registry = await DuckDBRegistry.open(path);
    const long = 'x'.repeat(20_000_000);
    const parameters = { a: long, [long]: 'b' };
    for (const id of ['a', 'b', 'c', 'd']) {
      const record = {
        id,
        state: 'waiting',
        submittedBy: 'test',
        parameters,
        acceptedAt: 1,
        lastSequence: -1,
      } as const;
      await registry.accept(record);
    }
    const { issue: error } = failure('sql.failed', long, { cause: long, query: { sql: long, offset: 7 } });
    for (const id of ['a', 'b', 'c']) await registry.transition(id, 'waiting', 'failed', { endedAt: 2, error });
    const [newest] = await registry.list({ limit: 10, states: ['failed'] });
    expect(newest?.error?.message).toHaveLength(issueLimits.message);
    expect(JSON.stringify(newest).length).toBeLessThan(20_000);
    await registry.close();
    const instance = await DuckDBInstance.create(path);
    const connection = await instance.connect();
    await connection.run(`UPDATE runs SET error = '{' WHERE id = 'b'`);
    await connection.run(`UPDATE runs SET error = repeat('x', 300000000) WHERE id = 'c'`); // as before there were limits
    connection.closeSync();
    instance.closeSync();
    const again = await DuckDBRegistry.open(path);
    expect((await again.unfinished()).map(({ id }) => id)).toEqual(['d']);
    expect((await again.list({ limit: 10 })).map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
    expect((await again.get('b'))?.error?.code ?? 'file.corrupt').toBe('file.corrupt');
    await again.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});

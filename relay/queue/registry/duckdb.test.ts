import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/errors.ts';
import { DuckDBRegistry } from './duckdb.ts';
import type { RunRecord } from './registry.ts';

async function withRegistry<T>(task: (registry: DuckDBRegistry, path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-registry-'));
  const path = join(folder, 'runs.duckdb');
  const registry = await DuckDBRegistry.open(path);
  try {
    return await task(registry, path);
  } finally {
    await registry.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function waiting(id: string, submittedBy = 'test'): RunRecord {
  return {
    id,
    state: 'waiting',
    submittedBy,
    parameters: { "it's": '***' },
    acceptedAt: 1_700_000_000_000,
    lastSequence: -1,
  };
}

const ids = (runs: readonly RunRecord[]): string[] => runs.map(({ id }) => id);

describe('the registry', () => {
  it('keeps what it is told', () =>
    withRegistry(async (registry) => {
      expect(await registry.accept(waiting('a'))).toBe(true);
      expect(await registry.get('a')).toEqual(waiting('a'));
      const { issue: error } = failure('sql.failed', `It's "wrong".`);
      await registry.transition('a', 'waiting', 'running', { startedAt: 5 });
      const change = { endedAt: 6, rows: 7, error, parameters: { p: 'v' }, lastSequence: 8 };
      await registry.transition('a', 'running', 'failed', change);
      expect(await registry.get('a')).toEqual({ ...waiting('a'), state: 'failed', startedAt: 5, ...change });
      expect(await registry.get('b')).toBeUndefined();
    }));

  it('accepts an id once, of many that try', () =>
    withRegistry(async (registry) => {
      const accepted = await Promise.all(Array.from({ length: 20 }, () => registry.accept(waiting('a'))));
      expect(accepted.filter(Boolean)).toHaveLength(1);
    }));

  it('changes a state once, of many that try', () =>
    withRegistry(async (registry) => {
      await registry.accept(waiting('a'));
      const moved = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          registry.transition('a', 'waiting', index % 2 === 0 ? 'running' : 'cancelled', {}),
        ),
      );
      expect(moved.filter(Boolean)).toHaveLength(1);
      expect(await registry.transition('b', 'waiting', 'running', {})).toBe(false);
    }));

  it('lists the newest first, by state, key and page', () =>
    withRegistry(async (registry) => {
      for (const id of ['a', 'b', 'c']) await registry.accept(waiting(id, id === 'b' ? "o'else" : 'test'));
      await registry.transition('a', 'waiting', 'running', {});
      expect(ids(await registry.list({ limit: 2 }))).toEqual(['c', 'b']);
      expect(ids(await registry.list({ limit: 2, before: 'b' }))).toEqual(['a']);
      expect(ids(await registry.list({ limit: 9, submittedBy: "o'else" }))).toEqual(['b']);
      expect(ids(await registry.list({ limit: 9, states: ['waiting'] }))).toEqual(['c', 'b']);
      expect(ids(await registry.list({ limit: 9, states: [] }))).toEqual([]);
      expect(ids(await registry.unfinished())).toEqual(['a', 'b', 'c']);
    }));

  it('forgets what is old and what is too many, never what has not ended', () =>
    withRegistry(async (registry) => {
      for (const id of ['a', 'b', 'c', 'd', 'e']) await registry.accept(waiting(id));
      const times = { a: 1, b: 100, c: 100, d: 100 };
      for (const [id, endedAt] of Object.entries(times))
        await registry.transition(id, 'waiting', 'failed', { endedAt });
      expect(await registry.expire(50, 10)).toEqual(['a']);
      expect(await registry.expire(50, 2)).toEqual(['b']);
      expect(await registry.expire(1000, 0)).toEqual(['c', 'd']);
      expect(ids(await registry.list({ limit: 9 }))).toEqual(['e']);
    }));

  it('takes hundreds of changes in few commits, and has them after it was closed', () =>
    withRegistry(async (registry, path) => {
      const names = Array.from({ length: 300 }, (_, index) => `run-${index}`);
      await Promise.all(names.map((id) => registry.accept(waiting(id))));
      await Promise.all(names.map((id) => registry.transition(id, 'waiting', 'running', { startedAt: 1 })));
      await Promise.all(names.map((id) => registry.transition(id, 'running', 'succeeded', { endedAt: 2 })));
      await registry.close();
      const again = await DuckDBRegistry.open(path);
      expect(ids(await again.list({ limit: 1000, states: ['succeeded'] }))).toEqual(names.reverse());
      await again.close();
    }));
});

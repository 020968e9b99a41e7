import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { Judge } from '../../shared/sql/calls/judge.ts';
import { NativeConnection } from './connection.ts';

const harmless = new Judge({
  serialize: () => Promise.resolve('{"error":false,"statements":[{}]}'),
  hasFunction: () => Promise.resolve(false),
});

it('an interrupt between two statements of one work stops the second, and not the next work', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = new NativeConnection(await instance.connect(), harmless);
  connection.begin();
  await connection.start('CREATE TABLE t (a INTEGER)');
  connection.interrupt();
  await expect(connection.start('SELECT 1')).rejects.toThrow('Interrupted');
  connection.begin();
  await expect(connection.start('SELECT 1')).resolves.toBeDefined();
  await connection.closed();
  instance.closeSync();
});

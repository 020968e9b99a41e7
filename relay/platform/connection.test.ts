import { DuckDBInstance, StatementType, type DuckDBConnection } from '@duckdb/node-api';
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

it('a stream that fails while it is given up does not keep the connection from being closed', async () => {
  const closed: string[] = [];
  const part = {
    statementType: StatementType.INSERT,
    destroySync: () => undefined,
    run: () => Promise.resolve(),
    stream: () => Promise.resolve(result),
  };
  let fetched = 0;
  const result = {
    ...{ isStreaming: true, columnTypes: () => [], columnNames: () => [] },
    fetchChunk: () =>
      fetched++ === 0 ? Promise.resolve({ rowCount: 1, columnCount: 0 }) : Promise.reject(new Error()),
  };
  const broken = {
    extractStatements: () => Promise.resolve({ count: 1, prepare: () => Promise.resolve(part) }),
    interrupt: () => undefined,
    closeSync: () => closed.push('closed'),
  };
  const connection = new NativeConnection(broken as unknown as DuckDBConnection, harmless);
  connection.begin();
  const { batches } = await connection.start('FROM t');
  for await (const batch of batches) {
    expect(batch.numRows).toBe(1);
    break;
  }
  expect(fetched).toBe(2);
  await connection.closed();
  expect(closed).toEqual(['closed']);
});
